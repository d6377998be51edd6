// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import dev.lanewise.data.text.Decimal;
import dev.lanewise.data.text.MissingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the columns of a table become features.
 *
 * @param strict whether a table is rejected where the reader would have to decide: text that no
 *     option calls categorical, and missing cells that no option handles; columns that look like
 *     identifiers are then features
 * @param roles the roles of columns by name, or by number from 0 if no column has the name; other
 *     columns have the role that their cells suggest
 * @param categorical columns that are categorical whatever their cells are
 * @param missing what happens to missing cells; empty to reject them if strict, else to impute
 * @param imputation the number that replaces missing numbers
 * @param missingValues texts that stand for a missing cell, beside those of {@link MissingText}
 * @param minCount levels with fewer rows become one level, {@code (rare)}; at least 1
 * @param maxLevels the most levels of a column; at least 2
 * @param rareLevels whether the levels beyond {@code maxLevels} become {@code (rare)}, and not an
 *     error
 * @param dropsBase whether the first level of each column has no feature, as statistics of
 *     coefficients need it
 * @param terms products of columns that become features beside the columns
 * @param whole if {@code dropsBase}, whether one column keeps a feature for each level, as a model
 *     without an intercept needs it: the first categorical one of these names, else of the table;
 *     empty if none does
 */
public record TableOptions(
    boolean strict,
    Map<String, Role> roles,
    List<String> categorical,
    Optional<MissingCells> missing,
    Imputation imputation,
    Set<String> missingValues,
    int minCount,
    int maxLevels,
    boolean rareLevels,
    boolean dropsBase,
    List<Term> terms,
    Optional<List<String>> whole) {

  /** The most levels of a column unless another number is given. */
  public static final int USUAL_LEVELS = 100;

  /** What happens to missing cells. */
  public enum MissingCells {
    /** The table is rejected. */
    REFUSE,
    /** Rows with a missing cell are left out. */
    DROP,
    /** Numbers are replaced, and an indicator feature says where; of categories it is a level. */
    IMPUTE
  }

  /** The number that replaces missing numbers of a column. */
  public enum Imputation {
    /** The median of the numbers that are there. */
    MEDIAN,
    /** Their mean. */
    MEAN
  }

  /** Every feature is a number, and none is missing; anything else is rejected. */
  public static final TableOptions STRICT =
      new TableOptions(
          true,
          Map.of(),
          List.of(),
          Optional.empty(),
          Imputation.MEDIAN,
          Set.of(),
          1,
          USUAL_LEVELS,
          false,
          false);

  /** Roles are found by looking at all rows, and missing cells are imputed. */
  public static final TableOptions AUTOMATIC = STRICT.strict(false);

  /**
   * Options; the collections are copied.
   *
   * @throws IllegalArgumentException if a number is out of range, or a column is given twice
   */
  public TableOptions {
    roles = Map.copyOf(roles);
    categorical = List.copyOf(categorical);
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(imputation, "imputation");
    terms = List.copyOf(terms);
    whole = whole.map(List::copyOf);
    missingValues =
        missingValues.stream().map(Decimal::normal).collect(Collectors.toUnmodifiableSet());
    if (minCount < 1) {
      throw new IllegalArgumentException("a level has at least 1 row, not " + minCount);
    }
    if (maxLevels < 2 || maxLevels > ColumnScan.MOST_LEVELS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a column has at most 2 to %d levels, not %d",
              ColumnScan.MOST_LEVELS,
              maxLevels));
    }
  }

  /**
   * Options without a column that keeps its base.
   *
   * @param strict as {@link #strict()}
   * @param roles as {@link #roles()}
   * @param categorical as {@link #categorical()}
   * @param missing as {@link #missing()}
   * @param imputation as {@link #imputation()}
   * @param missingValues as {@link #missingValues()}
   * @param minCount as {@link #minCount()}
   * @param maxLevels as {@link #maxLevels()}
   * @param rareLevels as {@link #rareLevels()}
   * @param dropsBase as {@link #dropsBase()}
   * @param terms as {@link #terms()}
   * @throws IllegalArgumentException if a number is out of range
   */
  public TableOptions(
      boolean strict,
      Map<String, Role> roles,
      List<String> categorical,
      Optional<MissingCells> missing,
      Imputation imputation,
      Set<String> missingValues,
      int minCount,
      int maxLevels,
      boolean rareLevels,
      boolean dropsBase,
      List<Term> terms) {
    this(
        strict,
        roles,
        categorical,
        missing,
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        dropsBase,
        terms,
        Optional.empty());
  }

  /**
   * Options without products of columns.
   *
   * @param strict as {@link #strict()}
   * @param roles as {@link #roles()}
   * @param categorical as {@link #categorical()}
   * @param missing as {@link #missing()}
   * @param imputation as {@link #imputation()}
   * @param missingValues as {@link #missingValues()}
   * @param minCount as {@link #minCount()}
   * @param maxLevels as {@link #maxLevels()}
   * @param rareLevels as {@link #rareLevels()}
   * @param dropsBase as {@link #dropsBase()}
   * @throws IllegalArgumentException if a number is out of range
   */
  public TableOptions(
      boolean strict,
      Map<String, Role> roles,
      List<String> categorical,
      Optional<MissingCells> missing,
      Imputation imputation,
      Set<String> missingValues,
      int minCount,
      int maxLevels,
      boolean rareLevels,
      boolean dropsBase) {
    this(
        strict,
        roles,
        categorical,
        missing,
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        dropsBase,
        List.of(),
        Optional.empty());
  }

  /**
   * The same with products of columns as features beside the columns.
   *
   * @param products interactions and powers
   * @return new options
   */
  public TableOptions terms(List<Term> products) {
    return new TableOptions(
        strict,
        roles,
        categorical,
        missing,
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        dropsBase,
        products,
        whole);
  }

  /**
   * The same, strict or not.
   *
   * @param choice whether the reader rejects what it would have to decide
   * @return new options
   */
  public TableOptions strict(boolean choice) {
    return new TableOptions(
        choice,
        roles,
        categorical,
        missing,
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        dropsBase,
        terms,
        whole);
  }

  /**
   * The same without a feature for the first level of each categorical column.
   *
   * @return new options
   */
  public TableOptions droppingBase() {
    return new TableOptions(
        strict,
        roles,
        categorical,
        missing,
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        true,
        terms,
        Optional.empty());
  }

  /**
   * The same without a feature for the first level of each categorical column but one, for a model
   * without an intercept, as R does it.
   *
   * @param order the names of columns; the first categorical one keeps all its levels, and if there
   *     is none among them, the first of the table
   * @return new options
   */
  public TableOptions droppingBaseButFirst(List<String> order) {
    return new TableOptions(
        strict,
        roles,
        categorical,
        missing,
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        true,
        terms,
        Optional.of(order));
  }

  /**
   * The same with categorical columns.
   *
   * @param columns names, or numbers from 0
   * @return new options
   */
  public TableOptions categorical(List<String> columns) {
    return new TableOptions(
        strict,
        roles,
        columns,
        missing,
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        dropsBase,
        terms,
        whole);
  }

  /**
   * The same with another treatment of missing cells.
   *
   * @param choice what happens to them
   * @return new options
   */
  public TableOptions missing(MissingCells choice) {
    return new TableOptions(
        strict,
        roles,
        categorical,
        Optional.of(choice),
        imputation,
        missingValues,
        minCount,
        maxLevels,
        rareLevels,
        dropsBase,
        terms,
        whole);
  }

  /**
   * The same with other texts for missing cells.
   *
   * @param texts beside those of {@link MissingText}
   * @return new options
   */
  public TableOptions missingValues(Set<String> texts) {
    return new TableOptions(
        strict,
        roles,
        categorical,
        missing,
        imputation,
        texts,
        minCount,
        maxLevels,
        rareLevels,
        dropsBase,
        terms,
        whole);
  }

  /**
   * Returns what happens to missing cells.
   *
   * @return the choice, or the default
   */
  public MissingCells missingCells() {
    return missing.orElse(strict ? MissingCells.REFUSE : MissingCells.IMPUTE);
  }

  /**
   * Returns whether a cell is missing.
   *
   * @param text without spaces around it
   * @return true if it is empty or stands for a missing value
   */
  public boolean isMissing(String text) {
    return MissingText.isMissing(text)
        || !missingValues.isEmpty() && missingValues.contains(Decimal.normal(text));
  }

  /**
   * Returns whether the cells must be looked at to find the roles.
   *
   * @return false if every column that is left in must be numeric without missing cells
   */
  public boolean findsRoles() {
    return !strict || !given().isEmpty();
  }

  /**
   * Returns the names of the options that were given.
   *
   * @return for instance {@code --categorical}, as the command line calls it
   */
  public List<String> given() {
    List<String> given = new ArrayList<>();
    if (!roles.isEmpty()) {
      given.add("--columns");
    }
    if (!categorical.isEmpty()) {
      given.add("--categorical");
    }
    if (missing.isPresent()) {
      given.add("--missing");
    }
    if (imputation != Imputation.MEDIAN) {
      given.add("--impute");
    }
    if (!missingValues.isEmpty()) {
      given.add("--missing-values");
    }
    if (minCount != 1) {
      given.add("--min-count");
    }
    if (maxLevels != USUAL_LEVELS) {
      given.add("--max-levels");
    }
    if (rareLevels) {
      given.add("--rare-levels");
    }
    if (!terms.isEmpty()) {
      given.add("--interactions and --polynomial");
    }
    return given;
  }
}
