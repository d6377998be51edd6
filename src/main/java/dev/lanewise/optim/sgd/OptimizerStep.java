// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.matrix.FloatMatrix;

/**
 * Applies the gradient of a batch to the weights and the biases: equations (8) and (9), or those of
 * another optimizer. Features are independent, so several threads may update ranges of them.
 */
interface OptimizerStep extends Resumable {

  /**
   * Computes the factors of the next step.
   *
   * @param rate the learning rate
   * @param samples how many the batch has
   */
  void begin(double rate, int samples);

  /**
   * Updates some weights.
   *
   * @param w d x K
   * @param g the batch's sum of e_jk x_ij, d x K; may be overwritten
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void weights(FloatMatrix w, FloatMatrix g, int fromRow, int toRow);

  /**
   * Updates the bias of an output.
   *
   * @param output k, from 0 to K - 1
   * @param bias b_k
   * @param errors the batch's sum of e_jk
   * @return the new b_k
   */
  float bias(int output, float bias, double errors);
}
