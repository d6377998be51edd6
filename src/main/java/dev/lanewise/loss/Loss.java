// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;

/**
 * Computes the loss of samples from their outputs, and its derivatives by the outputs. One output
 * and labels 0 and 1: the {@link LogisticLoss}. K outputs and labels from 0 to K - 1: the {@link
 * SoftmaxLoss}.
 *
 * <p>Methods work on a range of samples, each of which stands for itself; several threads may work
 * on other ranges. Errors and losses are multiplied with the sample weights.
 */
public interface Loss {

  /**
   * Returns the loss that suits a number of outputs.
   *
   * @param kernels compute
   * @param y the labels, m x 1
   * @param weights s, m x 1; null where every sample weighs 1
   * @param outputs K, 1 for two classes
   * @return the loss
   */
  static Loss of(Kernels kernels, FloatMatrix y, FloatMatrix weights, int outputs) {
    return outputs == 1
        ? new LogisticLoss(kernels, y, weights)
        : new SoftmaxLoss(kernels, y, weights, outputs);
  }

  /**
   * Returns the number of outputs of a sample.
   *
   * @return K, at least 1
   */
  int outputs();

  /**
   * Computes errors and losses: equation (2), the bracket of (6) and (7), and equation (3).
   *
   * @param z the outputs of equation (1), m x K
   * @param from the first sample
   * @param to the sample after the last
   * @param errors receives s_j e_jk, m x K
   * @param losses receives s_j L_j, m x 1
   * @param withLosses whether losses are computed; without them {@code losses} has no meaning
   */
  void compare(
      FloatMatrix z, int from, int to, FloatMatrix errors, FloatMatrix losses, boolean withLosses);

  /**
   * Allocates room for second derivatives by the outputs.
   *
   * @param workspace gives the memory
   * @return the curvature, of no outputs yet
   */
  Curvature curvature(Workspace workspace);

  /** The second derivatives of the losses by the outputs of their samples. */
  interface Curvature {

    /**
     * Computes them for some samples.
     *
     * @param z the outputs, m x K
     * @param from the first sample
     * @param to the sample after the last
     */
    void find(FloatMatrix z, int from, int to);

    /**
     * Multiplies with them: v_j := s_j D_j v_j.
     *
     * @param v m x K, overwritten
     * @param from the first sample
     * @param to the sample after the last
     */
    void multiply(FloatMatrix v, int from, int to);

    /**
     * Computes the second derivative along a combination of the outputs.
     *
     * @param combination c, K numbers; of one output it is 1
     * @param from the first sample
     * @param to the sample after the last
     * @param d receives s_j c'D_j c, m x 1
     */
    void along(double[] combination, int from, int to, FloatMatrix d);

    /**
     * Sums the matrices s_j D_j over some samples, in ascending order.
     *
     * @param from the first sample
     * @param to the sample after the last
     * @param sum K x K, row after row; added to
     */
    void addTo(int from, int to, double[] sum);
  }
}
