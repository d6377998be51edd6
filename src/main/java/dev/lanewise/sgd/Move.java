package dev.lanewise.sgd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.matrix.FloatMatrix;

/**
 * What a batch's gradient does to the weights and the biases. Features are each for themselves, so
 * that threads may share them out.
 */
interface Move extends Resumable {

  /**
   * Finds the factors of the next step.
   *
   * @param rate the learning rate
   * @param samples how many the batch has
   */
  void begin(double rate, int samples);

  /**
   * Moves some weights.
   *
   * @param w d x K
   * @param g the batch's sum of e_jk x_ij, d x K; may be overwritten
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void weights(FloatMatrix w, FloatMatrix g, int fromRow, int toRow);

  /**
   * Moves the bias of a column.
   *
   * @param column k, from 0 to K - 1
   * @param bias b_k
   * @param errors the batch's sum of e_jk
   * @return the new b_k
   */
  float bias(int column, float bias, double errors);
}
