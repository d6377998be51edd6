// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.Optional;

/**
 * For every threshold on the score, which share of class 1 is found (recall, x), and which share of
 * what is taken for class 1 is so (precision, y).
 *
 * @param points by ascending recall, from (0, 1); between two the precision is that of the right
 *     one
 * @param averagePrecision the area below the steps: sum of (R_n - R_(n-1)) P_n
 */
public record PrecisionRecallCurve(Curve points, double averagePrecision) {

  /**
   * The curve of ranked samples.
   *
   * @param ranking the samples
   * @return the curve; empty where class 1 has no samples
   */
  public static Optional<PrecisionRecallCurve> of(Ranking ranking) {
    double positives = ranking.positives();
    if (positives == 0) {
      return Optional.empty();
    }
    double[] recall = new double[ranking.groups() + 1];
    double[] precision = new double[ranking.groups() + 1];
    precision[0] = 1;
    double area = 0;
    for (int group = 0; group < ranking.groups(); group++) {
      double found = ranking.truePositives(group);
      double taken = found + ranking.falsePositives(group);
      recall[group + 1] = found / positives;
      precision[group + 1] = found / taken;
      area += (recall[group + 1] - recall[group]) * precision[group + 1];
    }
    return Optional.of(new PrecisionRecallCurve(new Curve(recall, precision), area));
  }
}
