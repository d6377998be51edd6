// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the cells of a column are.
 *
 * @param name the name of the column, or its number from 0 in a table without a header
 * @param role what the column is used for
 * @param reason why it has this role, for people; empty if that is plain
 * @param rows how many rows the table has
 * @param missing how many cells are missing
 * @param levels how many different values the other cells have; empty if these were too many to
 *     count
 * @param frequent the most frequent values, the most frequent first
 */
public record ColumnProfile(
    String name,
    Role role,
    String reason,
    long rows,
    long missing,
    OptionalInt levels,
    List<Level> frequent) {

  /**
   * A value and how many cells have it.
   *
   * @param value the text; numbers without needless digits
   * @param count at least 1
   */
  public record Level(String value, int count) {}

  /** Checks that no component is null; the list is copied. */
  public ColumnProfile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(levels, "levels");
    frequent = List.copyOf(frequent);
  }
}
