// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The numbers of the features in a file that has numbers in the place of names. A model keeps them,
 * so that the same numbers mean the same features in files that it is used on.
 *
 * @param firstIndex the index of the first feature in LIBSVM's text, 0 or 1; empty for tables
 * @param columns for a table without a header the number from 0 of the column of each feature,
 *     ascending; empty for LIBSVM's text
 * @param tableWidth how many columns that table has; 0 for LIBSVM's text
 */
public record Numbering(OptionalInt firstIndex, List<Integer> columns, int tableWidth) {

  /** Of features that were learned from files of neither kind. */
  public static final Numbering NONE = new Numbering(OptionalInt.empty(), List.of(), 0);

  /**
   * Numbers of features.
   *
   * @throws IllegalArgumentException if they are those of LIBSVM's text and of a table, or the
   *     columns are not ascending or not in the table
   */
  public Numbering {
    Objects.requireNonNull(firstIndex, "firstIndex");
    columns = List.copyOf(columns);
    firstIndex.ifPresent(Numbering::checkFirstIndex);
    if (firstIndex.isPresent() && !columns.isEmpty()) {
      throw new IllegalArgumentException("features have either indices or columns, not both");
    }
    int last = -1;
    for (int column : columns) {
      if (column <= last || column >= tableWidth) {
        throw new IllegalArgumentException(
            "column " + column + " after " + last + " in a table of " + tableWidth);
      }
      last = column;
    }
  }

  /**
   * The numbering of LIBSVM's text.
   *
   * @param firstIndex the index of the first feature, 0 or 1
   * @return the numbering
   */
  public static Numbering fromIndex(int firstIndex) {
    return new Numbering(OptionalInt.of(firstIndex), List.of(), 0);
  }

  /**
   * The numbering of a table without a header.
   *
   * @param columns the number from 0 of the column of each feature, ascending
   * @param tableWidth how many columns the table has
   * @return the numbering
   */
  public static Numbering ofColumns(List<Integer> columns, int tableWidth) {
    return new Numbering(OptionalInt.empty(), columns, tableWidth);
  }

  static void checkFirstIndex(int index) {
    if (index != 0 && index != 1) {
      throw new IllegalArgumentException("the first index is 0 or 1, not " + index);
    }
  }
}
