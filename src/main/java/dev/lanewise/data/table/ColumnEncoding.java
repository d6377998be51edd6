// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.List;

/** How one column of a table becomes features. */
public sealed interface ColumnEncoding permits NumericEncoding, CategoricalEncoding {

  /** The end of the name of a feature that says which cells are missing. */
  String MISSING = "(missing)";

  /** The end of the name of a feature that rare levels share. */
  String RARE = "(rare)";

  /**
   * Returns the name of the column.
   *
   * @return its name in the header, or its number from 0
   */
  String name();

  /**
   * Returns the names of the features.
   *
   * @return names in the order of the features
   */
  List<String> featureNames();

  /**
   * Returns the column whose cells this encodes.
   *
   * @return the column with the levels that were learned
   */
  TableColumn column();

  /**
   * Returns whether a missing cell has features.
   *
   * @return false if rows with a missing cell must be rejected
   */
  boolean takesMissing();

  /**
   * Returns the name of a feature.
   *
   * @param column the name of the column
   * @param level the level, {@link #RARE} or {@link #MISSING}
   * @return {@code column=level}
   */
  static String featureName(String column, String level) {
    return column + "=" + level;
  }
}
