// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

/**
 * The cost at one iteration.
 *
 * @param iteration from 0
 * @param cost J of equation (4), at the weights that the iteration started from
 */
public record CostPoint(int iteration, double cost) {}
