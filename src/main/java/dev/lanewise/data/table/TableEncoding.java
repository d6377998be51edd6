// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From the columns of a table to features: the whole recipe, which a model keeps. Immutable.
 *
 * <p>The features of the columns follow one another in the order of the columns. The values depend
 * on the row and the encoding alone, so that they have the same bits wherever a row is encoded.
 */
public final class TableEncoding {

  private final List<ColumnEncoding> columns;
  private final Set<String> missingValues;
  private final List<Term> terms;
  private final TermFeatures products;
  private final List<String> featureNames;

  /**
   * An encoding without terms.
   *
   * @param columns how each column becomes features, at least one
   * @param missingValues texts that stand for a missing cell, beside those of {@link
   *     dev.lanewise.data.text.MissingText}
   * @throws IllegalArgumentException if there is no feature, or two columns or features have one
   *     name
   */
  public TableEncoding(List<? extends ColumnEncoding> columns, Set<String> missingValues) {
    this(columns, missingValues, List.of());
  }

  /**
   * An encoding.
   *
   * @param columns how each column becomes features, at least one
   * @param missingValues texts that stand for a missing cell, beside those of {@link
   *     dev.lanewise.data.text.MissingText}
   * @param terms products of columns, whose features follow those of the columns
   * @throws IllegalArgumentException if there is no feature, two columns or features have one name,
   *     or a term is of columns that are not there or has a power of levels
   */
  public TableEncoding(
      List<? extends ColumnEncoding> columns, Set<String> missingValues, List<Term> terms) {
    this.columns = List.copyOf(columns);
    this.missingValues = Set.copyOf(missingValues);
    this.terms = List.copyOf(terms);
    this.products = new TermFeatures(this.columns, this.terms);
    this.featureNames =
        Stream.concat(
                this.columns.stream().flatMap(column -> column.featureNames().stream()),
                products.names().stream())
            .toList();
    if (featureNames.isEmpty()) {
      throw new IllegalArgumentException("no column has a feature");
    }
    refuseRepeated(columnNames(), "columns");
    refuseRepeated(featureNames, "features");
  }

  private static void refuseRepeated(List<String> names, String what) {
    Map<String, Integer> seen = HashMap.newHashMap(names.size());
    for (String name : names) {
      if (seen.put(name, 1) != null) {
        throw new IllegalArgumentException("two " + what + " are called '" + name + "'");
      }
    }
  }

  /**
   * Learns an encoding.
   *
   * @param table the rows
   * @param rows the numbers of those to learn from, at least one; no other row is looked at
   * @param options how
   * @return the encoding
   * @throws IllegalArgumentException if a column has more levels than the options allow
   */
  public static TableEncoding learn(Table table, int[] rows, TableOptions options) {
    return new EncodingLearner(table, rows, options).learn();
  }

  /**
   * Returns how each column becomes features.
   *
   * @return the columns in the order of their features
   */
  public List<ColumnEncoding> columns() {
    return columns;
  }

  /**
   * Returns the texts that stand for a missing cell, beside the usual ones.
   *
   * @return texts; numbers without needless digits
   */
  public Set<String> missingValues() {
    return missingValues;
  }

  /**
   * Returns the products of columns.
   *
   * @return terms in the order of their features, which follow those of the columns
   */
  public List<Term> terms() {
    return terms;
  }

  /**
   * Returns how many features each term has.
   *
   * @return as many numbers as there are terms
   */
  public List<Integer> termWidths() {
    return List.copyOf(products.widths());
  }

  /**
   * Returns what the features of terms are products of.
   *
   * @return for each such feature the numbers of its factors among the features of columns
   */
  public List<int[]> factors() {
    return products.factors().stream().map(int[]::clone).toList();
  }

  /**
   * Returns the names of the columns.
   *
   * @return k names
   */
  public List<String> columnNames() {
    return columns.stream().map(ColumnEncoding::name).toList();
  }

  /**
   * Returns the names of the features, such as {@code age}, {@code age=(missing)} and {@code
   * color=red}.
   *
   * @return d names
   */
  public List<String> featureNames() {
    return featureNames;
  }

  /**
   * Returns the number of features.
   *
   * @return d
   */
  public int width() {
    return featureNames.size();
  }

  /**
   * Returns the columns that a table must have to be encoded without {@linkplain
   * RowEncoder#RowEncoder a translation}.
   *
   * @return k columns with the levels that were learned
   */
  public List<TableColumn> tableColumns() {
    List<TableColumn> found = new ArrayList<>();
    columns.forEach(column -> found.add(column.column()));
    return found;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableEncoding encoding
        && columns.equals(encoding.columns)
        && missingValues.equals(encoding.missingValues)
        && terms.equals(encoding.terms);
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, missingValues, terms);
  }

  @Override
  public String toString() {
    return "TableEncoding" + columns;
  }
}
