// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.report.RunTimes;
import dev.lanewise.report.SweepReport;
import dev.lanewise.select.SweepResult;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that has a sweep reported as a page. */
final class SweepReportOption {

  @Option(
      names = "--report",
      paramLabel = "OUT",
      description = {
        "Write a page here, one HTML file that needs no network: the curves of cost of all runs",
        "together, and their table."
      })
  private Path file;

  /** The file of the page, if the option is given. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Writes the page if the option is given; only then are classes of the report loaded. */
  void write(
      SweepResult result,
      Dataset train,
      Optional<Dataset> test,
      double loadSeconds,
      double totalSeconds) {
    if (file != null) {
      new SweepReport(result, train, test, new RunTimes(loadSeconds, totalSeconds)).write(file);
    }
  }
}
