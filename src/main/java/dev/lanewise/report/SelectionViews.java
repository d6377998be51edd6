// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.select.Candidate;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.PenaltyScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes the views of cross-validation: the scores of penalties, and of models that are trained on
 * fewer samples.
 */
final class SelectionViews {

  private SelectionViews() {}

  static Page.SelectionTable of(PenaltyScores scores, int picked) {
    List<Page.SelectionRow> rows = new ArrayList<>();
    for (int i = 0; i < scores.candidates().size(); i++) {
      Candidate one = scores.candidates().get(i);
      boolean diverged = Double.isNaN(one.logLoss());
      rows.add(
          new Page.SelectionRow(
              i == picked,
              List.of(
                  Numbers.plain(one.l2()),
                  diverged ? "diverged" : Numbers.decimals(one.logLoss(), 6),
                  diverged ? "–" : Numbers.decimals(one.deviation(), 6),
                  diverged ? "–" : Numbers.percent(one.accuracy()))));
    }
    String chosen =
        picked == scores.best()
            ? "the lowest mean log-loss"
            : "the strongest penalty within one standard error of the lowest mean log-loss";
    return new Page.SelectionTable(
        "Penalties",
        String.format(
            Locale.ROOT,
            "Means over %d folds, each held out in turn. The model has the penalty that is marked: %s.",
            scores.folds(),
            chosen),
        List.of("l2", "Log-loss", "Standard deviation", "Accuracy"),
        rows);
  }

  static Page.SelectionTable of(List<CurvePoint> points) {
    List<Page.SelectionRow> rows = new ArrayList<>();
    for (CurvePoint point : points) {
      rows.add(
          new Page.SelectionRow(
              false,
              List.of(
                  Numbers.count(Math.round(point.samples())),
                  Numbers.decimals(point.heldOutCost(), 6),
                  Numbers.percent(point.heldOutAccuracy()),
                  Numbers.decimals(point.trainCost(), 6),
                  Numbers.percent(point.trainAccuracy()))));
    }
    return new Page.SelectionTable(
        "Learning curve",
        "Models of growing fractions of the samples; means over folds, each held out in turn. Where"
            + " the held-out cost still falls at the end, more samples help.",
        List.of(
            "Samples", "Held-out cost", "Held-out accuracy", "Training cost", "Training accuracy"),
        rows);
  }
}
