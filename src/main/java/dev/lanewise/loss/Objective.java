// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;

/**
 * A function of the parameters that is minimised: the sum of a smooth function and of l1 times the
 * absolute values of the weights. It counts its passes over the data.
 */
public interface Objective {

  /**
   * Computes the smooth function and its gradient, in one pass.
   *
   * @param at the parameters
   * @param gradient receives the gradient of the smooth function
   * @return the value of the smooth function
   */
  double valueAndGradient(Parameters at, Parameters gradient);

  /**
   * Computes the smooth function without its gradient, in one pass.
   *
   * @param at the parameters
   * @return the value of the smooth function, with the bits of {@link #valueAndGradient}
   */
  double value(Parameters at);

  /**
   * Returns how large the rounding error of a value may be, since losses are float32.
   *
   * @param value what {@link #valueAndGradient} returned
   * @return the bound, about one unit in the last place of a float32
   */
  default double noise(double value) {
    return 0x1p-24 * Math.abs(value);
  }

  /**
   * Returns the value at zero weights and biases, without a pass.
   *
   * @return the sum of the losses where every class is equally likely
   */
  double valueAtZero();

  /**
   * Returns whether every class has samples of positive weight. Otherwise there is no optimum.
   *
   * @return false if a class has none; a subset may lack a class that all samples have
   */
  boolean hasEveryClass();

  /**
   * Returns the penalty on the squares of the weights, which the smooth function includes.
   *
   * @return l2, at least 0
   */
  double l2();

  /**
   * Returns the penalty on the absolute values of the weights.
   *
   * @return l1, at least 0
   */
  double l1();

  /**
   * Returns how often the data have been read so far.
   *
   * @return the number of passes; one over a subset counts as its fraction
   */
  double passes();

  /**
   * Returns whether every local minimum is a global one, so that zeros are a sufficient start.
   *
   * @return false for a network with hidden layers
   */
  boolean isConvex();
}
