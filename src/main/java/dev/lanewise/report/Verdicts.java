// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.metric.AccuracyInterval;
import dev.lanewise.metric.ThresholdCounts;
import dev.lanewise.model.ConfusionMatrix;
import dev.lanewise.model.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says how right a model of two classes is on a data set. */
final class Verdicts {

  private static final List<Integer> ORDER = List.of(1, 0);

  private static final int TABLE_STEP = 10;

  private Verdicts() {}

  /** Of two classes, class 1 first. */
  static Page.Verdict of(Assessment assessment, String key, int step) {
    ClassCurves curves = assessment.curves();
    return new Page.Verdict(
        key,
        assessment.name(),
        facts(assessment, curves),
        ORDER.stream().map(assessment.dataset().classNames()::get).toList(),
        rows(assessment, key),
        metrics(assessment, key, step),
        thresholds(assessment.thresholds()));
  }

  private static List<Page.Fact> facts(Assessment assessment, ClassCurves curves) {
    List<Page.Fact> facts = new ArrayList<>(accuracies(assessment));
    facts.add(Page.Fact.of("Cost J", Numbers.decimals(assessment.evaluation().cost(), 6)));
    facts.add(Page.Fact.of("Brier score", Numbers.decimals(curves.reliability().brierScore(), 4)));
    facts.add(
        Page.Fact.of(
            "Calibration error", Numbers.decimals(curves.reliability().calibrationError(), 4)));
    return facts;
  }

  /**
   * The accuracy, what it is of samples that were not learned from, and what the most frequent
   * class alone would give.
   */
  static List<Page.Fact> accuracies(Assessment assessment) {
    Evaluation evaluation = assessment.evaluation();
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(accuracy(evaluation));
    if (!assessment.isLearnedFrom()) {
      AccuracyInterval interval = AccuracyInterval.of(evaluation.correct(), evaluation.samples());
      facts.add(
          Page.Fact.of(
              "95 % interval of the accuracy (Wilson)",
              String.format(
                  Locale.ROOT,
                  "%s to %s",
                  Numbers.decimals(100 * interval.low(), 2),
                  Numbers.percent(interval.high()))));
    }
    int frequent = evaluation.confusion().mostFrequent();
    facts.add(
        Page.Fact.of(
            "Baseline: always " + assessment.dataset().classNames().get(frequent),
            Numbers.percent(
                Numbers.share(evaluation.confusion().samplesOf(frequent), evaluation.samples()))));
    return facts;
  }

  private static Page.Fact accuracy(Evaluation evaluation) {
    return Page.Fact.of(
        "Accuracy",
        String.format(
            Locale.ROOT,
            "%s (%s of %s)",
            Numbers.percent(evaluation.accuracy()),
            Numbers.count(evaluation.correct()),
            Numbers.count(evaluation.samples())));
  }

  private static List<Page.ConfusionRow> rows(Assessment assessment, String key) {
    ConfusionMatrix confusion = assessment.evaluation().confusion();
    List<Page.ConfusionRow> rows = new ArrayList<>();
    for (int actual : ORDER) {
      List<Page.ConfusionCell> cells = new ArrayList<>();
      for (int predicted : ORDER) {
        int count = confusion.count(actual, predicted);
        cells.add(
            new Page.ConfusionCell(
                String.format(Locale.ROOT, "%s-%d-%d", key, actual, predicted),
                Numbers.count(count),
                actual == predicted,
                shade(count, confusion.samplesOf(actual))));
      }
      rows.add(new Page.ConfusionRow(assessment.dataset().classNames().get(actual), cells));
    }
    return rows;
  }

  /** Which tenth of a row a cell is, from 0 to 9. */
  static int shade(int count, int row) {
    return count == 0 ? 0 : (int) Math.min(9, Math.ceil(10.0 * count / row) - 1);
  }

  private static List<Page.Metric> metrics(Assessment assessment, String key, int step) {
    ThresholdCounts counts = assessment.thresholds();
    String other = assessment.dataset().classNames().get(0);
    String positive = assessment.dataset().classNames().get(1);
    long falseNegatives = (long) counts.positives() - counts.truePositives(step);
    long trueNegatives = (long) counts.negatives() - counts.falsePositives(step);
    List<Page.Metric> metrics = new ArrayList<>();
    metrics.add(metric(key, "accuracy", "Accuracy", accuracy(counts, step)));
    metrics.add(metric(key, "precision", "Precision of " + positive, precision(counts, step)));
    metrics.add(metric(key, "recall", "Recall of " + positive, recall(counts, step)));
    metrics.add(
        metric(
            key,
            "fallout",
            "False positive rate",
            Numbers.share(counts.falsePositives(step), counts.negatives())));
    metrics.add(
        metric(
            key,
            "f1",
            "F1 of " + positive,
            Numbers.share(
                2L * counts.truePositives(step),
                (long) counts.truePositives(step)
                    + counts.falsePositives(step)
                    + counts.positives())));
    metrics.add(
        metric(
            key,
            "precision0",
            "Precision of " + other,
            Numbers.share(trueNegatives, trueNegatives + falseNegatives)));
    metrics.add(
        metric(
            key,
            "recall0",
            "Recall of " + other,
            Numbers.share(trueNegatives, counts.negatives())));
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
}
