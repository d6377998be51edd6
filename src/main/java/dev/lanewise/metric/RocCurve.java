// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.Optional;

/**
 * The receiver operating characteristic: for every threshold on the score, which share of class 0
 * is taken for class 1 (x), and which share of class 1 is (y).
 *
 * @param points from (0, 0) to (1, 1)
 * @param area below the curve, by trapezoids: the chance that a sample of class 1 scores above one
 *     of class 0, where a tie counts as half
 */
public record RocCurve(Curve points, double area) {

  /**
   * The curve of ranked samples.
   *
   * @param ranking the samples
   * @return the curve; empty where one of the classes has no samples
   */
  public static Optional<RocCurve> of(Ranking ranking) {
    double positives = ranking.positives();
    double negatives = ranking.negatives();
    if (positives == 0 || negatives == 0) {
      return Optional.empty();
    }
    double[] x = new double[ranking.groups() + 1];
    double[] y = new double[ranking.groups() + 1];
    // In whole numbers, so that the area is rounded once.
    long twiceTheArea = 0;
    long lastTrue = 0;
    long lastFalse = 0;
    for (int group = 0; group < ranking.groups(); group++) {
      long nowTrue = ranking.truePositives(group);
      long nowFalse = ranking.falsePositives(group);
      twiceTheArea += (nowFalse - lastFalse) * (nowTrue + lastTrue);
      x[group + 1] = nowFalse / negatives;
      y[group + 1] = nowTrue / positives;
      lastTrue = nowTrue;
      lastFalse = nowFalse;
    }
    return Optional.of(new RocCurve(new Curve(x, y), twiceTheArea / 2.0 / (positives * negatives)));
  }
}
