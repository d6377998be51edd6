// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.Numbering;
import dev.lanewise.data.Schema;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How a model file says which numbers the features have in files without names of features. */
final class NumberingFields {

  private static final String FIRST_INDEX = "first_index";
  private static final String COLUMNS = "feature_columns";
  private static final String TABLE_WIDTH = "table_columns";

  private NumberingFields() {}

  static void write(Hdf5Content content, Schema schema) {
    schema.numbering().ifPresent(numbering -> write(content, numbering));
  }

  private static void write(Hdf5Content content, Numbering numbering) {
    if (numbering.firstIndex().isPresent()) {
      content.attribute(FIRST_INDEX, numbering.firstIndex().getAsInt());
    } else {
      long[] columns = numbering.columns().stream().mapToLong(Integer::longValue).toArray();
      content
          .int64(COLUMNS, columns, columns.length)
          .attribute(TABLE_WIDTH, numbering.tableWidth());
    }
  }

  /**
   * Reads the numbers.
   *
   * @throws IllegalArgumentException if they cannot be numbers of features
   */
  static Optional<Numbering> read(Hdf5File file) {
    OptionalLong first = file.longAttribute(FIRST_INDEX);
    if (first.isPresent()) {
      return Optional.of(Numbering.fromIndex(small(first.getAsLong())));
    }
    if (file.find(COLUMNS).isEmpty()) {
      return Optional.empty();
    }
    long width =
        file.longAttribute(TABLE_WIDTH)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no attribute '" + TABLE_WIDTH + "'"));
    List<Integer> columns =
        Arrays.stream(file.longs(COLUMNS)).mapToObj(NumberingFields::small).toList();
    return Optional.of(Numbering.ofColumns(columns, small(width)));
  }

  private static int small(long number) {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a feature has the number " + number);
    }
    return (int) number;
  }
}
