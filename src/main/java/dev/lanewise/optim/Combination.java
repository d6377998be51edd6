package dev.lanewise.optim;

import java.util.Arrays;

/**
 * Weights of K columns that are combinations of the samples, W = X C, and biases. By column, in
 * double.
 *
 * @param c C, K columns of m numbers
 * @param products G C, the products of the weights with the samples
 * @param bias K numbers
 */
record Combination(double[][] c, double[][] products, double[] bias) {

  /** Zero weights. */
  static Combination zero(int columns, int samples) {
    return new Combination(
        new double[columns][samples], new double[columns][samples], new double[columns]);
  }

  int columns() {
    return bias.length;
  }

  int samples() {
    return c[0].length;
  }

  /** this := 0. */
  void clear() {
    for (int k = 0; k < columns(); k++) {
      Arrays.fill(c[k], 0);
      Arrays.fill(products[k], 0);
    }
    Arrays.fill(bias, 0);
  }

  /** this := x. */
  void copy(Combination x) {
    for (int k = 0; k < columns(); k++) {
      System.arraycopy(x.c[k], 0, c[k], 0, samples());
      System.arraycopy(x.products[k], 0, products[k], 0, samples());
    }
    System.arraycopy(x.bias, 0, bias, 0, columns());
  }

  /** this := this + factor x. */
  void add(double factor, Combination x) {
    combine(1, factor, x);
  }

  /** this := scale this + factor x, the product with {@code scale} rounded once. */
  void combine(double scale, double factor, Combination x) {
    for (int k = 0; k < columns(); k++) {
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
    for (int k = 0; k < columns(); k++) {
      double[] mine = c[k];
      double[] others = x.products[k];
      for (int j = 0; j < mine.length; j++) {
        sum = Math.fma(mine[j], others[j], sum);
      }
    }
    for (int k = 0; k < columns(); k++) {
      sum = Math.fma(bias[k], x.bias[k], sum);
    }
    return sum;
  }

  /** |W|^2, the biases left out. */
  double squares() {
    double sum = 0;
    for (int k = 0; k < columns(); k++) {
      for (int j = 0; j < c[k].length; j++) {
        sum = Math.fma(c[k][j], products[k][j], sum);
      }
    }
    return sum;
  }
}
