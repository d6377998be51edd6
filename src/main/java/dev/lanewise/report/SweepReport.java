// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.file.WholeFile;
import dev.lanewise.select.SweepResult;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report of a sweep is of: the runs, and the data they learned from and were tested on.
 * Immutable.
 *
 * <p>The data sets must stay open until the report is written.
 */
public final class SweepReport {

  private final SweepResult result;
  private final Dataset train;
  private final Optional<Dataset> test;
  private final Optional<Standardization> standardized;
  private final RunTimes times;

  /**
   * A report.
   *
   * @param result the runs, at least one
   * @param train the samples that were learned from
   * @param test other samples; empty for none
   * @param times how long it took
   */
  public SweepReport(SweepResult result, Dataset train, Optional<Dataset> test, RunTimes times) {
    this.result = Objects.requireNonNull(result, "result");
    this.standardized = train.standardization();
    // Pictures are shown as they were read.
    this.train = train.unstandardized();
    this.test = test.map(Dataset::unstandardized);
    this.times = Objects.requireNonNull(times, "times");
  }

  /**
   * Writes the page, whole or not at all.
   *
   * @param file the file, new or to be replaced
   * @throws DataException if it cannot be written, or a file of the data was changed meanwhile
   */
  public void write(Path file) {
    ByteBuffer html = ByteBuffer.wrap(html());
    WholeFile.write(
        file,
        channel -> {
          while (html.hasRemaining()) {
            channel.write(html);
          }
        },
        written -> {});
  }

  /** The page, in UTF-8. */
  byte[] html() {
    return Templates.sweep(new SweepPageBuilder(result, train, test, standardized, times).build());
  }
}
