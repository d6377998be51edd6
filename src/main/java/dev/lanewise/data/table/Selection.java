// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.Arrays;

/** Finds elements of the sorted order without sorting: quickselect (Hoare, 1961). */
final class Selection {

  /** Rounds after which sorting is the better choice: each usually halves what is left. */
  private static final int MOST_ROUNDS = 100;

  private Selection() {}

  /**
   * Returns the median.
   *
   * @param numbers at least one, none of them NaN; their order is changed
   * @return the middle number of {@link Arrays#sort(double[])}, or the mean of the two in the
   *     middle
   */
  static double median(double[] numbers) {
    long[] keys = new long[numbers.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(Double.doubleToRawLongBits(numbers[i]));
    }
    int middle = keys.length / 2;
    double upper = number(select(keys, middle));
    if (keys.length % 2 == 1) {
      return upper;
    }
    long lower = keys[0];
    for (int i = 1; i < middle; i++) {
      lower = Math.max(lower, keys[i]);
    }
    return (number(lower) + upper) / 2;
  }

  /** Integers in the order of the numbers, -0 before 0. Its own inverse. */
  private static long key(long bits) {
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  private static double number(long key) {
    return Double.longBitsToDouble(key(key));
  }

  /** Returns the k-th smallest; those before it are then at the places before k. */
  private static long select(long[] keys, int k) {
    int from = 0;
    int to = keys.length - 1;
    for (int round = 0; from < to; round++) {
      if (round == MOST_ROUNDS) {
        Arrays.sort(keys, from, to + 1);
        break;
      }
      long pivot = pivot(keys, from, to);
      int i = from;
      int j = to;
      while (i <= j) {
        while (keys[i] < pivot) {
          i++;
        }
        while (keys[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long other = keys[i];
          keys[i++] = keys[j];
          keys[j--] = other;
        }
      }
      if (k <= j) {
        to = j;
      } else if (k >= i) {
        from = i;
      } else {
        break;
      }
    }
    return keys[k];
  }

  /** The middle one of three. */
  private static long pivot(long[] keys, int from, int to) {
    long a = keys[from];
    long b = keys[(from + to) >>> 1];
    long c = keys[to];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
