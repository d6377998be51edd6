// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.report.CostPlot;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that has the cost drawn. */
final class PlotOption {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--plot",
      paramLabel = "OUT",
      description = "Draw the cost here, as the extension says: .svg or .png.")
  private Path file;

  /** Null if there is to be none. */
  Path file() {
    return file;
  }

  /**
   * Refuses what could not be drawn, before work is spent on it.
   *
   * @param manyRuns whether there will be no one run to draw
   */
  void check(int costEvery, boolean manyRuns) {
    if (file == null) {
      return;
    }
    if (CostPlot.Format.of(file).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--plot draws .svg or .png, not '" + file + "'");
    }
    if (manyRuns) {
      throw new ParameterException(
          spec.commandLine(), "--plot with several penalties needs --folds, which picks one");
    }
    if (costEvery == 0) {
      throw new ParameterException(
          spec.commandLine(), "--plot draws costs, and --cost-every 0 notes none");
    }
  }

  /** Draws the cost, if it is to be drawn and there is one; only then is anything of it loaded. */
  void write(TrainingResult result) {
    if (file == null) {
      return;
    }
    if (result.costs().isEmpty()) {
      Text.warning(
          spec.commandLine().getErr(), file + " is not written: the run noted no cost to draw");
      return;
    }
    CostPlot.write(result, file, CostPlot.Format.of(file).orElseThrow());
  }
}
