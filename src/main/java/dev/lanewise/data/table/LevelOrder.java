// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import dev.lanewise.data.text.Decimal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The order of the levels of a column: by value if all are numbers, else by their characters. */
final class LevelOrder {

  private LevelOrder() {}

  static List<String> sorted(Collection<String> levels) {
    Comparator<String> order =
        levels.stream().allMatch(LevelOrder::isPlainNumber)
            ? Comparator.<String, BigDecimal>comparing(BigDecimal::new)
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder();
    return levels.stream().sorted(order).toList();
  }

  // A number with an exponent of ten digits has no value to compare.
  private static boolean isPlainNumber(String level) {
    return Decimal.isNumber(level) && level.length() <= 50;
  }
}
