// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.List;
import java.util.Locale;

/**
 * Platt's calibration: a z + b in the place of z. a and b minimise the log-loss against targets
 * that are (n1 + 1) / (n1 + 2) for the n1 samples of class 1 and 1 / (n0 + 2) for the n0 others
 * (Platt, 1999; Newton's method as Lin, Lin and Weng, 2007).
 *
 * @param slope a
 * @param intercept b
 */
public record PlattCalibration(double slope, double intercept) implements Calibration {

  private static final int MOST_STEPS = 200;
  private static final double LEAST_STEP = 1e-10;

  // Of the fall of the log-loss that a step promises: the error after it is the square.
  private static final double NEAR = 1e-14;

  // Where all scores are equal there is no slope.
  private static final double LEAST_CURVATURE = 1e-12;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public PlattCalibration {
    if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a calibration by %s z + %s", slope, intercept));
    }
  }

  static PlattCalibration of(double[] numbers) {
    if (numbers.length != 2) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d numbers of a calibration, expected 2", numbers.length));
    }
    return new PlattCalibration(numbers[0], numbers[1]);
  }

  static PlattCalibration fit(double[] scores, int[] labels) {
    double ones = Samples.requireBoth(scores.length, labels);
    double zeros = labels.length - ones;
    double high = (ones + 1) / (ones + 2);
    double low = 1 / (zeros + 2);
    double a = 0;
    double b = StrictMath.log((ones + 1) / (zeros + 1));
    double value = value(scores, labels, a, b, high, low);
    for (int step = 0; step < MOST_STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = LEAST_CURVATURE;
      double hab = 0;
      double hbb = LEAST_CURVATURE;
      for (int j = 0; j < scores.length; j++) {
        double p = probability(a * scores[j] + b);
        double error = p - (labels[j] == 1 ? high : low);
        double curvature = p * (1 - p);
        ga += scores[j] * error;
        gb += error;
        haa += scores[j] * scores[j] * curvature;
        hab += scores[j] * curvature;
        hbb += curvature;
      }
      double determinant = haa * hbb - hab * hab;
      double da = -(hbb * ga - hab * gb) / determinant;
      double db = -(haa * gb - hab * ga) / determinant;
      double fall = -(ga * da + gb * db);
      double t = 1;
      double next = value(scores, labels, a + da, b + db, high, low);
      // Near the end the fall is lost in rounding, and a whole step is right.
      while (next > value + 1e-12 * Math.abs(value) && t > LEAST_STEP) {
        t /= 2;
        next = value(scores, labels, a + t * da, b + t * db, high, low);
      }
      a += t * da;
      b += t * db;
      value = next;
      if (!(fall > NEAR)) {
        break;
      }
    }
    return new PlattCalibration(a, b);
  }

  private static double value(
      double[] scores, int[] labels, double a, double b, double high, double low) {
    double sum = 0;
    for (int j = 0; j < scores.length; j++) {
      double z = a * scores[j] + b;
      double target = labels[j] == 1 ? high : low;
      // -t log p - (1 - t) log(1 - p)
      sum += Math.max(z, 0) - target * z + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }
    return sum;
  }

  private static double probability(double z) {
    double power = StrictMath.exp(-Math.abs(z));
    return (z > 0 ? 1 : power) / (1 + power);
  }

  @Override
  public Kind kind() {
    return Kind.PLATT;
  }

  @Override
  public double score(double score) {
    return slope * score + intercept;
  }

  @Override
  public List<Double> numbers() {
    return List.of(slope, intercept);
  }
}
