package dev.lanewise.bench;

import dev.lanewise.matrix.FloatMatrix;

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
          "%s is %s, the reference says %s: off by %s, more than %s"
              .formatted(what, actual, expected, error, bound));
    }
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
            "%s %d is %s (%08x) here and %s (%08x) there: scalar and SIMD bits differ"
                .formatted(what, i, timed[i], bits, counterpart[i], others));
      }
    }
  }
}
