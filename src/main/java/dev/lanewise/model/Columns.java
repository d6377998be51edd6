// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Schema;
import dev.lanewise.data.table.ColumnEncoding;
import dev.lanewise.data.table.TableEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The features that belong together, because they encode one column of a table, or a product of
 * columns. Where nothing is encoded, each feature is a column.
 *
 * @param name of the column
 * @param from its first feature
 * @param to the end of its features, exclusive
 */
record Columns(String name, int from, int to) {

  static List<Columns> of(Schema schema) {
    List<Columns> columns = new ArrayList<>();
    if (schema.encoding().isPresent()) {
      TableEncoding encoding = schema.encoding().get();
      int at = 0;
      for (ColumnEncoding column : encoding.columns()) {
        int end = at + column.featureNames().size();
        columns.add(new Columns(column.name(), at, end));
        at = end;
      }
      for (int i = 0; i < encoding.terms().size(); i++) {
        int end = at + encoding.termWidths().get(i);
        columns.add(new Columns(encoding.terms().get(i).toString(), at, end));
        at = end;
      }
      return columns;
    }
    int width = schema.shape().size();
    List<String> names =
        schema
            .featureNames()
            .map(FeatureNames::list)
            .orElseGet(() -> IntStream.range(0, width).mapToObj(Integer::toString).toList());
    IntStream.range(0, width).forEach(i -> columns.add(new Columns(names.get(i), i, i + 1)));
    return columns;
  }
}
