// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.table.ColumnProfile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the columns of a table as text. */
final class ColumnTable {

  // A wide table would fill screens; JSON has all columns.
  private static final int MOST_COLUMNS = 100;
  private static final int LONGEST_NAME = 30;
  private static final int LONGEST_VALUE = 20;

  private ColumnTable() {}

  static void print(PrintWriter out, List<ColumnProfile> columns) {
    List<ColumnProfile> shown = columns.stream().limit(MOST_COLUMNS).toList();
    int width =
        shown.stream()
            .mapToInt(column -> Math.min(LONGEST_NAME, column.name().length()))
            .reduce("Column".length(), Math::max);
    String left = "%-" + width + "s  %-11s  %8s  %7s  ";
    Text.line(out, left + "%s", "Column", "role", "missing", "levels", "most frequent");
    for (ColumnProfile column : shown) {
      String values =
          column.frequent().stream()
              .map(
                  level ->
                      String.format(
                          Locale.ROOT, "%s (%d)", cut(level.value(), LONGEST_VALUE), level.count()))
              .collect(Collectors.joining(", "));
      String reason = column.reason().isEmpty() ? "" : "[" + column.reason() + "]";
      Text.line(
          out,
          left + "%s",
          cut(column.name(), LONGEST_NAME),
          column.role().id(),
          column.missing(),
          column.levels().isPresent() ? "" + column.levels().getAsInt() : "many",
          (values + "  " + reason).strip());
    }
    int more = columns.size() - shown.size();
    if (more > 0) {
      Text.line(out, "and %d more columns; --json has all", more);
    }
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "~";
  }
}
