// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Labels;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the rows of a query as samples. */
final class QueryRows {

  private static final String SOURCE = "the query";

  private QueryRows() {}

  static Samples read(ResultSet rows, Optional<String> labelColumn) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int label = labelColumn.isPresent() ? find(columns, labelColumn.get()) : 0;
    int[] features =
        IntStream.rangeClosed(1, columns.getColumnCount()).filter(c -> c != label).toArray();
    List<String> names = new ArrayList<>();
    for (int column : features) {
      requireNumbers(columns, column);
      names.add(columns.getColumnLabel(column));
    }
    List<double[]> found = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    while (rows.next()) {
      double[] row = new double[features.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = number(rows, columns, features[i], found.size());
      }
      if (label != 0) {
        labels.add(required(rows.getString(label), columns, label, found.size()));
      }
      found.add(row);
    }
    Optional<Labels> classes = label == 0 ? Optional.empty() : LabelValues.of(labels);
    return Samples.doubles(found.toArray(double[][]::new), classes).withFeatureNames(names);
  }

  private static int find(ResultSetMetaData columns, String name) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      names.add(columns.getColumnLabel(column));
      // Databases fold the names of columns to their own case.
      if (columns.getColumnLabel(column).equalsIgnoreCase(name)) {
        return column;
      }
    }
    throw new DataException(
        SOURCE, String.format(Locale.ROOT, "has no column '%s', expected one of %s", name, names));
  }

  private static void requireNumbers(ResultSetMetaData columns, int column) throws SQLException {
    switch (columns.getColumnType(column)) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.BIT,
          Types.BOOLEAN -> {}
      default ->
          throw new DataException(
              SOURCE,
              String.format(
                  Locale.ROOT,
                  "column '%s' is of type %s, expected numbers or booleans; leave it out of the"
                      + " query, or convert it there",
                  columns.getColumnLabel(column),
                  columns.getColumnTypeName(column)));
    }
  }

  private static double number(ResultSet rows, ResultSetMetaData columns, int column, int row)
      throws SQLException {
    int type = columns.getColumnType(column);
    boolean isBoolean = type == Types.BIT || type == Types.BOOLEAN;
    double value = isBoolean ? (rows.getBoolean(column) ? 1 : 0) : rows.getDouble(column);
    required(rows.wasNull() ? null : value, columns, column, row);
    return value;
  }

  private static <T> T required(T value, ResultSetMetaData columns, int column, int row)
      throws SQLException {
    if (value == null) {
      throw new DataException(
          SOURCE,
          String.format(
              Locale.ROOT,
              "column '%s' of row %d is NULL, expected a value; leave the row out of the query, or"
                  + " replace NULL there",
              columns.getColumnLabel(column),
              row));
    }
    return value;
  }
}
