// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

/**
 * Brings lines to another length with the cubic filter of Catmull and Rom, which is as wide as what
 * becomes one pixel: fine patterns become even areas and no new patterns.
 *
 * <p>Weights and sums are in double, in a fixed order: the same pixels on every machine.
 */
final class Resampler {

  private static final double RADIUS = 2;

  private final int[] first;
  private final double[][] weights;

  /**
   * A resampler of lines.
   *
   * @param from how many pixels a line has
   * @param to how many it is to have
   */
  Resampler(int from, int to) {
    first = new int[to];
    weights = new double[to][];
    double ratio = (double) from / to;
    double scale = Math.max(1, ratio);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * ratio;
      int begin = Math.max(0, (int) Math.floor(centre - RADIUS * scale));
      int end = Math.min(from, (int) Math.ceil(centre + RADIUS * scale));
      first[i] = begin;
      weights[i] = new double[end - begin];
      double sum = 0;
      for (int k = begin; k < end; k++) {
        double weight = cubic(Math.abs((k + 0.5 - centre) / scale));
        weights[i][k - begin] = weight;
        sum += weight;
      }
      for (int k = 0; k < weights[i].length; k++) {
        weights[i][k] /= sum;
      }
    }
  }

  private static double cubic(double x) {
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < RADIUS ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  /**
   * Resamples one line.
   *
   * @param in elements at 0, {@code stride}, 2 {@code stride} and so on
   * @param inOffset where they begin
   * @param out receives as many as there are to be, in the same way
   * @param outOffset where they begin
   */
  void line(float[] in, int inOffset, float[] out, int outOffset, int stride) {
    for (int i = 0; i < first.length; i++) {
      double sum = 0;
      int at = inOffset + first[i] * stride;
      for (double weight : weights[i]) {
        sum += weight * in[at];
        at += stride;
      }
      out[outOffset + i * stride] = (float) sum;
    }
  }
}
