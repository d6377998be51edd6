/**
 * Turns a finished run, or a model and labelled samples, into a page: one HTML file with everything
 * in it, which needs no network, no other file and no server.
 *
 * <p>{@link dev.lanewise.report.Report} says what the page is of. What it shows is first put into
 * plain values ({@code Page} and what it holds), and then into HTML by the templates in {@code
 * src/main/jte}, which escape whatever they are given. The numbers of the curves travel as JSON in
 * the page, and a library draws them in the browser.
 */
package dev.lanewise.report;
