// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import dev.lanewise.matrix.FloatMatrix;

/**
 * What optimizers do to parameters, one element at a time. Shapes and ranges are those of {@link
 * Kernels}.
 */
public interface UpdateKernels {

  /**
   * Equation (8): w_i = fma(step, g_i, w_i).
   *
   * @param w d x K, overwritten
   * @param step -alpha / m, or any other factor
   * @param g the summed gradient, d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void update(FloatMatrix w, float step, FloatMatrix g, int fromRow, int toRow);

  /**
   * {@link #update(FloatMatrix, float, FloatMatrix, int, int)} of all features.
   *
   * @param w d x K, overwritten
   * @param step -alpha / m, or any other factor
   * @param g the summed gradient, d x K
   */
  default void update(FloatMatrix w, float step, FloatMatrix g) {
    update(w, step, g, 0, w.paddedRows());
  }

  /**
   * Equation (8) with an l2 penalty: w_i = fma(step, g_i, shrink * w_i), the product rounded once.
   *
   * @param w d x K, overwritten
   * @param shrink 1 - alpha lambda / m; 1 gives the bits of the update without it
   * @param step -alpha / m, or any other factor
   * @param g the summed gradient, d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void update(FloatMatrix w, float shrink, float step, FloatMatrix g, int fromRow, int toRow);

  /**
   * The step of an l1 penalty: |w_i| becomes |w_i| - t, and w_i becomes +0 where that is not above
   * 0.
   *
   * @param w d x K, overwritten
   * @param t by how much, finite, at least 0
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void softThreshold(FloatMatrix w, float t, int fromRow, int toRow);

  /**
   * A running mean of squares: v_i = fma(add * g_i, g_i, keep * v_i), the products rounded once.
   *
   * @param v d x K, overwritten
   * @param keep what stays of the mean
   * @param add what a new square counts
   * @param g d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void updateSquares(FloatMatrix v, float keep, float add, FloatMatrix g, int fromRow, int toRow);

  /**
   * Adam's step: with r = sqrt(v_i) + epsilon, w_i = fma(step / r, u_i, w_i), then {@link
   * #softThreshold} by t / r.
   *
   * @param w d x K, overwritten
   * @param step any
   * @param t at least 0
   * @param epsilon above 0
   * @param u the direction, d x K
   * @param v the squares, at least 0, d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void adaptiveStep(
      FloatMatrix w,
      float step,
      float t,
      float epsilon,
      FloatMatrix u,
      FloatMatrix v,
      int fromRow,
      int toRow);

  /**
   * v_i = factor * v_i.
   *
   * @param v d x K, overwritten
   * @param factor any
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void scale(FloatMatrix v, float factor, int fromRow, int toRow);
}
