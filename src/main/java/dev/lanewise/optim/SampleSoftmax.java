// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

/**
 * Softmax of few samples, in double: losses, errors and curvature by the scores, K arrays of m
 * numbers.
 */
final class SampleSoftmax {

  private final int[] labels;
  private final double[] weights;

  /** p, K arrays of m numbers. */
  private final double[][] p;

  /** s (p - y), as many. */
  private final double[][] errors;

  SampleSoftmax(double[] labels, double[] weights, int outputs) {
    this.labels = new int[labels.length];
    for (int j = 0; j < labels.length; j++) {
      this.labels[j] = (int) labels[j];
    }
    this.weights = weights;
    this.p = new double[outputs][labels.length];
    this.errors = new double[outputs][labels.length];
  }

  double[][] probabilities() {
    return p;
  }

  double[][] errors() {
    return errors;
  }

  double weight(int j) {
    return weights[j];
  }

  /**
   * The sum of s_j L_j, L_j = (M - z_y) + log(1 + R): M is the largest, R the sum of the others.
   */
  double losses(double[][] z) {
    double sum = 0;
    for (int j = 0; j < labels.length; j++) {
      int largest = largest(z, j);
      double top = z[largest][j];
      double others = 0;
      for (int k = 0; k < z.length; k++) {
        if (k != largest) {
          others += StrictMath.exp(z[k][j] - top);
        }
      }
      double loss = top - z[labels[j]][j] + StrictMath.log1p(others);
      sum = Math.fma(weights[j], loss, sum);
    }
    return sum;
  }

  /** Finds p and the errors. */
  void look(double[][] z) {
    for (int j = 0; j < labels.length; j++) {
      double top = z[largest(z, j)][j];
      double sum = 0;
      double others = 0;
      for (int k = 0; k < z.length; k++) {
        double power = StrictMath.exp(z[k][j] - top);
        p[k][j] = power;
        sum += power;
        others += k == labels[j] ? 0 : power;
      }
      for (int k = 0; k < z.length; k++) {
        p[k][j] /= sum;
        // p - 1 without the cancellation.
        errors[k][j] = weights[j] * (k == labels[j] ? -others / sum : p[k][j]);
      }
    }
  }

  /** The first of the largest scores of a sample. */
  private static int largest(double[][] z, int j) {
    int largest = 0;
    for (int k = 1; k < z.length; k++) {
      if (z[k][j] > z[largest][j]) {
        largest = k;
      }
    }
    return largest;
  }

  /** result := s p (v - t) with t the sum of p v, for each sample; both may be one array. */
  void curve(double[][] v, double[][] result) {
    int outputs = v.length;
    for (int j = 0; j < labels.length; j++) {
      double mean = 0;
      for (int k = 0; k < outputs; k++) {
        mean = Math.fma(p[k][j], v[k][j], mean);
      }
      for (int k = 0; k < outputs; k++) {
        result[k][j] = weights[j] * p[k][j] * (v[k][j] - mean);
      }
    }
  }
}
