// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.table.CategoricalEncoding;
import dev.lanewise.data.table.ColumnEncoding;
import dev.lanewise.data.table.NumericEncoding;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.data.table.Term;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** How the columns of a table become features. */
final class EncodingText {

  private static final int SHOWN = 12;

  private EncodingText() {}

  /** For people, a line a column. */
  static void print(PrintWriter out, TableEncoding encoding) {
    String heading = "Columns";
    for (ColumnEncoding column : encoding.columns()) {
      Text.line(out, "%-10s %s: %s", heading, column.name(), text(column));
      heading = "";
    }
    if (!encoding.terms().isEmpty()) {
      Text.line(
          out,
          "%-10s terms: %s",
          "",
          shown(encoding.terms().stream().map(Term::toString).toList()));
    }
    if (!encoding.missingValues().isEmpty()) {
      Text.line(
          out,
          "%-10s also missing: %s",
          "",
          shown(encoding.missingValues().stream().sorted().toList()));
    }
  }

  private static String text(ColumnEncoding column) {
    if (column instanceof NumericEncoding number) {
      String kind = number.isBoolean() ? "true (1) or false (0)" : "number";
      if (number.fill().isEmpty()) {
        return kind;
      }
      String fill = ", missing cells become " + number.fill().getAsDouble();
      return kind + fill + (number.indicator() ? " with an indicator" : "");
    }
    CategoricalEncoding categories = (CategoricalEncoding) column;
    List<String> parts = new ArrayList<>();
    parts.add("levels " + shown(categories.levels()));
    if (!categories.rare().isEmpty()) {
      parts.add(ColumnEncoding.RARE + " for " + shown(categories.rare()));
    }
    categories.base().ifPresent(base -> parts.add("base " + base));
    if (categories.missing()) {
      parts.add(ColumnEncoding.MISSING);
    }
    return String.join("; ", parts);
  }

  private static String shown(List<String> texts) {
    int more = texts.size() - SHOWN;
    String first = String.join(", ", texts.subList(0, Math.min(SHOWN, texts.size())));
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
