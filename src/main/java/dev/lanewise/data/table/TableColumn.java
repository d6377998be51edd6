// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A column of a {@link Table}.
 *
 * @param name its name
 * @param kind what its cells are
 * @param levels the levels that a cell may have, by their numbers; empty unless categorical
 */
public record TableColumn(String name, Kind kind, List<String> levels) {

  /** The number of a level that is not among those of the column. */
  public static final int UNSEEN = -1;

  /** What the cells of a column are. */
  public enum Kind {
    /** Decimal numbers. */
    NUMBER,
    /** Words for true and false, kept as 1 and 0. */
    BOOLEAN,
    /** Levels, kept as their numbers. */
    CATEGORY
  }

  /** Checks that no component is null; the list is copied. */
  public TableColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    levels = List.copyOf(levels);
  }

  /**
   * Returns the number of each level.
   *
   * @return a new map from level to number
   */
  public Map<String, Integer> numbers() {
    Map<String, Integer> numbers = HashMap.newHashMap(levels.size());
    for (int i = 0; i < levels.size(); i++) {
      numbers.put(levels.get(i), i);
    }
    return numbers;
  }
}
