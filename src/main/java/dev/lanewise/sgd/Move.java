package dev.lanewise.sgd;

import dev.lanewise.matrix.FloatMatrix;

/**
 * What a batch's gradient does to the weights and the bias. Features are each for themselves, so
 * that threads may share them out.
 */
interface Move {

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
   * @param w d x 1
   * @param g the batch's sum of e_j x_ij, d x 1; may be overwritten
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void weights(FloatMatrix w, FloatMatrix g, int fromRow, int toRow);

  /**
   * Moves the bias.
   *
   * @param bias b
   * @param errors the batch's sum of e_j
   * @return the new b
   */
  float bias(float bias, double errors);
}
