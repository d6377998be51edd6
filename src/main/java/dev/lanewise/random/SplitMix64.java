// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.random;

/**
 * The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014,
 * written out because the JDK does not promise to keep the algorithms behind its names.
 */
public final class SplitMix64 {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /**
   * A generator.
   *
   * @param seed any; the same seed gives the same numbers
   */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /**
   * Where the generator stands.
   *
   * @return the seed of one that goes on with the same numbers
   */
  public long state() {
    return state;
  }

  /**
   * The next number.
   *
   * @return 64 bits
   */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /**
   * What {@link #next} makes of its state: one number from another, so that a draw can depend on
   * what it is for and not on how many there were before.
   *
   * @param number any
   * @return 64 bits
   */
  public static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /**
   * Uniform over the multiples of 2^-53 above 0 and up to 1.
   *
   * @return the next such number
   */
  public double nextUnit() {
    return ((next() >>> 11) + 1) * 0x1p-53;
  }

  /**
   * Uniform over the integers from 0, exactly: the upper half of next() times the bound, drawn
   * again where the lower half is one of the few that would favour some integers (Lemire, "Fast
   * random integer generation in an interval", 2019).
   *
   * @param bound at least 1
   * @return from 0 to {@code bound - 1}
   */
  public int nextBelow(int bound) {
    long drawn = next();
    if (Long.compareUnsigned(drawn * bound, bound) < 0) {
      long unfair = Long.remainderUnsigned(-(long) bound, bound);
      while (Long.compareUnsigned(drawn * bound, unfair) < 0) {
        drawn = next();
      }
    }
    return (int) Math.unsignedMultiplyHigh(drawn, bound);
  }

  /**
   * Puts numbers into any order, each as likely as any other: Fisher and Yates, from the last place
   * down.
   *
   * @param numbers what is to be shuffled, in its place
   */
  public void shuffle(int[] numbers) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int k = nextBelow(i + 1);
      int number = numbers[i];
      numbers[i] = numbers[k];
      numbers[k] = number;
    }
  }
}
