// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

/**
 * Wilson's score interval of a proportion at 95 %: Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22 (1927). It is for samples that were not learned
 * from.
 *
 * @param low the lower end, from 0 to 1
 * @param high the upper end, from 0 to 1
 */
public record AccuracyInterval(double low, double high) {

  /** The 0.975 quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The interval of an accuracy.
   *
   * @param correct how many samples are predicted right
   * @param samples how many there are, at least 1
   * @return the interval
   */
  public static AccuracyInterval of(long correct, long samples) {
    double share = (double) correct / samples;
    double square = Z * Z / samples;
    double middle = (share + square / 2) / (1 + square);
    double half = Math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square);
    return new AccuracyInterval(Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
