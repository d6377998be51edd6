// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The features of terms: their names, and the features of columns that each is the product of. */
final class TermFeatures {

  private final List<ColumnEncoding> columns;
  private final List<String> names = new ArrayList<>();
  private final List<int[]> factors = new ArrayList<>();

  /** How many features each term has. */
  private final List<Integer> widths = new ArrayList<>();

  /**
   * Finds the features.
   *
   * @throws IllegalArgumentException if a term names a column that is not there, is there twice, or
   *     has the power of levels
   */
  TermFeatures(List<ColumnEncoding> columns, List<Term> terms) {
    this.columns = columns;
    for (Term term : terms) {
      int before = names.size();
      add(term, term.columns().stream().distinct().toList(), 0, "", new int[0]);
      widths.add(names.size() - before);
    }
  }

  private void add(Term term, List<String> factorsLeft, int at, String name, int[] found) {
    if (at == factorsLeft.size()) {
      names.add(name);
      factors.add(found);
      return;
    }
    String column = factorsLeft.get(at);
    int first = first(term, column);
    ColumnEncoding encoding = encoding(column);
    long power = term.columns().stream().filter(column::equals).count();
    boolean isNumber = encoding instanceof NumericEncoding;
    if (power > 1 && !isNumber) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "column '%s' is categorical, and levels have no powers", column));
    }
    // An indicator of missing cells takes no part.
    int count = isNumber ? 1 : encoding.featureNames().size();
    for (int i = 0; i < count; i++) {
      int[] more = Arrays.copyOf(found, found.length + (int) power);
      Arrays.fill(more, found.length, more.length, first + i);
      String feature = term.power(column, encoding.featureNames().get(i));
      add(term, factorsLeft, at + 1, name.isEmpty() ? feature : name + ":" + feature, more);
    }
  }

  private int first(Term term, String column) {
    int at = 0;
    for (ColumnEncoding encoding : columns) {
      if (encoding.name().equals(column)) {
        return at;
      }
      at += encoding.featureNames().size();
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "there is no feature column '%s' for the term %s; the columns are %s",
            column,
            term,
            String.join(", ", columns.stream().map(ColumnEncoding::name).toList())));
  }

  private ColumnEncoding encoding(String column) {
    return columns.stream().filter(one -> one.name().equals(column)).findFirst().orElseThrow();
  }

  List<String> names() {
    return names;
  }

  /** For each feature the numbers of its factors among the features of columns. */
  List<int[]> factors() {
    return factors;
  }

  List<Integer> widths() {
    return widths;
  }
}
