// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a finished run, a model and labelled samples, or a sweep, into a page: one HTML file with
 * everything in it, which needs no network, no other file and no server.
 *
 * <p>{@link dev.lanewise.report.Report}, or {@link dev.lanewise.report.SweepReport}, says what the
 * page is of. What it shows is first put into plain values ({@code Page} and what it holds), and
 * then into HTML by the templates in {@code src/main/jte}, which escape whatever they are given.
 * The numbers of the curves travel as JSON in the page, and a library draws them in the browser.
 */
package dev.lanewise.report;
