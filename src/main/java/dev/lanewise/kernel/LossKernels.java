// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import dev.lanewise.matrix.FloatMatrix;

/**
 * Functions of the outputs of samples, one sample at a time: losses and their derivatives. Shapes
 * and ranges are those of {@link Kernels}.
 */
public interface LossKernels {

  /**
   * Equation (2): a_j = g(z_j).
   *
   * @param z m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param a receives a_j in row j, m x 1
   */
  void sigmoid(FloatMatrix z, int from, int to, FloatMatrix a);

  /**
   * The bracket of equations (6) and (7): e_j = a_j - y_j, as s_j g(s_j z_j) with s_j = 1 - 2 y_j.
   *
   * @param z m x 1
   * @param y labels 0 or 1, m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param e receives e_j in row j, m x 1
   */
  void error(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e);

  /**
   * Equation (3): L_j = softplus(s_j z_j) with s_j = 1 - 2 y_j.
   *
   * @param z m x 1
   * @param y labels 0 or 1, m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param losses receives L_j in row j, m x 1
   */
  void loss(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix losses);

  /**
   * The same of K classes: with p_jk = exp(z_jk) / sum of exp(z_jl) over l, e_jk = p_jk - [k = y_j]
   * and L_j = -log p_jk for k = y_j. Where the label is -1, e_jk is p_jk and L_j has no meaning.
   *
   * @param z m x K
   * @param y labels, 0 to K - 1 or -1, m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param e receives e_jk in row j of column k, m x K
   * @param losses receives L_j in row j, m x 1
   */
  void softmax(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e, FloatMatrix losses);

  /**
   * The second derivative of the loss of K classes by z, times a vector: v_jk = p_jk (v_jk - sum of
   * p_jl v_jl over l).
   *
   * @param p probabilities, m x K
   * @param v m x K, overwritten
   * @param from the first sample
   * @param to the sample after the last
   */
  void softmaxCurvature(FloatMatrix p, FloatMatrix v, int from, int to);

  /**
   * The second derivative of the loss of two classes by z: d_j = g(z_j) g(-z_j).
   *
   * @param z m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param d receives d_j in row j, m x 1
   */
  void curvature(FloatMatrix z, int from, int to, FloatMatrix d);

  /**
   * Weights samples: v_jk = v_jk * s_j.
   *
   * @param v m x K, overwritten
   * @param s the weights of the samples, m x 1
   * @param from the first sample
   * @param to the sample after the last
   */
  void multiply(FloatMatrix v, FloatMatrix s, int from, int to);
}
