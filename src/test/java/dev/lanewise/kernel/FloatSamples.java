// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * The floats in order: key 0 is +0, key -1 is -0, and a larger key is a larger float. NaNs are at
 * both ends.
 */
public final class FloatSamples {

  /** The key of minus infinity; below are the NaNs with a sign. */
  public static final int FIRST = key(Float.NEGATIVE_INFINITY);

  /** The key of infinity; above are the NaNs without a sign. */
  public static final int LAST = key(Float.POSITIVE_INFINITY);

  private static final double LN2 = 0.6931471805599453;

  private FloatSamples() {}

  public static float of(int key) {
    return Float.intBitsToFloat(key < 0 ? key ^ 0x7fff_ffff : key);
  }

  public static int key(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits < 0 ? bits ^ 0x7fff_ffff : bits;
  }

  /**
   * Points at which a step of the functions changes: breakpoints of the reduction, powers of two
   * and limits.
   */
  public static float[] interesting() {
    double[] limits = {
      0,
      0.25,
      0.5,
      0.70710678,
      1,
      1.4142135,
      16.635532,
      17.328680,
      20,
      87.336544,
      88.722839,
      103.278929,
      103.972084,
      104,
      Float.MIN_NORMAL,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      0x1p24,
      0x1p25,
      0x1p-24,
      0x1p-25,
      0x1p-12
    };
    float[] points = new float[2 * (limits.length + 152 + 36)];
    int size = 0;
    for (double limit : limits) {
      points[size++] = (float) limit;
    }
    for (int n = 0; n < 152; n++) {
      points[size++] = (float) ((n + 0.5) * LN2);
    }
    for (int e = -30; e < 6; e++) {
      points[size++] = (float) Math.scalb(1.0, e);
    }
    for (int i = 0; i < points.length / 2; i++) {
      points[size++] = -points[i];
    }
    return points;
  }
}
