// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.statistics.ErrorKind;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.NoSummaryException;
import dev.lanewise.train.TrainingResult;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that ask for the statistics of a fit. */
final class SummaryOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--summary",
      description = {
        "Print statistics: coefficients in the units of the data with standard errors, tests and",
        "intervals, and how well the model fits; the model keeps them. The first level of each",
        "categorical column becomes the base, without a feature. Needs --solver newton or lbfgs."
      })
  private boolean wanted;

  @Option(
      names = "--standard-errors",
      paramLabel = "model|hc0|hc1",
      description = {
        "Of --summary. model (default): from the second derivative. hc0, hc1: robust ones, by Huber and",
        "White; hc1 for few rows."
      })
  private ErrorKind errors;

  /**
   * The same samples without features for the bases, which statistics need. Without an intercept,
   * one column keeps its base.
   *
   * @param order the columns in the order of a formula
   */
  ReadOptions samplesFor(ReadOptions options, boolean intercept, List<String> order) {
    if (!wanted) {
      return options;
    }
    return options.with(
        intercept ? options.tables().droppingBase() : options.tables().droppingBaseButFirst(order));
  }

  /** Rejects options under which there are no statistics. */
  void check(LogisticRegression trainer, Dataset train, boolean isPath) {
    refuse(errors != null && !wanted, "--standard-errors needs --summary");
    refuse(wanted && isPath, "--summary is for one model; several penalties need --folds");
    if (wanted) {
      trainer
          .obstacleToSummary(train)
          .ifPresent(obstacle -> refuse(true, "--summary: " + obstacle));
    }
  }

  /** The result with its statistics; a warning if there are none. */
  TrainingResult apply(
      LogisticRegression trainer, Dataset train, TrainingResult result, Kernels kernels) {
    if (!wanted) {
      return result;
    }
    try {
      ErrorKind kind = errors == null ? ErrorKind.MODEL : errors;
      return result.withSummary(trainer.summary(train, result, kind, kernels));
    } catch (NoSummaryException e) {
      Text.warning(spec.commandLine().getErr(), "no summary: " + e.getMessage());
      return result;
    }
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
