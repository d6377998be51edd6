// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.random;

/**
 * The generator of Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed
 * uniform pseudo-random number generator", 1998 (MT19937), with the numbers that {@code
 * numpy.random.RandomState} makes of it.
 */
public final class MersenneTwister {

  /** The largest seed. */
  public static final long LARGEST_SEED = 0xFFFFFFFFL;

  private static final int LENGTH = 624;
  private static final int MIDDLE = 397;
  private static final int UPPER = 0x80000000;
  private static final int MATRIX = 0x9908B0DF;

  private final int[] state = new int[LENGTH];
  private int next = LENGTH;

  /** The second normal number of a pair; NaN if there is none. */
  private double kept = Double.NaN;

  /**
   * A generator.
   *
   * @param seed from 0 to {@link #LARGEST_SEED}
   * @throws IllegalArgumentException if the seed is out of range
   */
  public MersenneTwister(long seed) {
    if (seed < 0 || seed > LARGEST_SEED) {
      throw new IllegalArgumentException(
          "a seed of NumPy's generator is 0 to " + LARGEST_SEED + ", not " + seed);
    }
    state[0] = (int) seed;
    for (int i = 1; i < LENGTH; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /**
   * Returns the next number.
   *
   * @return 32 bits
   */
  public int next() {
    if (next == LENGTH) {
      twist();
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C5680;
    y ^= (y << 15) & 0xEFC60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int k = 0; k < LENGTH; k++) {
      int y = (state[k] & UPPER) | (state[(k + 1) % LENGTH] & ~UPPER);
      state[k] = state[(k + MIDDLE) % LENGTH] ^ (y >>> 1) ^ ((y & 1) * MATRIX);
    }
  }

  /**
   * Returns the next number of a uniform distribution, as {@code random_sample} does.
   *
   * @return a multiple of 2^-53, at least 0 and below 1
   */
  public double nextUnit() {
    long upper = next() >>> 5;
    long lower = next() >>> 6;
    return ((upper << 26) + lower) * 0x1p-53;
  }

  /**
   * Returns the next number of the standard normal distribution, as {@code randn} does: Marsaglia's
   * polar method. The logarithm is that of {@link StrictMath}, whose bits are specified; that of a
   * C library may differ in the last bit.
   *
   * @return the number
   */
  public double nextNormal() {
    if (!Double.isNaN(kept)) {
      double second = kept;
      kept = Double.NaN;
      return second;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextUnit() - 1;
      y = 2 * nextUnit() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
    kept = factor * x;
    return factor * y;
  }
}
