// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.model.Evaluation;
import dev.lanewise.select.SweepResult;
import dev.lanewise.select.SweepRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A sweep told to people. */
final class SweepText implements SweepOutput {

  private final PrintWriter out;
  private final Optional<Path> report;
  private final int folds;

  /**
   * A sweep.
   *
   * @param folds how many folds choose the best run; 0 if the test data do
   */
  SweepText(PrintWriter out, Optional<Path> report, int folds) {
    this.out = out;
    this.report = report;
    this.folds = folds;
  }

  @Override
  public void started(Dataset train, Optional<Dataset> test) {
    Text.line(out, "Training data   %s", Describe.data(train));
    test.ifPresent(data -> Text.line(out, "Test data       %s", Describe.data(data)));
    train.question().ifPresent(asked -> Text.line(out, "Question        %s", asked));
  }

  @Override
  public void finished(SweepResult result) {
    boolean tested = result.runs().stream().anyMatch(run -> run.test().isPresent());
    boolean folded = result.runs().stream().anyMatch(run -> run.folds().isPresent());
    boolean seeded = result.runs().stream().map(run -> run.setting().seed()).distinct().count() > 1;
    StringBuilder head = new StringBuilder();
    add(head, "  %12s  %10s", "rate", "iterations");
    if (seeded) {
      add(head, "  %8s", "seed");
    }
    add(head, "  %10s  %9s", "train cost", "train");
    if (tested) {
      add(head, "  %10s  %9s", "test cost", "test");
    }
    if (folded) {
      add(head, "  %10s  %9s", "folds cost", "folds");
    }
    add(head, "  %7s", "seconds");
    Text.line(out, "%s", head);
    for (int place = 0; place < result.runs().size(); place++) {
      SweepRun run = result.runs().get(place);
      StringBuilder row = new StringBuilder();
      boolean best = result.best().isPresent() && result.best().getAsInt() == place;
      add(
          row,
          "%s %12s  %10d",
          best ? "*" : " ",
          PenaltyTable.number(run.setting().learningRate()),
          run.setting().iterations());
      if (seeded) {
        add(row, "  %8d", run.setting().seed());
      }
      if (run.succeeded()) {
        evaluation(row, run.train().orElseThrow());
        run.test().ifPresent(test -> evaluation(row, test));
        run.folds().ifPresent(folds -> folds(row, folds));
        add(row, "  %7.3f", run.result().orElseThrow().seconds());
      } else {
        add(row, "  %s", run.failure().orElse("failed"));
      }
      Text.line(out, "%s", row);
    }
    Text.line(
        out,
        "Best (*)        %s",
        folds == 0
            ? "the highest accuracy on the test data"
            : "the lowest log-loss on " + folds + " folds");
    report.ifPresent(file -> Text.line(out, "Report          %s", file));
    out.flush();
  }

  private static void evaluation(StringBuilder row, Evaluation evaluation) {
    add(row, "  %10.6f  %7.2f %%", evaluation.cost(), 100 * evaluation.accuracy());
  }

  private static void folds(StringBuilder row, SweepRun.FoldScore folds) {
    if (Double.isNaN(folds.logLoss())) {
      add(row, "  %21s", "diverged");
    } else {
      add(row, "  %10.6f  %7.2f %%", folds.logLoss(), 100 * folds.accuracy());
    }
  }

  private static void add(StringBuilder row, String format, Object... values) {
    row.append(String.format(Locale.ROOT, format, values));
  }
}
