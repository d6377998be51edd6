// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import dev.lanewise.random.SplitMix64;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Intervals of the metrics of two classes by the percentile bootstrap (Efron, 1979): the samples
 * are drawn again with replacement, the metrics of each draw computed, and the ends of the interval
 * are their 0.025 and 0.975 quantiles, on a straight line between two draws.
 */
public final class Bootstrap {

  /** The most draws. */
  public static final int MOST = 100_000;

  // Draws of another kind than those of weights and folds, from the same seed.
  private static final long SALT = 0x626F6F74L; // "boot"

  private static final double LOWER = 0.025;

  private Bootstrap() {}

  /**
   * An interval.
   *
   * @param lower its lower end
   * @param upper its upper end
   */
  public record Interval(double lower, double upper) {}

  /**
   * Computes the intervals.
   *
   * @param scores z of each sample, the log-odds of class 1
   * @param labels as many, 0 or 1
   * @param predicted as many, 0 or 1
   * @param draws how many, at least 2
   * @param seed of the draws
   * @return an interval for each metric, by its name; draws in which the metric is not defined, for
   *     want of a class, are left out
   * @throws IllegalArgumentException as {@link BinaryMetrics#of}, or if there are too few or too
   *     many draws
   */
  public static Map<String, Interval> intervals(
      float[] scores, int[] labels, int[] predicted, int draws, long seed) {
    Samples.check(scores.length, labels);
    if (draws < 2 || draws > MOST) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a bootstrap has from 2 to %d draws, not %d", MOST, draws));
    }
    SplitMix64 random = new SplitMix64(seed ^ SALT);
    Map<String, double[]> found = new LinkedHashMap<>();
    int size = scores.length;
    float[] drawnScores = new float[size];
    int[] drawnLabels = new int[size];
    int[] drawnPredictions = new int[size];
    for (int draw = 0; draw < draws; draw++) {
      int right = 0;
      for (int j = 0; j < size; j++) {
        int from = random.nextBelow(size);
        drawnScores[j] = scores[from];
        drawnLabels[j] = labels[from];
        drawnPredictions[j] = predicted[from];
        right += labels[from] == predicted[from] ? 1 : 0;
      }
      BinaryMetrics metrics = BinaryMetrics.of(drawnScores, drawnLabels, drawnPredictions);
      List<Map.Entry<String, Double>> values =
          List.of(
              Map.entry("accuracy", (double) right / size),
              Map.entry("rocArea", metrics.rocArea().orElse(Double.NaN)),
              Map.entry("averagePrecision", metrics.averagePrecision().orElse(Double.NaN)),
              Map.entry("brierScore", metrics.brierScore()),
              Map.entry("logLoss", metrics.logLoss()),
              Map.entry("precision", metrics.precision()),
              Map.entry("recall", metrics.recall()),
              Map.entry("f1", metrics.f1()),
              Map.entry("matthews", metrics.matthews()));
      for (Map.Entry<String, Double> value : values) {
        found.computeIfAbsent(value.getKey(), name -> new double[draws])[draw] = value.getValue();
      }
    }
    Map<String, Interval> intervals = new LinkedHashMap<>();
    found.forEach((name, values) -> intervals.put(name, interval(values)));
    return intervals;
  }

  private static Interval interval(double[] values) {
    double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, LOWER), quantile(sorted, 1 - LOWER));
  }

  private static double quantile(double[] sorted, double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
