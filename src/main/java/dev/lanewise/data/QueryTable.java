// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the rows of a query as a table. */
final class QueryTable {

  private static final String SOURCE = "the query";

  private QueryTable() {}

  static Dataset read(ResultSet rows, ReadOptions options) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> names = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      requireText(columns, column);
      names.add(columns.getColumnLabel(column));
    }
    try (SpooledTable table = SpooledTable.of(SOURCE, names)) {
      List<String> cells = new ArrayList<>();
      while (rows.next()) {
        cells.clear();
        for (int column = 1; column <= names.size(); column++) {
          cells.add(text(rows, column));
        }
        table.add(cells);
      }
      return table.read(options);
    }
  }

  private static String text(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    // Numbers have as many digits as it takes to read them again; dates are texts.
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : rows.getString(column);
  }

  private static void requireText(ResultSetMetaData columns, int column) throws SQLException {
    switch (columns.getColumnType(column)) {
      case Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.ARRAY,
          Types.STRUCT,
          Types.REF ->
          throw new DataException(
              SOURCE,
              String.format(
                  Locale.ROOT,
                  "column '%s' is of type %s, expected numbers, texts or booleans; leave it out of"
                      + " the query, or convert it there",
                  columns.getColumnLabel(column),
                  columns.getColumnTypeName(column)));
      default -> {}
    }
  }
}
