// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.options.Penalty;

/** Gradient descent on many classes by softmax, as the contract reads, on plain arrays. */
final class SoftmaxOracle {

  private SoftmaxOracle() {}

  /**
   * Where a descent is.
   *
   * @param w the weights by columns
   * @param b the biases
   */
  record State(float[][] w, float[] b) {}

  /** What a step of gradient descent takes: the sums over some blocks. */
  private record Sums(float[][] g, double[] errors, double losses) {}

  private static Sums range(float[][] x, int[] y, float[] s, State at, int first, int blocks) {
    if (blocks == 1) {
      return block(x, y, s, at, first * 256, Math.min(x.length, first * 256 + 256));
    }
    int left = 1;
    while (left * 2 < blocks) {
      left *= 2;
    }
    Sums a = range(x, y, s, at, first, left);
    Sums b = range(x, y, s, at, first + left, blocks - left);
    for (int k = 0; k < a.g.length; k++) {
      for (int i = 0; i < a.g[k].length; i++) {
        a.g[k][i] += b.g[k][i];
      }
      a.errors[k] += b.errors[k];
    }
    return new Sums(a.g, a.errors, a.losses + b.losses);
  }

  private static Sums block(float[][] x, int[] y, float[] s, State at, int from, int to) {
    int columns = at.w.length;
    float[][] g = new float[columns][x[0].length];
    double[] errors = new double[columns];
    double losses = 0;
    for (int j = from; j < to; j++) {
      float[] z = new float[columns];
      for (int k = 0; k < columns; k++) {
        z[k] = ContractOracle.dot(x[j], at.w[k]) + at.b[k];
      }
      float[] e = ContractOracle.softmax(z, y[j]);
      for (int k = 0; k <= columns && s != null; k++) {
        e[k] *= s[j];
      }
      for (int k = 0; k < columns; k++) {
        for (int i = 0; i < g[k].length; i++) {
          g[k][i] = Math.fma(e[k], x[j][i], g[k][i]);
        }
        errors[k] += e[k];
      }
      losses += e[columns];
    }
    return new Sums(g, errors, losses);
  }

  /**
   * One iteration: sections 4, 5, 13 and 14.
   *
   * @param x the samples
   * @param y class numbers
   * @param s what the samples weigh; null for 1
   * @param at moved
   */
  static void iterate(float[][] x, int[] y, float[] s, State at, double alpha, Penalty penalty) {
    int m = x.length;
    Sums sums = range(x, y, s, at, 0, (m + 255) / 256);
    float step = (float) (-alpha / m);
    float shrink = (float) (1 - alpha * penalty.l2() / m);
    float t = (float) (alpha * penalty.l1() / m);
    for (int k = 0; k < at.w.length; k++) {
      for (int i = 0; i < at.w[k].length; i++) {
        float moved = Math.fma(step, sums.g[k][i], shrink * at.w[k][i]);
        at.w[k][i] = t == 0 ? moved : ContractOracle.softThreshold(moved, t);
      }
      at.b[k] = (float) Math.fma(-alpha / m, sums.errors[k], (double) at.b[k]);
    }
  }
}
