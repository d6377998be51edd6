// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.matrix.FloatMatrix;
import java.util.Locale;

/** What a result must pass before it is timed. */
public final class Verify {

  /** Half the distance from 1 to the next float: the largest relative error of one rounding. */
  public static final double ROUNDING = 0x1p-24;

  private Verify() {}

  /**
   * Fails unless a result is within a bound of what the reference says.
   *
   * @param what the result, for the message
   * @param expected what the reference says
   * @param actual the result
   * @param bound by how much they may differ
   */
  public static void close(String what, double expected, double actual, double bound) {
    double error = Math.abs(actual - expected);
    // Written so that NaN fails.
    if (!(error <= bound)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s is %s, the reference says %s: off by %s, more than %s",
              what,
              actual,
              expected,
              error,
              bound));
    }
  }

  /**
   * Some of many: where a reference would take too long for all.
   *
   * @param count how many there are
   * @param wanted how many are wanted, at least 2
   * @return all of them, or as many as wanted, evenly spread, with the first and the last
   */
  public static int[] some(int count, int wanted) {
    int[] some = new int[Math.min(count, wanted)];
    for (int k = 0; k < some.length; k++) {
      some[k] = count <= wanted ? k : (int) ((count - 1L) * k / (wanted - 1));
    }
    return some;
  }

  /**
   * Numbers as the reference takes them.
   *
   * @param values floats
   * @return the same in double
   */
  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** Fails unless two results of one column have the same bits. */
  static void sameBits(String what, FloatMatrix timed, FloatMatrix counterpart) {
    sameBits(what, timed.column(0), counterpart.column(0));
  }

  /** Fails unless two results have the same bits. */
  static void sameBits(String what, float[] timed, float[] counterpart) {
    for (int i = 0; i < timed.length; i++) {
      int bits = Float.floatToRawIntBits(timed[i]);
      int others = Float.floatToRawIntBits(counterpart[i]);
      if (bits != others) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s %d is %s (%08x) here and %s (%08x) there: scalar and SIMD bits differ",
                what,
                i,
                timed[i],
                bits,
                counterpart[i],
                others));
      }
    }
  }
}
