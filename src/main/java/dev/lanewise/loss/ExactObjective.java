// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;

/**
 * An objective that computes its value and gradient in double, so that of parameters in float32
 * they have the rounding error of double only, whatever the scales and offsets of the features. Its
 * other results are those at the parameters of the last {@link #valueAndGradient}.
 */
public interface ExactObjective extends ConvexObjective {

  /**
   * How a step would change the scores.
   *
   * @param probability the largest change of a probability
   * @param highest the largest change of a margin: the score of a sample's own class less that of
   *     another class
   * @param lowest the smallest change of a margin, negative where a margin shrinks
   */
  record Change(double probability, double highest, double lowest) {}

  /**
   * Returns how a step would change the scores, in one pass. Margins are those of samples of
   * positive weight.
   *
   * @param step the step
   * @return the changes
   */
  Change change(Parameters step);

  /**
   * Tells whether {@link #hessian()} is cheap enough to be computed.
   *
   * @return true for few parameters and few samples
   */
  boolean isSmall();

  /**
   * Computes the second derivative by all parameters in double, output after output, of each the
   * weights and then the bias, in the units of {@link Scales}. Rows and columns of parameters
   * without a unit are 0. Only for small objectives.
   *
   * @return n x n, of which column k has its rows from k on
   */
  double[][] hessian();
}
