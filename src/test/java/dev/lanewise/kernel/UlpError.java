// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/** What the functions should give, in double precision, and how far a float is from it. */
public final class UlpError {

  private UlpError() {}

  public static double exp(double x) {
    return StrictMath.exp(x);
  }

  public static double sigmoid(double x) {
    if (x < 0) {
      double t = StrictMath.exp(x);
      return t / (1 + t);
    }
    return 1 / (1 + StrictMath.exp(-x));
  }

  public static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  public static double log1p(double x) {
    return StrictMath.log1p(x);
  }

  public static double log(double x) {
    return StrictMath.log(x);
  }

  /**
   * The distance of {@code computed} from {@code exact} in ulps of the float nearest to {@code
   * exact}. At the edge of the range, infinity counts as 2^128 with the ulp of the largest float,
   * and no error is seen in the infinity of an overflow.
   */
  public static double of(float computed, double exact) {
    float nearest = (float) exact;
    if (computed == nearest || Float.isNaN(computed) && Double.isNaN(exact)) {
      return Float.isInfinite(nearest) || Float.isNaN(nearest)
          ? 0
          : Math.abs(computed - exact) / Math.ulp(nearest);
    }
    double value = Float.isInfinite(computed) ? Math.copySign(0x1p128, computed) : computed;
    double ulp = Float.isInfinite(nearest) ? Math.ulp(Float.MAX_VALUE) : Math.ulp(nearest);
    return Math.abs(value - exact) / ulp;
  }
}
