// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.nio.file.Path;

/**
 * A file or a folder of samples that is looked at before it is read. A pipe can be read only once,
 * so it is copied to a temporary file first.
 */
public final class SampleFile implements AutoCloseable {

  private final Path file;

  /** Null unless the file is a pipe. */
  private final PipedFile piped;

  private SampleFile(Path file, PipedFile piped) {
    this.file = file;
    this.piped = piped;
  }

  /**
   * Opens a file.
   *
   * @param file the file or folder, which need not exist; a pipe, or {@code -} for standard input,
   *     is read to its end into a temporary file
   * @return the file; the caller closes it
   * @throws DataException if it is a pipe that cannot be read, or nothing came through it
   */
  public static SampleFile open(Path file) {
    return new SampleFile(file, PipedFile.isPipe(file) ? PipedFile.read(file) : null);
  }

  /**
   * Tells whether the file is a table, whose columns have roles.
   *
   * @param options may say what the content leaves open
   * @return false also if there is no such file, or it cannot be read; {@link #read} says so
   */
  public boolean isTable(ReadOptions options) {
    return Datasets.isTable(piped == null ? file : piped.file(), options);
  }

  /**
   * Reads the samples, the format found by the content.
   *
   * @param options what to look for in the file
   * @return the data set; the caller closes it
   * @throws DataException as {@link Datasets#read}
   */
  public Dataset read(ReadOptions options) {
    if (piped == null) {
      return Datasets.readFile(file, options);
    }
    return piped.reading(
        () -> Datasets.readFile(piped.file(), piped.options(options)).named(piped.name()));
  }

  /** Removes the temporary file of a pipe. */
  @Override
  public void close() {
    if (piped != null) {
      piped.close();
    }
  }
}
