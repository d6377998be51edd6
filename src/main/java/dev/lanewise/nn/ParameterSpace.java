// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;

/**
 * Makes parameters of one layout and computes with them: elements in float32 by the kernels, sums
 * in double.
 */
public final class ParameterSpace {

  private final Workspace workspace;
  private final Kernels kernels;
  private final Layout layout;

  /**
   * A space.
   *
   * @param workspace gives the memory of new parameters
   * @param kernels compute with them
   * @param layout where the parameters lie
   */
  public ParameterSpace(Workspace workspace, Kernels kernels, Layout layout) {
    this.workspace = workspace;
    this.kernels = kernels;
    this.layout = layout;
  }

  /**
   * Returns the layout of all parameters of this space.
   *
   * @return the layout
   */
  public Layout layout() {
    return layout;
  }

  /**
   * Returns the number of features.
   *
   * @return d
   */
  public int features() {
    return layout.features();
  }

  /**
   * Returns the number of outputs.
   *
   * @return K, 1 for two classes
   */
  public int outputs() {
    return layout.outputs();
  }

  /**
   * Returns what counts the memory of a run, for matrices on the heap that are made later.
   *
   * @return the workspace of the parameters
   */
  public Workspace workspace() {
    return workspace;
  }

  /**
   * Makes new parameters.
   *
   * @return all zeros
   */
  public Parameters zero() {
    return new Parameters(workspace, layout);
  }

  /**
   * y := y + factor x, the factor rounded to float32.
   *
   * @param y changed
   * @param factor any
   * @param x added
   */
  public void add(Parameters y, double factor, Parameters x) {
    float rounded = (float) factor;
    for (int l = 0; l < layout.layers().size(); l++) {
      kernels.update(y.weights(l), rounded, x.weights(l));
      kernels.update(y.biases(l), rounded, x.biases(l));
    }
  }

  /**
   * y := scale y + factor x, both rounded to float32.
   *
   * @param y changed
   * @param scale any
   * @param factor any
   * @param x added
   */
  public void combine(Parameters y, double scale, double factor, Parameters x) {
    for (int l = 0; l < layout.layers().size(); l++) {
      combine(y.weights(l), (float) scale, (float) factor, x.weights(l));
      combine(y.biases(l), (float) scale, (float) factor, x.biases(l));
    }
  }

  private void combine(FloatMatrix y, float scale, float factor, FloatMatrix x) {
    kernels.update(y, scale, factor, x, 0, y.paddedRows());
  }

  /**
   * y := factor y, the factor rounded to float32.
   *
   * @param y changed
   * @param factor any
   */
  public void scale(Parameters y, double factor) {
    for (int l = 0; l < layout.layers().size(); l++) {
      kernels.scale(y.weights(l), (float) factor, 0, y.weights(l).paddedRows());
      kernels.scale(y.biases(l), (float) factor, 0, y.biases(l).paddedRows());
    }
  }

  /**
   * Returns the inner product: of each layer the sum over the weights, then one chain over the
   * biases, ascending.
   *
   * @param a parameters
   * @param b parameters
   * @return the sum of a_i b_i
   */
  public double dot(Parameters a, Parameters b) {
    double sum = 0;
    for (int l = 0; l < layout.layers().size(); l++) {
      sum += Vectors.dot(a.weights(l), b.weights(l));
      for (int k = 0; k < a.biases(l).rows(); k++) {
        sum = Math.fma((double) a.biases(l).get(k, 0), (double) b.biases(l).get(k, 0), sum);
      }
    }
    return sum;
  }

  /**
   * Returns the length.
   *
   * @param a parameters
   * @return the root of the sum of squares
   */
  public double norm(Parameters a) {
    return Math.sqrt(dot(a, a));
  }

  /**
   * Tells whether all parameters are zero.
   *
   * @param a parameters
   * @return true if the sum of squares is 0
   */
  public boolean isZero(Parameters a) {
    return dot(a, a) == 0;
  }
}
