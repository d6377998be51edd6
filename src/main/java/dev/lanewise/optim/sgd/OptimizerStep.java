// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.matrix.FloatMatrix;

/**
 * Applies the gradient of a batch to the weights and the biases: equations (8) and (9), or those of
 * another optimizer. Weights are independent, so several threads may update ranges of them.
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
   * @param stretch the number of a range of the weights: {@link dev.lanewise.nn.Parameters#stretch}
   * @param w its weights, one column
   * @param g the batch's sums of e_jk a_ij, one column; may be overwritten
   * @param fromRow the first weight, a multiple of 16
   * @param toRow the weight after the last, a multiple of 16
   */
  void weights(int stretch, FloatMatrix w, FloatMatrix g, int fromRow, int toRow);

  /**
   * Updates the bias of a unit.
   *
   * @param unit from 0, counted over all layers: {@link dev.lanewise.nn.Layout#units}
   * @param bias b_k
   * @param errors the batch's sum of e_jk
   * @return the new b_k
   */
  float bias(int unit, float bias, double errors);
}
