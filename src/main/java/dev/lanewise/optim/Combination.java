// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import java.util.Arrays;

/**
 * Weights of K outputs that are linear combinations of the samples, W = X C, with biases. One array
 * for each output, in double.
 *
 * @param c C, an array of m numbers for each output
 * @param products G C, the products of the weights with the samples
 * @param bias K numbers
 */
record Combination(double[][] c, double[][] products, double[] bias) {

  /** Zero weights. */
  static Combination zero(int outputs, int samples) {
    return new Combination(
        new double[outputs][samples], new double[outputs][samples], new double[outputs]);
  }

  int outputs() {
    return bias.length;
  }

  int samples() {
    return c[0].length;
  }

  /** this := 0. */
  void clear() {
    for (int k = 0; k < outputs(); k++) {
      Arrays.fill(c[k], 0);
      Arrays.fill(products[k], 0);
    }
    Arrays.fill(bias, 0);
  }

  /** this := x. */
  void copy(Combination x) {
    for (int k = 0; k < outputs(); k++) {
      System.arraycopy(x.c[k], 0, c[k], 0, samples());
      System.arraycopy(x.products[k], 0, products[k], 0, samples());
    }
    System.arraycopy(x.bias, 0, bias, 0, outputs());
  }

  /** this := this + factor x. */
  void add(double factor, Combination x) {
    combine(1, factor, x);
  }

  /** this := scale this + factor x, the product with {@code scale} rounded once. */
  void combine(double scale, double factor, Combination x) {
    for (int k = 0; k < outputs(); k++) {
      combine(c[k], scale, factor, x.c[k]);
      combine(products[k], scale, factor, x.products[k]);
    }
    combine(bias, scale, factor, x.bias);
  }

  private static void combine(double[] y, double scale, double factor, double[] x) {
    for (int j = 0; j < y.length; j++) {
      y[j] = Math.fma(factor, x[j], scale * y[j]);
    }
  }

  /** The inner product of weights and biases: that of C and G C', and that of the biases. */
  double dot(Combination x) {
    double sum = 0;
    for (int k = 0; k < outputs(); k++) {
      double[] mine = c[k];
      double[] others = x.products[k];
      for (int j = 0; j < mine.length; j++) {
        sum = Math.fma(mine[j], others[j], sum);
      }
    }
    for (int k = 0; k < outputs(); k++) {
      sum = Math.fma(bias[k], x.bias[k], sum);
    }
    return sum;
  }

  /** |W|^2, the biases left out. */
  double squares() {
    double sum = 0;
    for (int k = 0; k < outputs(); k++) {
      for (int j = 0; j < c[k].length; j++) {
        sum = Math.fma(c[k][j], products[k][j], sum);
      }
    }
    return sum;
  }
}
