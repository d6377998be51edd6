// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A product of columns: {@code a:b} is an interaction, {@code a:a} the square of a number. Its
 * features are the products of one feature of each column: the number of a numeric column, each
 * level of a categorical one.
 *
 * @param columns the names of the factors, two or more; a name that is there n times is a power
 */
public record Term(List<String> columns) {

  private static final int MOST = 8;

  /**
   * Checks the number of factors; the list is copied.
   *
   * @throws IllegalArgumentException if there are too few or too many
   */
  public Term {
    columns = List.copyOf(columns);
    if (columns.size() < 2 || columns.size() > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a term has from 2 to %d factors, not %d", MOST, columns.size()));
    }
  }

  /** Returns the name: factors in their order, powers as {@code a^2}. */
  @Override
  public String toString() {
    return columns.stream()
        .distinct()
        .map(name -> power(name, name))
        .collect(Collectors.joining(":"));
  }

  /** What the power of a feature is called. */
  String power(String column, String feature) {
    long power = columns.stream().filter(column::equals).count();
    return power == 1 ? feature : feature + "^" + power;
  }
}
