// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.random;

/**
 * What a test draws: the same on every JDK and machine for the same seed, so that what failed once
 * can be drawn again.
 */
public final class Draw {

  /** What numbers are like. */
  public enum Values {
    /** Between -1 and 1, zeros of both signs among them. */
    NORMAL,
    /** Bytes times 1/255, which may be stored as bytes. */
    PIXELS,
    /** Denormal numbers, and those just above. */
    DENORMAL,
    /** From 2^60 to 2^100, so that products and sums leave float32. */
    HUGE,
    /** From 2^-60 to 2^20: sums depend on their order. */
    SPREAD,
    /** Large numbers that nearly cancel. */
    CANCELLING,
    /** Nearly all zero. */
    ZEROS,
    /** Any of these beside each other. */
    MIXED
  }

  private static final float PIXEL = 1f / 255f;

  private final SplitMix64 random;

  public Draw(long seed) {
    this.random = new SplitMix64(seed);
  }

  public long any() {
    return random.next();
  }

  public int between(int least, int most) {
    return least + random.nextBelow(most - least + 1);
  }

  public boolean oneIn(int chances) {
    return random.nextBelow(chances) == 0;
  }

  @SafeVarargs
  public final <T> T of(T... choices) {
    return choices[random.nextBelow(choices.length)];
  }

  public int of(int[] choices) {
    return choices[random.nextBelow(choices.length)];
  }

  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.next();
    }
    return bytes;
  }

  public float[] floats(int length, Values values) {
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = next(values, i);
    }
    return floats;
  }

  private float next(Values values, int index) {
    float unit = (random.next() >>> 40) * 0x1p-24f;
    float sign = (random.next() & 1) == 0 ? 1f : -1f;
    switch (values) {
      case NORMAL:
        return oneIn(8) ? sign * 0f : sign * unit;
      case PIXELS:
        return between(0, 255) * PIXEL;
      case DENORMAL:
        return sign * Float.intBitsToFloat(between(0, 1 << 24));
      case HUGE:
        return sign * Math.scalb(1 + unit, between(60, 100));
      case SPREAD:
        return sign * Math.scalb(1 + unit, between(-60, 20));
      case CANCELLING:
        return (index % 2 == 0 ? 1e7f : -1e7f) + sign * unit;
      case ZEROS:
        return oneIn(20) ? sign * unit : sign * 0f;
      case MIXED:
        return next(
            of(Values.NORMAL, Values.DENORMAL, Values.SPREAD, Values.CANCELLING, Values.ZEROS),
            index);
      default:
        throw new IllegalArgumentException(values.toString());
    }
  }
}
