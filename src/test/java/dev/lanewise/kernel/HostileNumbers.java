// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import java.util.SplittableRandom;

/** Random samples of the kinds of numbers that tell one order of operations from another. */
public final class HostileNumbers {

  /** What the numbers are like. */
  public enum Kind {
    /** Like pixels: from 0 to 1, a third of them zero. */
    PIXELS,
    /** Normal size, both signs, zeros of both signs. */
    SIGNED,
    /** Of sizes from 2^-60 to 2^20, so that sums depend on their order. */
    SPREAD,
    /** Denormals among them. */
    TINY,
    /** Large ones that nearly cancel. */
    CANCELLING
  }

  private final SplittableRandom random;

  public HostileNumbers(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public Kind kind() {
    return Kind.values()[random.nextInt(Kind.values().length)];
  }

  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public float[] floats(int length, Kind kind) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = next(kind, i);
    }
    return values;
  }

  public float[][] samples(int m, int d, Kind kind) {
    float[][] samples = new float[m][];
    for (int j = 0; j < m; j++) {
      samples[j] = floats(d, kind);
    }
    return samples;
  }

  public int[] labels(int m) {
    int[] labels = new int[m];
    for (int j = 0; j < m; j++) {
      labels[j] = random.nextInt(2);
    }
    return labels;
  }

  private float next(Kind kind, int index) {
    float unit = (random.nextInt(1 << 24)) * 0x1p-24f;
    float sign = random.nextBoolean() ? 1f : -1f;
    switch (kind) {
      case PIXELS:
        return random.nextInt(3) == 0 ? 0f : random.nextInt(256) * (1f / 255f);
      case SIGNED:
        return random.nextInt(5) == 0 ? sign * 0f : sign * unit;
      case SPREAD:
        return sign * Math.scalb(1 + unit, random.nextInt(-60, 21));
      case TINY:
        return sign * Float.intBitsToFloat(random.nextInt(1 << 25));
      case CANCELLING:
        return (index % 2 == 0 ? 1e7f : -1e7f) + sign * unit;
      default:
        throw new IllegalArgumentException(kind.toString());
    }
  }
}
