// SPDX-License-Identifier: Apache-2.0
/**
 * How good scores and probabilities are: curves, areas and counts of labelled samples, apart from
 * what made the scores and from how they are shown.
 */
package dev.lanewise.metric;
