// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;

/**
 * The layers of a network on blocks of samples. Activations a, outputs z and errors e are units x
 * m, one sample a column; w and g are inputs x units, one unit a column, as everywhere. A layer's
 * inputs are the activations of the layer before it, or X.
 *
 * <p>Each element of a result is a chain of its own, so no sum crosses the lanes of a vector.
 */
public interface NetworkKernels {

  /** Terms of a partial sum of {@link #outputs} and {@link #deltas}: part of the contract. */
  int SECTION = 256;

  /**
   * Allocates memory for the weights of a layer in the order that {@link #outputs} reads.
   *
   * @param workspace gives the memory
   * @param inputs of the layer
   * @param units of the layer
   * @return a matrix of +0, whose order is known to these kernels only
   */
  FloatMatrix panels(Workspace workspace, int inputs, int units);

  /**
   * Copies weights to panels. Several threads may copy those of other units.
   *
   * @param w inputs x units
   * @param fromUnit the first unit
   * @param toUnit the unit after the last
   * @param panels of {@link #panels}
   */
  void pack(FloatMatrix w, int fromUnit, int toUnit, FloatMatrix panels);

  /**
   * Equation (1) of a layer: from z_kj = b_k on, for each section of 256 inputs, ascending, z_kj =
   * z_kj + p with p = fma(w_ik, a_ij, p), i ascending, from +0.
   *
   * @param panels the weights as {@link #pack} left them
   * @param biases b, units x 1
   * @param a the inputs, inputs x m
   * @param from the first sample
   * @param to the sample after the last
   * @param z receives z_kj, units x m; its padding becomes +0
   */
  void outputs(
      FloatMatrix panels, FloatMatrix biases, FloatMatrix a, int from, int to, FloatMatrix z);

  /**
   * What the errors of a layer make of its inputs: t_ij is the sum of w_ik e_kj over the units k,
   * in sections of 256 units as in {@link #outputs}; it starts with the sum of the first section.
   *
   * @param w inputs x units
   * @param e the errors, units x m
   * @param from the first sample
   * @param to the sample after the last
   * @param t receives t_ij, inputs x m; its padding becomes +0
   */
  void deltas(FloatMatrix w, FloatMatrix e, int from, int to, FloatMatrix t);

  /**
   * The terms of equation (6) of a layer: g_ik = fma(a_ij, e_kj, g_ik), j ascending.
   *
   * @param a the inputs, inputs x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e the errors, units x m
   * @param fromRow the first input, a multiple of 16
   * @param toRow the input after the last, a multiple of 16
   * @param g inputs x units, added to; a block starts it from +0
   */
  void slopes(
      FloatMatrix a, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g);

  /**
   * The sum within one block of equation (7) of a layer, in double, j ascending, from +0.
   *
   * @param e the errors, units x m
   * @param from the first sample
   * @param to the sample after the last
   * @param sums receives the sum of e_kj of each unit k
   * @param first where in {@code sums} that of unit 0 goes
   */
  void sums(FloatMatrix e, int from, int to, double[] sums, int first);

  /**
   * e_kj = e_kj * f_kj.
   *
   * @param f factors, units x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e units x m, overwritten
   */
  void product(FloatMatrix f, int from, int to, FloatMatrix e);

  /**
   * a_kj = max(0, z_kj).
   *
   * @param z units x m, overwritten
   * @param from the first sample
   * @param to the sample after the last
   */
  void relu(FloatMatrix z, int from, int to);

  /**
   * e_kj becomes +0 where a_kj is +0. Where a_kj is NaN, the result has no meaning.
   *
   * @param a what {@link #relu} left, units x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e units x m, overwritten
   */
  void reluSlope(FloatMatrix a, int from, int to, FloatMatrix e);

  /**
   * a_kj = tanh(z_kj).
   *
   * @param z units x m, overwritten
   * @param from the first sample
   * @param to the sample after the last
   */
  void tanh(FloatMatrix z, int from, int to);

  /**
   * e_kj = e_kj * fma(-a_kj, a_kj, 1).
   *
   * @param a what {@link #tanh} left, units x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e units x m, overwritten
   */
  void tanhSlope(FloatMatrix a, int from, int to, FloatMatrix e);

  /**
   * Equation (2) of hidden units: a_kj = g(z_kj). Padding stays +0.
   *
   * @param z units x m, overwritten
   * @param from the first sample
   * @param to the sample after the last
   */
  void sigmoids(FloatMatrix z, int from, int to);

  /**
   * e_kj = e_kj * fma(-a_kj, a_kj, a_kj).
   *
   * @param a what {@link #sigmoids} left, units x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e units x m, overwritten
   */
  void sigmoidSlope(FloatMatrix a, int from, int to, FloatMatrix e);
}
