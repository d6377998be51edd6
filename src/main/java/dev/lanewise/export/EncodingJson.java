// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import dev.lanewise.data.table.CategoricalEncoding;
import dev.lanewise.data.table.ColumnEncoding;
import dev.lanewise.data.table.NumericEncoding;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.data.table.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the columns of a table become features, as values for {@link JsonValues}. */
public final class EncodingJson {

  private EncodingJson() {}

  /**
   * The columns as maps.
   *
   * @param encoding how columns become features
   * @return a map for each column, in their order
   */
  public static List<Map<String, Object>> maps(TableEncoding encoding) {
    return encoding.columns().stream().map(EncodingJson::map).toList();
  }

  /**
   * The products of columns, whose features follow those of the columns.
   *
   * @param encoding how columns become features
   * @return for each term the names of its columns; a name that is there n times is a power
   */
  public static List<List<String>> terms(TableEncoding encoding) {
    return encoding.terms().stream().map(Term::columns).toList();
  }

  private static Map<String, Object> map(ColumnEncoding column) {
    if (column instanceof NumericEncoding number) {
      return ordered(
          "name",
          number.name(),
          "kind",
          number.isBoolean() ? "boolean" : "number",
          "missingValue",
          number.fill().isPresent() ? (Object) number.fill().getAsDouble() : null,
          "indicator",
          number.indicator());
    }
    CategoricalEncoding categories = (CategoricalEncoding) column;
    return ordered(
        "name", categories.name(),
        "kind", "category",
        "levels", categories.levels(),
        "rareLevels", categories.rare(),
        "base", categories.base().orElse(null),
        "missingLevel", categories.missing());
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
