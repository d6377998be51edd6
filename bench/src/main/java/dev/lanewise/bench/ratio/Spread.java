// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import java.util.Arrays;
import java.util.Collection;

/**
 * Several measurements of one thing.
 *
 * @param least the least of them
 * @param median their median
 * @param greatest the greatest of them
 */
public record Spread(double least, double median, double greatest) {

  /**
   * The spread of some numbers.
   *
   * @param numbers at least one
   * @return the spread
   */
  public static Spread of(double... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("there is no median of nothing");
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /**
   * The spread of some numbers.
   *
   * @param numbers at least one
   * @return the spread
   */
  public static Spread of(Collection<Double> numbers) {
    return of(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
