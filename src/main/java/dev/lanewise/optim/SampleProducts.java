// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import java.util.Arrays;

/** Multiplies with G = X'X, several columns at once: an element of G is read once for all. */
final class SampleProducts {

  /** Rows at once: with those of ten columns they stay in the first-level cache. */
  private static final int ROWS = 256;

  private final ConvexObjective objective;
  private final double[][] g;

  SampleProducts(ConvexObjective objective, double[][] g) {
    this.objective = objective;
    this.g = g;
  }

  int samples() {
    return g.length;
  }

  /** G by columns, only to be read. */
  double[][] columns() {
    return g;
  }

  /**
   * G C. An element is one chain over the samples, from +0, ascending, whoever computes it.
   *
   * @param c K columns of m numbers
   * @param result receives as many
   */
  void times(double[][] c, double[][] result) {
    objective.each(
        (g.length - 1) / ROWS + 1,
        block -> {
          int from = block * ROWS;
          int to = Math.min(g.length, from + ROWS);
          for (double[] column : result) {
            Arrays.fill(column, from, to, 0);
          }
          for (int j = 0; j < g.length; j++) {
            double[] ofSample = g[j];
            for (int k = 0; k < c.length; k++) {
              add(result[k], c[k][j], ofSample, from, to);
            }
          }
        });
  }

  private static void add(double[] y, double factor, double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.fma(factor, x[i], y[i]);
    }
  }
}
