// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import java.util.List;

/** Mean and spread of a few numbers. */
final class Spread {

  private Spread() {}

  static double mean(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.size();
  }

  /** The standard deviation of a sample: of two values or more. */
  static double deviation(List<Double> values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.size() - 1));
  }
}
