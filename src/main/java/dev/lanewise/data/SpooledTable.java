// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A table that comes from elsewhere a row at a time, as text in a temporary file. It is read like
 * any file of comma-separated values, so the roles of columns, their encoding and what is rejected
 * are the same. A problem in row i, from 1, is told as one in line i + 1.
 */
public final class SpooledTable implements AutoCloseable {

  private final PipedFile file;
  private final int width;
  private BufferedWriter writer;

  private SpooledTable(String name, int width) throws IOException {
    this.file = PipedFile.create(name);
    this.width = width;
    this.writer = Files.newBufferedWriter(file.file(), StandardCharsets.UTF_8);
  }

  /**
   * Begins a table.
   *
   * @param name what the table is called in messages
   * @param columns the names of the columns
   * @return a table without rows; close it to remove the temporary file
   * @throws DataException if there is no column, or no room for the temporary file
   */
  public static SpooledTable of(String name, List<String> columns) {
    if (columns.isEmpty()) {
      throw new DataException(name, "has no columns, expected features");
    }
    try {
      SpooledTable table = new SpooledTable(name, columns.size());
      table.add(columns);
      return table;
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  private static DataException unwritable(String name, IOException e) {
    return new DataException(
        name,
        "cannot be put into a temporary file (java.io.tmpdir says where): " + e.getMessage(),
        e);
  }

  /**
   * Adds a row.
   *
   * @param cells as many texts as there are columns; null for a missing cell
   * @throws DataException if the temporary file cannot be written
   */
  public void add(List<String> cells) {
    if (cells.size() != width) {
      throw new IllegalArgumentException(cells.size() + " cells of " + width + " columns");
    }
    try {
      Iterator<String> iterator = cells.iterator();
      while (iterator.hasNext()) {
        String cell = iterator.next();
        if (cell != null) {
          writer.append('"').append(cell.replace("\"", "\"\"")).append('"');
        }
        writer.append(iterator.hasNext() ? ',' : '\n');
      }
    } catch (IOException e) {
      throw unwritable(file.name(), e);
    }
  }

  /**
   * Reads the table.
   *
   * @param options as for a file of comma-separated values
   * @return the data set; the caller closes it
   * @throws DataException as {@link Datasets#read}
   */
  public Dataset read(ReadOptions options) {
    try {
      writer.close();
    } catch (IOException e) {
      throw unwritable(file.name(), e);
    }
    TextOptions text = options.text();
    ReadOptions laidOut =
        options.laidOut(
            new TextOptions(
                Optional.of(true),
                Optional.of(','),
                false,
                text.dropped(),
                text.kept(),
                text.firstIndex()));
    return file.reading(
        () -> Datasets.readFile(file.file(), file.options(laidOut)).named(file.name()));
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      // What was not written is not needed.
    }
    file.close();
  }
}
