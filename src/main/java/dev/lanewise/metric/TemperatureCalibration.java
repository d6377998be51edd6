// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.List;
import java.util.Locale;

/**
 * Temperature scaling: z / T in the place of z, of two classes and of more. T minimises the
 * log-loss (Guo et al., 2017). It changes no order of classes.
 *
 * @param temperature T
 */
public record TemperatureCalibration(double temperature) implements Calibration {

  private static final int MOST_STEPS = 200;
  private static final double NEAR = 1e-15;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public TemperatureCalibration {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a temperature is positive, not " + temperature);
    }
  }

  static TemperatureCalibration of(double[] numbers) {
    if (numbers.length != 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d numbers of a calibration, expected 1", numbers.length));
    }
    return new TemperatureCalibration(numbers[0]);
  }

  static TemperatureCalibration fit(double[] scores, int[] labels) {
    Samples.requireBoth(scores.length, labels);
    double[][] both = new double[scores.length][];
    for (int j = 0; j < scores.length; j++) {
      both[j] = new double[] {0, scores[j]};
    }
    return fit(both, labels);
  }

  /**
   * Learns a temperature.
   *
   * @param scores for each sample z of each class, for softmax
   * @param labels the class of each sample
   * @return the calibration
   * @throws IllegalArgumentException if there are no samples, or the log-loss has no minimum: the
   *     scores classify all samples correctly, or tell less than nothing
   */
  public static TemperatureCalibration fit(double[][] scores, int[] labels) {
    if (scores.length == 0 || scores.length != labels.length) {
      throw new IllegalArgumentException("samples to calibrate on, with a label each");
    }
    checkMinimum(scores, labels);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double inverse = 1;
    // The slope of a convex function: Newton's steps, and others where these leave the interval.
    for (int step = 0; step < MOST_STEPS; step++) {
      double slope = 0;
      double curvature = 0;
      for (int j = 0; j < scores.length; j++) {
        double[] z = scores[j];
        double top = top(z);
        double sum = 0;
        double first = 0;
        double second = 0;
        for (double score : z) {
          double power = StrictMath.exp(inverse * (score - top));
          double distance = score - z[labels[j]];
          sum += power;
          first += power * distance;
          second += power * distance * distance;
        }
        double mean = first / sum;
        slope += mean;
        curvature += second / sum - mean * mean;
      }
      if (slope > 0) {
        high = inverse;
      } else {
        low = inverse;
      }
      double next = inverse - slope / curvature;
      if (!(next > low && next < high)) {
        next = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
      }
      boolean near = Math.abs(next - inverse) <= NEAR * inverse;
      inverse = next;
      if (near) {
        break;
      }
    }
    return new TemperatureCalibration(1 / inverse);
  }

  private static double top(double[] z) {
    double top = z[0];
    for (double score : z) {
      top = Math.max(top, score);
    }
    return top;
  }

  /** Rejects scores whose log-loss falls without end, as 1 / T grows or falls to 0. */
  private static void checkMinimum(double[][] scores, int[] labels) {
    boolean right = true;
    double slope = 0;
    for (int j = 0; j < scores.length; j++) {
      double own = scores[j][labels[j]];
      right &= own == top(scores[j]);
      for (double score : scores[j]) {
        slope += (score - own) / scores[j].length;
      }
    }
    if (right) {
      throw new IllegalArgumentException(
          "the scores classify all held-out samples correctly, so the log-loss falls with the"
              + " temperature without end; take no calibration, or platt");
    }
    if (!(slope < 0)) {
      throw new IllegalArgumentException(
          "the scores tell nothing of the held-out samples, so no temperature fits; take no"
              + " calibration, or platt");
    }
  }

  @Override
  public Kind kind() {
    return Kind.TEMPERATURE;
  }

  @Override
  public double score(double score) {
    return score / temperature;
  }

  @Override
  public List<Double> numbers() {
    return List.of(temperature);
  }
}
