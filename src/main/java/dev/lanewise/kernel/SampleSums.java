// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/** Columns added up in scalar code, as (6) adds up samples: rule 4 within a block. */
final class SampleSums {

  private SampleSums() {}

  /** Four columns of x, from o on, at once, so that g is read and written a quarter as often. */
  static void of4(float[] x, int o, int rows, float[] e, int j, float[] g) {
    float e0 = e[j];
    float e1 = e[j + 1];
    float e2 = e[j + 2];
    float e3 = e[j + 3];
    for (int i = 0; i < rows; i++) {
      float sum = Math.fma(e0, x[o + i], g[i]);
      sum = Math.fma(e1, x[o + rows + i], sum);
      sum = Math.fma(e2, x[o + 2 * rows + i], sum);
      g[i] = Math.fma(e3, x[o + 3 * rows + i], sum);
    }
  }

  /** One column of x, from o on. */
  static void of1(float[] x, int o, int rows, float e, float[] g) {
    for (int i = 0; i < rows; i++) {
      g[i] = Math.fma(e, x[o + i], g[i]);
    }
  }
}
