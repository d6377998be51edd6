// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

/**
 * How long a run took.
 *
 * @param load seconds until the data were read and ready
 * @param total seconds from the start until all was evaluated
 */
public record RunTimes(double load, double total) {}
