// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.metric.PrecisionRecallCurve;
import dev.lanewise.metric.Ranking;
import dev.lanewise.metric.Reliability;
import dev.lanewise.metric.RocCurve;
import java.util.List;
import java.util.Optional;

/** How well one class is separated from all others, at all thresholds. */
record ClassCurves(
    Optional<RocCurve> roc,
    Optional<PrecisionRecallCurve> precisionRecall,
    Reliability reliability) {

  private static final int STRIPES = 100;

  /** Less than a pixel of a picture as large as the page has it. */
  private static final double TOLERANCE = 1.0 / 400;

  /**
   * Curves short enough for a page that shows those of one class alone.
   *
   * @param odds of the class, for each sample: probabilities near 1 are the same float where these
   *     are not
   * @param probabilities of the class
   * @param labels 1 for the class, 0 for the others
   */
  static ClassCurves ofOne(float[] odds, float[] probabilities, int[] labels) {
    Ranking ranking = Ranking.of(odds, labels);
    return new ClassCurves(
        RocCurve.of(ranking).map(roc -> new RocCurve(roc.points().thinned(STRIPES), roc.area())),
        PrecisionRecallCurve.of(ranking)
            .map(
                curve ->
                    new PrecisionRecallCurve(
                        curve.points().thinned(STRIPES), curve.averagePrecision())),
        Reliability.of(probabilities, labels));
  }

  /**
   * Curves of which a page can hold hundreds: with the corners of the steps of precision, and
   * without the points that nobody would see.
   */
  static ClassCurves ofMany(float[] odds, float[] probabilities, int[] labels) {
    Ranking ranking = Ranking.of(odds, labels);
    return new ClassCurves(
        RocCurve.of(ranking)
            .map(
                roc ->
                    new RocCurve(roc.points().simplified(TOLERANCE).thinned(STRIPES), roc.area())),
        PrecisionRecallCurve.of(ranking)
            .map(
                curve ->
                    new PrecisionRecallCurve(
                        curve.points().stepped().simplified(TOLERANCE).thinned(STRIPES),
                        curve.averagePrecision())),
        Reliability.of(probabilities, labels));
  }

  Optional<Double> rocArea() {
    return roc.map(RocCurve::area);
  }

  Optional<Double> averagePrecision() {
    return precisionRecall.map(PrecisionRecallCurve::averagePrecision);
  }

  /** The text beside the curves. */
  Page.CurveSet view(String key, String name) {
    return new Page.CurveSet(key, name, area(rocArea()), area(averagePrecision()), bins());
  }

  static String area(Optional<Double> area) {
    return area.map(value -> Numbers.decimals(value, 4))
        .orElse("undefined: a class has no samples");
  }

  private List<List<String>> bins() {
    return reliability.bins().stream()
        .map(
            bin ->
                List.of(
                    Numbers.percent(bin.meanProbability()),
                    Numbers.percent(bin.share()),
                    Numbers.count(bin.samples())))
        .toList();
  }
}
