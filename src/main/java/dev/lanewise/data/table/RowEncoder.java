// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.NumberMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Applies an encoding to the rows of tables with the same columns. Immutable. */
public final class RowEncoder {

  private final TableEncoding encoding;

  /** The first feature of each column. */
  private final int[] first;

  /** For each categorical column and level of the table the feature, or UNSEEN; else null. */
  private final int[][] features;

  /** The feature of missing cells of each column, or UNSEEN. */
  private final int[] missing;

  private final double[] fills;

  /** The factors of each feature of a term, which follow those of the columns. */
  private final int[][] products;

  private final int ofColumns;

  /**
   * Prepares an encoding for tables.
   *
   * @param encoding the encoding
   * @param columns the columns of the tables; levels are found by their names
   * @throws IllegalArgumentException if the columns are not those of the encoding
   */
  public RowEncoder(TableEncoding encoding, List<TableColumn> columns) {
    this.encoding = encoding;
    List<String> names = columns.stream().map(TableColumn::name).toList();
    if (!names.equals(encoding.columnNames())) {
      throw new IllegalArgumentException(
          "a table of " + names + ", expected " + encoding.columnNames());
    }
    int count = columns.size();
    this.first = new int[count];
    this.features = new int[count][];
    this.missing = new int[count];
    this.fills = new double[count];
    Arrays.fill(missing, TableColumn.UNSEEN);
    int at = 0;
    for (int i = 0; i < count; i++) {
      first[i] = at;
      ColumnEncoding column = encoding.columns().get(i);
      int width = column.featureNames().size();
      if (column instanceof CategoricalEncoding categories) {
        features[i] = translate(categories, columns.get(i).levels(), at);
        missing[i] = categories.missing() ? at + width - 1 : TableColumn.UNSEEN;
      } else {
        NumericEncoding number = (NumericEncoding) column;
        fills[i] = number.fill().orElse(Double.NaN);
        missing[i] = number.indicator() ? at + 1 : TableColumn.UNSEEN;
      }
      at += width;
    }
    this.ofColumns = at;
    this.products = encoding.factors().toArray(int[][]::new);
  }

  private static int[] translate(CategoricalEncoding column, List<String> levels, int first) {
    Map<String, Integer> numbers = column.column().numbers();
    int[] features = new int[levels.size()];
    for (int level = 0; level < features.length; level++) {
      Integer number = numbers.get(levels.get(level));
      int feature = number == null ? TableColumn.UNSEEN : column.feature(number);
      features[level] = feature == TableColumn.UNSEEN ? feature : first + feature;
    }
    return features;
  }

  /**
   * Encodes a row.
   *
   * @param cells k cells as {@link Table} has them
   * @param target receives d features
   */
  public void encode(double[] cells, double[] target) {
    Arrays.fill(target, 0);
    for (int i = 0; i < cells.length; i++) {
      boolean absent = Double.isNaN(cells[i]);
      if (absent && missing[i] != TableColumn.UNSEEN) {
        target[missing[i]] = 1;
      }
      if (features[i] == null) {
        target[first[i]] = absent ? fills[i] : cells[i];
      } else if (!absent && cells[i] >= 0) {
        int feature = features[i][(int) cells[i]];
        if (feature != TableColumn.UNSEEN) {
          target[feature] = 1;
        }
      }
    }
    for (int k = 0; k < products.length; k++) {
      double product = target[products[k][0]];
      for (int i = 1; i < products[k].length; i++) {
        product *= target[products[k][i]];
      }
      target[ofColumns + k] = product;
    }
  }

  /**
   * Returns the features of rows in float64, encoded each time they are read.
   *
   * @param table with the columns of this encoder; its memory must stay
   * @param rows the numbers of the rows
   * @return d x m, whose column j has the features of {@code rows[j]}
   */
  public DoubleMatrix features(Table table, int[] rows) {
    int[] own = rows.clone();
    return DoubleMatrix.computed(
        encoding.width(),
        own.length,
        (column, target) -> encode(table.cells().doubles(own[column]), target));
  }

  /**
   * Encodes rows.
   *
   * @param table with the columns of this encoder
   * @param rows the numbers of the rows
   * @param target d x m; receives the features of {@code rows[j]} as column j
   */
  public void encode(Table table, int[] rows, NumberMatrix target) {
    double[] features = new double[encoding.width()];
    for (int j = 0; j < rows.length; j++) {
      encode(table.cells().doubles(rows[j]), features);
      target.putColumn(j, features);
    }
  }
}
