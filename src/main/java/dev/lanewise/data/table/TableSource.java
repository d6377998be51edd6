// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The table that a data set was read from.
 *
 * @param profiles what the columns are; empty if nobody looked at them
 * @param encoding how the columns became features; empty if each feature is the number of a column
 * @param table the rows before they were encoded, from which parts of them can be encoded anew;
 *     empty if the encoding was learned from other rows
 * @param options how an encoding is learned
 */
public record TableSource(
    List<ColumnProfile> profiles,
    Optional<TableEncoding> encoding,
    Optional<Table> table,
    TableOptions options) {

  /** Checks that no component is null; the list is copied. */
  public TableSource {
    profiles = List.copyOf(profiles);
    Objects.requireNonNull(encoding, "encoding");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(options, "options");
  }

  /**
   * The same of other rows.
   *
   * @param rows the rows before they were encoded
   * @return a new source
   */
  public TableSource with(Optional<Table> rows) {
    return new TableSource(profiles, encoding, rows, options);
  }

  /**
   * The same rows, encoded by what other rows taught.
   *
   * @param by the encoding
   * @return a new source without the rows
   */
  public TableSource encodedBy(TableEncoding by) {
    return new TableSource(profiles, Optional.of(by), Optional.empty(), options);
  }
}
