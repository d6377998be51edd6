// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

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
    boolean escapeFormulas = formulas.wanted(csv, command.commandLine());
    if (json) {
      return new PredictionJson(top.given());
    }
    return csv ? new PredictionCsv(escapeFormulas, top.given()) : new PredictionText();
  }

  boolean speedWanted() {
    return speed || Terminal.isWatched();
  }
}
