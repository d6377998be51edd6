package dev.lanewise.report;

import dev.lanewise.model.Evaluation;
import dev.lanewise.report.metric.ConfusionMatrix;
import dev.lanewise.report.metric.PrecisionRecallCurve;
import dev.lanewise.report.metric.RocCurve;
import dev.lanewise.report.metric.ThresholdCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says how right a model is on a data set. */
final class Verdicts {

  /** A confusion matrix of more classes is no table that anybody reads. */
  private static final int CLASSES = 30;

  private static final int HALF = ThresholdCounts.STEPS / 2;
  private static final int TABLE_STEP = 10;

  private Verdicts() {}

  static Page.Verdict of(Assessment assessment, String key, boolean twoClasses) {
    Evaluation evaluation = assessment.evaluation();
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(
        Page.Fact.of(
            "Accuracy",
            "%s (%s of %s)"
                .formatted(
                    Numbers.percent(evaluation.accuracy()),
                    Numbers.count(evaluation.correct()),
                    Numbers.count(evaluation.samples()))));
    facts.add(Page.Fact.of("Cost J", Numbers.decimals(evaluation.cost(), 6)));
    if (twoClasses) {
      facts.add(
          Page.Fact.of("Brier score", Numbers.decimals(assessment.reliability().brierScore(), 4)));
      facts.add(
          Page.Fact.of(
              "Calibration error",
              Numbers.decimals(assessment.reliability().calibrationError(), 4)));
    }
    return new Page.Verdict(
        key,
        assessment.name(),
        facts,
        order(assessment).stream().map(assessment.dataset().classNames()::get).toList(),
        rows(assessment, key),
        twoClasses ? metrics(assessment.thresholds(), key) : List.of(),
        twoClasses ? area(assessment.roc().map(RocCurve::area)) : "",
        twoClasses
            ? area(assessment.precisionRecall().map(PrecisionRecallCurve::averagePrecision))
            : "",
        twoClasses ? bins(assessment) : List.of(),
        twoClasses ? thresholds(assessment.thresholds()) : List.of());
  }

  static String area(Optional<Double> area) {
    return area.map(value -> Numbers.decimals(value, 4)).orElse("none, for want of a class");
  }

  /** Class 1 first of two; of more their own order. */
  private static List<Integer> order(Assessment assessment) {
    int classes = assessment.confusion().classes();
    List<Integer> order = new ArrayList<>();
    for (int number = 0; number < classes; number++) {
      order.add(classes == 2 ? 1 - number : number);
    }
    return order;
  }

  private static List<Page.ConfusionRow> rows(Assessment assessment, String key) {
    ConfusionMatrix confusion = assessment.confusion();
    if (confusion.classes() > CLASSES) {
      return List.of();
    }
    List<Page.ConfusionRow> rows = new ArrayList<>();
    List<Integer> order = order(assessment);
    for (int actual : order) {
      List<Page.ConfusionCell> cells = new ArrayList<>();
      for (int predicted : order) {
        int count = confusion.count(actual, predicted);
        double share = Numbers.share(count, confusion.samples(actual));
        cells.add(
            new Page.ConfusionCell(
                "%s-%d-%d".formatted(key, actual, predicted),
                Numbers.count(count),
                actual == predicted,
                (int) Math.min(9, Math.ceil(10 * (share > 0 ? share : 0)) - (share > 0 ? 1 : 0))));
      }
      rows.add(new Page.ConfusionRow(assessment.dataset().classNames().get(actual), cells));
    }
    return rows;
  }

  private static List<Page.Metric> metrics(ThresholdCounts counts, String key) {
    List<Page.Metric> metrics = new ArrayList<>();
    metrics.add(metric(key, "accuracy", "Accuracy", accuracy(counts, HALF)));
    metrics.add(metric(key, "precision", "Precision", precision(counts, HALF)));
    metrics.add(metric(key, "recall", "Recall", recall(counts, HALF)));
    metrics.add(
        metric(
            key,
            "fallout",
            "False positive rate",
            Numbers.share(counts.falsePositives(HALF), counts.negatives())));
    metrics.add(
        metric(
            key,
            "f1",
            "F1",
            Numbers.share(
                2L * counts.truePositives(HALF),
                (long) counts.truePositives(HALF)
                    + counts.falsePositives(HALF)
                    + counts.positives())));
    return metrics;
  }

  private static Page.Metric metric(String key, String id, String name, double value) {
    return new Page.Metric(key + "-" + id, name, Numbers.percent(value));
  }

  private static double accuracy(ThresholdCounts counts, int step) {
    long right = counts.truePositives(step) + counts.negatives() - counts.falsePositives(step);
    return Numbers.share(right, (long) counts.positives() + counts.negatives());
  }

  private static double precision(ThresholdCounts counts, int step) {
    long found = counts.truePositives(step);
    return Numbers.share(found, found + counts.falsePositives(step));
  }

  private static double recall(ThresholdCounts counts, int step) {
    return Numbers.share(counts.truePositives(step), counts.positives());
  }

  private static List<List<String>> thresholds(ThresholdCounts counts) {
    List<List<String>> table = new ArrayList<>();
    for (int step = 0; step <= ThresholdCounts.STEPS; step += TABLE_STEP) {
      table.add(
          List.of(
              Numbers.decimals(ThresholdCounts.threshold(step), 2),
              Numbers.count(counts.truePositives(step)),
              Numbers.count(counts.falsePositives(step)),
              Numbers.percent(recall(counts, step)),
              Numbers.percent(Numbers.share(counts.falsePositives(step), counts.negatives())),
              Numbers.percent(precision(counts, step)),
              Numbers.percent(accuracy(counts, step))));
    }
    return table;
  }

  private static List<List<String>> bins(Assessment assessment) {
    return assessment.reliability().bins().stream()
        .map(
            bin ->
                List.of(
                    Numbers.percent(bin.meanProbability()),
                    Numbers.percent(bin.share()),
                    Numbers.count(bin.samples())))
        .toList();
  }
}
