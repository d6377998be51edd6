// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import dev.lanewise.matrix.DoubleMatrix;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;

/**
 * The cells of the feature columns of a table, before they are encoded. A cell is a number: that of
 * the file, 1 or 0 for true and false, or the number of its level ({@link TableColumn#UNSEEN} for
 * one that the column does not have). A missing cell is NaN.
 *
 * @param columns the columns, k of them
 * @param cells k x m; column j is row j of the table
 */
public record Table(List<TableColumn> columns, DoubleMatrix cells) {

  /**
   * A table; the list is copied.
   *
   * @throws IllegalArgumentException if the matrix has another number of rows than there are
   *     columns
   */
  public Table {
    columns = List.copyOf(columns);
    Objects.requireNonNull(cells, "cells");
    if (cells.rows() != columns.size()) {
      throw new IllegalArgumentException(
          "cells of " + cells.rows() + " columns, expected " + columns.size());
    }
  }

  /**
   * The number of rows.
   *
   * @return m
   */
  public int rows() {
    return cells.columns();
  }

  /**
   * Returns consecutive rows on the same memory.
   *
   * @param from the first row
   * @param to the row after the last
   * @return a table of these rows
   */
  public Table part(int from, int to) {
    return new Table(columns, cells.part(from, to));
  }

  /**
   * Copies some of the rows.
   *
   * @param arena owns the memory of the copy
   * @param rows which, in this order; at least one
   * @return a table of these rows
   */
  public Table select(Arena arena, int[] rows) {
    DoubleMatrix copy = DoubleMatrix.allocate(arena, cells.rows(), rows.length);
    for (int k = 0; k < rows.length; k++) {
      copy.putColumn(k, cells.doubles(rows[k]));
    }
    return new Table(columns, copy);
  }
}
