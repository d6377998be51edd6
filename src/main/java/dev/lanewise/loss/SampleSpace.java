// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;

/**
 * An objective that can be computed from X'W and the products of the samples alone, since its
 * penalty is l2/2 |W|^2 with l2 above 0. For few samples of many features.
 */
public interface SampleSpace extends ConvexObjective {

  /**
   * Returns G = X'X.
   *
   * @return m x m, symmetric
   */
  double[][] gram();

  /**
   * Returns the labels.
   *
   * @return m labels: 0 or 1, or with K outputs from 0 to K - 1
   */
  double[] labels();

  /**
   * Returns the sample weights.
   *
   * @return m weights
   */
  double[] sampleWeights();

  /**
   * Sets weights to X C.
   *
   * @param c m numbers for each output
   * @param result receives the weights; its biases stay as they are
   */
  void combine(double[][] c, Parameters result);

  /**
   * Computes X'V, without biases.
   *
   * @param v the vector
   * @param products receives m numbers for each output
   */
  void project(Parameters v, double[][] products);
}
