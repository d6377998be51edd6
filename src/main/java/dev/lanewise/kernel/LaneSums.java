// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import dev.lanewise.matrix.FloatMatrix;

/**
 * Rule 2 in scalar code: 16 lanes, each a chain of fused multiply-adds, and their fold.
 *
 * <p>Half of the lanes at a time, in variables and not in an array, so that they stay in registers.
 */
public final class LaneSums {

  private static final int LANES = FloatMatrix.LANES;

  private LaneSums() {}

  /** The dot product of n floats of x from o and of w from 0; n is a multiple of 16. */
  static float dot(float[] x, int o, float[] w, int n) {
    // The last addition of the fold is of the even lanes and the odd, and so they can be summed one
    // after the other.
    return everySecondLane(x, o, w, 0, n) + everySecondLane(x, o, w, 1, n);
  }

  private static float everySecondLane(float[] x, int o, float[] w, int first, int n) {
    float l0 = 0f;
    float l2 = 0f;
    float l4 = 0f;
    float l6 = 0f;
    float l8 = 0f;
    float l10 = 0f;
    float l12 = 0f;
    float l14 = 0f;
    for (int i = first; i < n; i += LANES) {
      l0 = Math.fma(x[o + i], w[i], l0);
      l2 = Math.fma(x[o + i + 2], w[i + 2], l2);
      l4 = Math.fma(x[o + i + 4], w[i + 4], l4);
      l6 = Math.fma(x[o + i + 6], w[i + 6], l6);
      l8 = Math.fma(x[o + i + 8], w[i + 8], l8);
      l10 = Math.fma(x[o + i + 10], w[i + 10], l10);
      l12 = Math.fma(x[o + i + 12], w[i + 12], l12);
      l14 = Math.fma(x[o + i + 14], w[i + 14], l14);
    }
    return fold(l0, l2, l4, l6, l8, l10, l12, l14);
  }

  /**
   * Adds to 16 sums the lanes of n floats of x from o and of y from p, the even lanes or the odd.
   */
  static void addEverySecondLane(
      float[] x, int o, float[] y, int p, int n, float[] sums, int s, int first) {
    float l0 = 0f;
    float l2 = 0f;
    float l4 = 0f;
    float l6 = 0f;
    float l8 = 0f;
    float l10 = 0f;
    float l12 = 0f;
    float l14 = 0f;
    for (int i = first; i < n; i += LANES) {
      l0 = Math.fma(x[o + i], y[p + i], l0);
      l2 = Math.fma(x[o + i + 2], y[p + i + 2], l2);
      l4 = Math.fma(x[o + i + 4], y[p + i + 4], l4);
      l6 = Math.fma(x[o + i + 6], y[p + i + 6], l6);
      l8 = Math.fma(x[o + i + 8], y[p + i + 8], l8);
      l10 = Math.fma(x[o + i + 10], y[p + i + 10], l10);
      l12 = Math.fma(x[o + i + 12], y[p + i + 12], l12);
      l14 = Math.fma(x[o + i + 14], y[p + i + 14], l14);
    }
    int lane = s + first;
    sums[lane] += l0;
    sums[lane + 2] += l2;
    sums[lane + 4] += l4;
    sums[lane + 6] += l6;
    sums[lane + 8] += l8;
    sums[lane + 10] += l10;
    sums[lane + 12] += l12;
    sums[lane + 14] += l14;
  }

  /**
   * Folds 16 lanes.
   *
   * @param sums has them
   * @param s where they begin
   * @return the sum in the order of rule 2
   */
  public static float fold(float[] sums, int s) {
    return foldEverySecondLane(sums, s) + foldEverySecondLane(sums, s + 1);
  }

  private static float foldEverySecondLane(float[] sums, int s) {
    return fold(
        sums[s],
        sums[s + 2],
        sums[s + 4],
        sums[s + 6],
        sums[s + 8],
        sums[s + 10],
        sums[s + 12],
        sums[s + 14]);
  }

  /** The fold of rule 2: lane l += lane l + 8, then + 4, then + 2. */
  private static float fold(
      float l0, float l2, float l4, float l6, float l8, float l10, float l12, float l14) {
    return ((l0 + l8) + (l4 + l12)) + ((l2 + l10) + (l6 + l14));
  }
}
