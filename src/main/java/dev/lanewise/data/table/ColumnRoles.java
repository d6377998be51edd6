// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/** Finds the role of a column from its cells. */
public final class ColumnRoles {

  // Fewer rows may count up by chance.
  private static final int FEW_ROWS = 20;

  // So few levels are categories, however few rows there are.
  private static final int FEW_LEVELS = 20;

  // One text among so many numbers is most likely a mistake in a numeric column.
  private static final int NUMBERS_TO_TEXTS = 10;

  private ColumnRoles() {}

  /**
   * The role of a column, and the problem if it can have none.
   *
   * @param role the role
   * @param reason why, for people; empty if that is plain
   * @param problem a cell that does not fit the role; null if all do
   */
  public record Choice(Role role, String reason, ColumnScan.Cell problem) {

    /** Checks that there is a role and a reason. */
    public Choice {
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(reason, "reason");
    }

    private static Choice of(Role role, String reason) {
      return new Choice(role, reason, null);
    }
  }

  /**
   * Chooses the role of a column that is neither label nor weight.
   *
   * @param scan the cells
   * @param given the role that an option gives it, or null
   * @param kept whether an option names it as a feature, so that it is no identifier
   * @return the role; a {@linkplain Choice#problem problem} if a numeric column has text in it, or
   *     a categorical one a level that cannot be
   */
  public static Choice choose(ColumnScan scan, Role given, boolean kept) {
    if (given != null && !given.isFeature()) {
      return Choice.of(given, "by option");
    }
    if (given == Role.NUMERIC) {
      return new Choice(Role.NUMERIC, "by option", scan.firstText());
    }
    if (given == Role.CATEGORICAL) {
      return new Choice(Role.CATEGORICAL, "by option", scan.badLevel());
    }
    if (scan.present() == 0) {
      return Choice.of(Role.IGNORED, "all cells are missing");
    }
    if (scan.nonNumbers() == 0) {
      return scan.countsUp() && scan.rows() >= FEW_ROWS && !kept
          ? Choice.of(Role.IDENTIFIER, "whole numbers that count up by 1")
          : Choice.of(Role.NUMERIC, "");
    }
    if (scan.isBoolean()) {
      return Choice.of(Role.CATEGORICAL, "true and false");
    }
    if (scan.isNumericButForCommas() || scan.nonNumbers() * NUMBERS_TO_TEXTS <= scan.present()) {
      return new Choice(Role.NUMERIC, "", scan.firstText());
    }
    OptionalInt levels = scan.levelCount();
    if (!kept && levels.isPresent()) {
      int count = levels.getAsInt();
      if (count == scan.present() && count > 1) {
        return Choice.of(Role.IDENTIFIER, "all texts are different");
      }
      if (count > FEW_LEVELS && 2L * count > scan.present()) {
        return Choice.of(
            Role.IDENTIFIER,
            String.format(Locale.ROOT, "%d different texts in %d cells", count, scan.present()));
      }
    }
    // The first cells with too many levels to count tell what the others are like.
    if (!kept && levels.isEmpty() && 2L * ColumnScan.MOST_LEVELS > scan.overflow()) {
      return Choice.of(
          Role.IDENTIFIER,
          String.format(
              Locale.ROOT,
              "%d different texts in the first %d cells",
              ColumnScan.MOST_LEVELS + 1,
              scan.overflow()));
    }
    return new Choice(Role.CATEGORICAL, "", scan.badLevel());
  }

  /**
   * Describes a column.
   *
   * @param name its name
   * @param scan its cells
   * @param choice its role
   * @return the profile
   */
  public static ColumnProfile profile(String name, ColumnScan scan, Choice choice) {
    return new ColumnProfile(
        name,
        choice.role(),
        choice.reason(),
        scan.rows(),
        scan.missing(),
        scan.levelCount(),
        scan.frequent());
  }
}
