// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/** What a camera would do to the scene: exposure and grain, in whole numbers. */
final class Film {

  private static final int ONE = 256;

  private final int exposure;
  private final int grain;

  private Film(int exposure, int grain) {
    this.exposure = exposure;
    this.grain = grain;
  }

  static Film random(Dice dice) {
    int exposure = (int) dice.around(0.91 * ONE, 0.17 * ONE);
    return new Film(exposure, (int) dice.between(0.5 * ONE, 3 * ONE));
  }

  /** Turns levels in [0, 255] into the unsigned bytes of the finished picture. */
  byte[] develop(int[] levels, Dice dice) {
    byte[] picture = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      int value = (levels[i] * exposure + grain * bell(dice.bits()) / ONE + ONE / 2) / ONE;
      picture[i] = (byte) StrictMath.clamp(value, 0, 255);
    }
    return picture;
  }

  /** Eight dice of one byte each: bell-shaped about 0, with a standard deviation near 209. */
  private static int bell(long bits) {
    int sum = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      sum += (int) (bits >>> shift & 0xff);
    }
    return sum - 1020;
  }
}
