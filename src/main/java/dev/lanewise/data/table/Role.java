// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a column of a table is used for. */
public enum Role {
  /** A feature: the number itself. */
  NUMERIC,
  /** Features: one for each level. */
  CATEGORICAL,
  /** The class of each sample. */
  LABEL,
  /** The weight of each sample. */
  WEIGHT,
  /** Names or numbers of rows, which say nothing about other rows; no feature. */
  IDENTIFIER,
  /** Left out; no feature. */
  IGNORED;

  /**
   * Returns the name of the role in files and messages.
   *
   * @return the name in lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a role by its name.
   *
   * @param id any text
   * @return empty if there is no such role
   */
  public static Optional<Role> of(String id) {
    return Stream.of(values()).filter(role -> role.id().equals(id)).findFirst();
  }

  /**
   * Returns whether columns of this role become features.
   *
   * @return true for numeric and categorical columns
   */
  public boolean isFeature() {
    return this == NUMERIC || this == CATEGORICAL;
  }
}
