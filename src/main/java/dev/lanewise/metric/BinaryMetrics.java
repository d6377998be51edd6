// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good scores of two classes are, and the predictions that a threshold makes of them. Computed
 * in double; sums are in the order of the samples.
 *
 * @param rocArea the area below the ROC curve; empty if one of the classes has no samples
 * @param averagePrecision the area below the steps of precision over recall; empty if class 1 has
 *     no samples
 * @param brierScore the mean of (p - y)^2, where p is the probability of class 1
 * @param logLoss the mean of -log of the probability of the sample's class, in nats
 * @param precision of the samples predicted as class 1 the fraction that is; 0 if there are none
 * @param recall of the samples of class 1 the fraction predicted so; 0 if there are none
 * @param f1 the harmonic mean of precision and recall; 0 if both are
 * @param matthews Matthews' correlation coefficient, from -1 to 1; 0 if a class or a prediction
 *     does not occur
 */
public record BinaryMetrics(
    OptionalDouble rocArea,
    OptionalDouble averagePrecision,
    double brierScore,
    double logLoss,
    double precision,
    double recall,
    double f1,
    double matthews) {

  /**
   * Computes the metrics.
   *
   * @param scores z of each sample, the log-odds of class 1
   * @param labels as many, 0 or 1
   * @param predicted as many, 0 or 1
   * @return the metrics
   * @throws IllegalArgumentException if there are no samples, or not as many labels or predictions,
   *     or one of them is another number
   */
  public static BinaryMetrics of(float[] scores, int[] labels, int[] predicted) {
    Samples.check(scores.length, labels);
    Samples.check(scores.length, predicted);
    Ranking ranking = Ranking.of(scores, labels);
    double squares = 0;
    double losses = 0;
    long truePositives = 0;
    long positives = 0;
    for (int j = 0; j < scores.length; j++) {
      // The distance to the label from the side where it does not cancel.
      double wrong = labels[j] == 1 ? -(double) scores[j] : scores[j];
      double error = 1 / (1 + Math.exp(-wrong));
      squares += error * error;
      losses += Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
      positives += predicted[j];
      truePositives += labels[j] & predicted[j];
    }
    return new BinaryMetrics(
        area(RocCurve.of(ranking).map(RocCurve::area)),
        area(PrecisionRecallCurve.of(ranking).map(PrecisionRecallCurve::averagePrecision)),
        squares / scores.length,
        losses / scores.length,
        share(truePositives, positives),
        share(truePositives, ranking.positives()),
        share(2 * truePositives, positives + ranking.positives()),
        matthews(
            truePositives,
            positives - truePositives,
            ranking.positives() - truePositives,
            ranking.negatives() - (positives - truePositives)));
  }

  private static OptionalDouble area(Optional<Double> area) {
    return area.isPresent() ? OptionalDouble.of(area.get()) : OptionalDouble.empty();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static double matthews(long tp, long fp, long fn, long tn) {
    double size =
        Math.sqrt((double) (tp + fp) * (tp + fn)) * Math.sqrt((double) (tn + fp) * (tn + fn));
    return size == 0 ? 0 : ((double) tp * tn - (double) fp * fn) / size;
  }
}
