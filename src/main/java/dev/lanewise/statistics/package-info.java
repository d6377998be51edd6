// SPDX-License-Identifier: Apache-2.0
/**
 * The statistics of a fit: coefficients with standard errors, tests and intervals, and measures of
 * the whole fit. The probabilities of distributions have the same bits on every machine.
 */
package dev.lanewise.statistics;
