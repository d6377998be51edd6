// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The rows of a table without its header. Each has a field for each column.
 *
 * @param path the file
 * @param dialect how its lines are taken apart
 * @param header the columns
 */
record CsvBody(Path path, Dialect dialect, CsvHeader header) {

  /** Opens the file; the first row is that of {@link #first}. */
  CsvRows open() {
    return CsvRows.open(path, dialect);
  }

  /** The first row after the header, or null. */
  CsvRecord first(CsvRows rows) {
    CsvRecord first = rows.next();
    return header.firstIsRow() || first == null ? first : rows.next();
  }

  /**
   * Reads all rows once.
   *
   * @param check is given each row
   * @return how many rows there are, at least 1
   * @throws DataException if a row has too many or too few fields, or there is no row
   */
  int count(Consumer<CsvRecord> check) {
    long count = 0;
    try (CsvRows rows = open()) {
      CsvRecord row = first(rows);
      while (row != null) {
        check(row);
        check.accept(row);
        count++;
        row = rows.next();
      }
    }
    if (count == 0) {
      throw new DataException(path.toString(), "has no row but its header, expected samples");
    }
    if (header.rows() != CsvHeader.NONE && count != header.rows()) {
      throw new DataException(
          path.toString(),
          String.format(Locale.ROOT, "has %d rows, its header says %d", count, header.rows()));
    }
    if (count > Integer.MAX_VALUE) {
      throw new DataException(path.toString(), "has more than 2147483647 rows");
    }
    return (int) count;
  }

  /** Rejects a row that is not there, though it was there before. */
  void expect(CsvRecord row) {
    if (row == null) {
      throw changed();
    }
    check(row);
  }

  private void check(CsvRecord row) {
    int fields = row.getFieldCount();
    int expected = header.names().size();
    if (fields != expected) {
      String advice = "";
      if (fields == expected + 1 && row.getField(expected).isBlank()) {
        advice = "; it ends with a separator, remove it";
      } else if (fields > expected) {
        advice = "; a field with a separator in it, such as a decimal comma, stands in quotes";
      } else if (row.getFields().stream().anyMatch(field -> field.indexOf('\n') >= 0)) {
        advice = "; a quote in it is perhaps not closed";
      }
      throw new DataException(
          path.toString(),
          String.format(
              Locale.ROOT,
              "line %d has %d fields, expected %d%s",
              row.getStartingLineNumber(),
              fields,
              expected,
              advice));
    }
  }

  DataException changed() {
    return new DataException(
        path.toString(), "was changed while it was being read, expected the same rows to the end");
  }
}
