// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.report.Report;
import dev.lanewise.report.RunTimes;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that has a training run reported as a page. */
final class ReportOption {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--report",
      paramLabel = "OUT",
      description = {
        "Write a page here, one HTML file that needs no network: data, cost, accuracy, curves,",
        "weights and the surest samples."
      })
  private Path file;

  /** Null before training. */
  private NotedSelection noted;

  /** Null if there is to be none. */
  Path file() {
    return file;
  }

  /**
   * Refuses what could not be reported, before work is spent on it.
   *
   * @param manyRuns whether there will be no one run to report
   */
  void check(boolean manyRuns) {
    if (file != null && manyRuns) {
      throw new ParameterException(
          spec.commandLine(), "--report with several penalties needs --folds, which picks one");
    }
  }

  /** The same output; the page shows the results of folds. */
  TrainOutput noting(TrainOutput output) {
    noted = new NotedSelection(output);
    return noted;
  }

  /** Writes the page, if there is to be one; only then is anything of it loaded. */
  void write(FinishedTraining run, Kernels kernels) {
    if (file == null) {
      return;
    }
    Report report =
        Report.of(run.result(), new RunTimes(run.before().loadSeconds(), run.totalSeconds()))
            .with(Report.TRAINING, run.train(), run.trainEvaluation());
    if (run.test() != null) {
      report = report.with("Test", run.test(), run.testEvaluation());
    }
    noted.addTo(report).write(file, kernels);
  }
}
