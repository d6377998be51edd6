// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.model.ConfusionMatrix;
import dev.lanewise.model.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says how right a model of more than two classes is on a data set. */
final class ManyVerdicts {

  /** A larger confusion matrix scrolls, and the pairs that are confused most stand beside it. */
  static final int LARGE = 20;

  /** A still larger one is no table that anybody reads. */
  static final int LARGEST = 100;

  private static final int MISTAKES = 20;
  private static final int SHORT = 3;

  /** The numbers of most probable classes among which the right class is looked for. */
  private static final int[] TOP = {2, 3, 5, 10};

  private ManyVerdicts() {}

  static Page.ManyVerdict of(Assessment assessment, ShownClasses shown) {
    ConfusionMatrix confusion = assessment.evaluation().confusion();
    int classes = confusion.classes();
    return new Page.ManyVerdict(
        assessment.name(),
        facts(assessment),
        rows(assessment, shown),
        classes > LARGEST ? List.of() : matrix(assessment),
        classes > LARGE,
        assessment.dataset().classNames().stream().allMatch(name -> name.length() <= SHORT),
        mistakes(assessment));
  }

  private static List<Page.Fact> facts(Assessment assessment) {
    Evaluation evaluation = assessment.evaluation();
    List<Page.Fact> facts = new ArrayList<>();
    facts.addAll(Verdicts.accuracies(assessment));
    for (int top : TOP) {
      // Among half of the classes chance alone is right too often.
      if (2 * top < evaluation.confusion().classes()) {
        String percent = Numbers.percent(evaluation.topAccuracy(top));
        facts.add(
            Page.Fact.of(String.format(Locale.ROOT, "Among the %d most probable", top), percent));
      }
    }
    facts.add(Page.Fact.of("Macro F1", Numbers.decimals(evaluation.macroF1(), 4)));
    facts.add(Page.Fact.of("Cost J (log-loss)", Numbers.decimals(evaluation.cost(), 6)));
    facts.add(
        Page.Fact.of(
            "Area under ROC, mean of classes", ClassCurves.area(assessment.meanRocArea())));
    facts.add(
        Page.Fact.of(
            "Average precision, mean of classes",
            ClassCurves.area(assessment.meanAveragePrecision())));
    return facts;
  }

  private static List<Page.ClassRow> rows(Assessment assessment, ShownClasses shown) {
    ConfusionMatrix confusion = assessment.evaluation().confusion();
    List<Page.ClassRow> rows = new ArrayList<>();
    for (int k : shown.numbers()) {
      int samples = confusion.samplesOf(k);
      int predictions = confusion.predictionsOf(k);
      ClassCurves curves = assessment.curves(k);
      rows.add(
          new Page.ClassRow(
              assessment.dataset().classNames().get(k),
              List.of(
                  Numbers.count(samples),
                  figure(confusion.precision(k), predictions > 0),
                  figure(confusion.recall(k), samples > 0),
                  figure(confusion.f1(k), samples + predictions > 0),
                  figure(curves.rocArea().orElse(0.0), curves.rocArea().isPresent()),
                  figure(
                      curves.averagePrecision().orElse(0.0),
                      curves.averagePrecision().isPresent()))));
    }
    return rows;
  }

  // Where there is nothing to divide by there is no figure.
  private static String figure(double value, boolean there) {
    return there ? Numbers.decimals(value, 4) : "–";
  }

  private static List<Page.ConfusionRow> matrix(Assessment assessment) {
    ConfusionMatrix confusion = assessment.evaluation().confusion();
    List<Page.ConfusionRow> rows = new ArrayList<>();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      List<Page.ConfusionCell> cells = new ArrayList<>();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        int count = confusion.count(actual, predicted);
        cells.add(
            new Page.ConfusionCell(
                "",
                Numbers.count(count),
                actual == predicted,
                Verdicts.shade(count, confusion.samplesOf(actual))));
      }
      rows.add(new Page.ConfusionRow(assessment.dataset().classNames().get(actual), cells));
    }
    return rows;
  }

  private static List<Page.MistakeRow> mistakes(Assessment assessment) {
    ConfusionMatrix confusion = assessment.evaluation().confusion();
    List<String> names = assessment.dataset().classNames();
    return confusion.mistakes(MISTAKES).stream()
        .map(
            pair ->
                new Page.MistakeRow(
                    names.get(pair.actual()),
                    names.get(pair.predicted()),
                    Numbers.count(pair.samples()),
                    Numbers.percent(
                        Numbers.share(pair.samples(), confusion.samplesOf(pair.actual())))))
        .toList();
  }
}
