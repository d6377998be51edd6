// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.model.Model;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how predictions are printed. */
final class PredictionOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--json",
      description =
          "Print one JSON object a line: file, sample, class, probability, probabilities; with --top,"
              + " top in the place of probabilities.")
  private boolean json;

  @Option(names = "--csv", description = "Print comma-separated values with a header.")
  private boolean csv;

  @Mixin private FormulaOption formulas;

  @Option(
      names = "--explain",
      description = {
        "Also tell what the columns contribute to the log-odds of the predicted class, beside a row of",
        "means if features are standardised, else of zeros: the five largest, with --json all."
      })
  private boolean explain;

  @Option(
      names = "--speed",
      description = {
        "Print the throughput in samples per second on standard error; on a terminal it is always",
        "printed."
      })
  private boolean speed;

  /** Refuses two ways of printing at once. */
  PredictionStyle style(TopOption top) {
    if (json && csv) {
      throw new ParameterException(command.commandLine(), "choose one of --json and --csv");
    }
    if (explain && csv) {
      throw new ParameterException(
          command.commandLine(), "--explain prints text or --json, not --csv");
    }
    boolean escapeFormulas = formulas.wanted(csv, command.commandLine());
    if (json) {
      return new PredictionJson(top.given());
    }
    return csv ? new PredictionCsv(escapeFormulas, top.given()) : new PredictionText();
  }

  /** Whether contributions are wanted; rejects a model that has none. */
  boolean explained(Model model) {
    if (explain && !model.isLinear()) {
      throw new ParameterException(
          command.commandLine(),
          "--explain is for models without hidden layers; evaluate --importance is for all");
    }
    return explain;
  }

  boolean speedWanted() {
    return speed || Terminal.isWatched();
  }
}
