package dev.lanewise.cli;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.report.Report;
import dev.lanewise.report.RunTimes;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that has a training run reported as a page. */
final class ReportOption {

  @Option(
      names = "--report",
      paramLabel = "OUT",
      description = {
        "Write a page here, one HTML file that needs no network: data, cost, accuracy, curves,",
        "weights and the surest samples."
      })
  private Path file;

  /** Null if there is to be none. */
  Path file() {
    return file;
  }

  /** Refuses a file that could not be written, before work is spent on what goes into it. */
  void check() {
    if (file != null) {
      Report.checkTarget(file);
    }
  }

  /** Writes the page, if there is to be one; only then is anything of it loaded. */
  void write(FinishedTraining run, Kernels kernels) {
    if (file == null) {
      return;
    }
    Report report =
        Report.of(run.result(), new RunTimes(run.loadSeconds(), run.totalSeconds()))
            .with("Training", run.train(), run.trainEvaluation());
    if (run.test() != null) {
      report = report.with("Test", run.test(), run.testEvaluation());
    }
    report.write(file, kernels);
  }
}
