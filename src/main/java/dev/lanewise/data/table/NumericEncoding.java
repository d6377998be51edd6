// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A numeric column: the number is a feature.
 *
 * @param name the name of the column
 * @param isBoolean whether the cells are words for true (1) and false (0)
 * @param fill the number that replaces a missing one; empty if missing cells are rejected
 * @param indicator whether a second feature is 1 for missing cells and 0 for others
 */
public record NumericEncoding(
    String name, boolean isBoolean, OptionalDouble fill, boolean indicator)
    implements ColumnEncoding {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the number is not finite, or there is an indicator without
   *     one
   */
  public NumericEncoding {
    Objects.requireNonNull(name, "name");
    if (fill.isPresent() && !Double.isFinite(fill.getAsDouble())) {
      throw new IllegalArgumentException(
          "missing cells of column '" + name + "' become " + fill.getAsDouble());
    }
    if (indicator && fill.isEmpty()) {
      throw new IllegalArgumentException(
          "column '" + name + "' has an indicator of missing cells, and no number for them");
    }
  }

  @Override
  public List<String> featureNames() {
    return indicator ? List.of(name, ColumnEncoding.featureName(name, MISSING)) : List.of(name);
  }

  @Override
  public TableColumn column() {
    return new TableColumn(
        name, isBoolean ? TableColumn.Kind.BOOLEAN : TableColumn.Kind.NUMBER, List.of());
  }

  @Override
  public boolean takesMissing() {
    return fill.isPresent();
  }
}
