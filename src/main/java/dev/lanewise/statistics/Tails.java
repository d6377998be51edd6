// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.statistics;

import java.util.Locale;

/**
 * Probabilities of the tails of distributions, within about 1e-13 of themselves. They are computed
 * with the functions of fdlibm and have the same bits on every machine.
 */
public final class Tails {

  /** The quantile 0.975 of the normal distribution: half a 95 % interval in standard errors. */
  public static final double NORMAL_975 = 1.959963984540054;

  // The series is exact up to here, the continued fraction from here on.
  private static final double MIDDLE = 2;
  private static final int TERMS = 200;
  private static final double ENOUGH = 0x1p-55;

  private Tails() {}

  /**
   * Returns the probability that a standard normal number is at least as far from 0.
   *
   * @param z any number
   * @return P(|Z| >= |z|); NaN if {@code z} is
   */
  public static double normalTwoSided(double z) {
    return complementaryError(Math.abs(z) / Math.sqrt(2));
  }

  /**
   * Returns the probability that a chi-squared number is at least as large.
   *
   * <p>Abramowitz and Stegun, 26.4.4 and 26.4.5: a sum of positive terms.
   *
   * @param x at least 0
   * @param degrees the degrees of freedom, at least 1
   * @return P(X >= x); 1 if {@code x} is 0 or less, NaN if it is
   * @throws IllegalArgumentException if there is no degree of freedom
   */
  public static double chiSquared(double x, int degrees) {
    if (degrees < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a chi-squared number has at least 1 degree, not %d", degrees));
    }
    if (x <= 0) {
      return 1;
    }
    boolean odd = degrees % 2 == 1;
    double half = x / 2;
    // The logarithm of half^a exp(-half) / Gamma(a + 1), for a = 1/2, 3/2, ... or 0, 1, ...
    double a = odd ? 0.5 : 0;
    double term = (odd ? (StrictMath.log(half) - StrictMath.log(Math.PI / 4)) / 2 : 0) - half;
    double sum = odd ? complementaryError(Math.sqrt(half)) : 0;
    for (int i = odd ? 3 : 2; i <= degrees; i += 2) {
      sum += StrictMath.exp(term);
      a++;
      term += StrictMath.log(half / a);
    }
    return Math.min(sum, 1);
  }

  /** Returns erfc(x) of x >= 0. Abramowitz and Stegun, 7.1.6 and 7.1.14. */
  private static double complementaryError(double x) {
    if (x < MIDDLE) {
      double term = 2 * x / Math.sqrt(Math.PI) * StrictMath.exp(-x * x);
      double sum = term;
      for (int n = 1; n < TERMS && term > ENOUGH * sum; n++) {
        term *= 2 * x * x / (2 * n + 1);
        sum += term;
      }
      return 1 - sum;
    }
    if (Double.isInfinite(x)) {
      return 0;
    }
    double fraction = x;
    for (int n = TERMS; n > 0; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return StrictMath.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }
}
