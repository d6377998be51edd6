// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.Schema;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.data.table.CategoricalEncoding;
import dev.lanewise.data.table.ColumnEncoding;
import dev.lanewise.data.table.NumericEncoding;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.data.table.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a model file says how the columns of a table become features. For each column:
 *
 * <ul>
 *   <li>{@code encoding_columns}: its name (strings);
 *   <li>{@code encoding_kinds}: {@code number}, {@code boolean} or {@code category} (strings);
 *   <li>{@code encoding_fills}: the number in the place of a missing one, NaN for none (float64);
 *   <li>{@code encoding_missing}: 1 if a feature says that a cell is missing, else 0 (int64);
 *   <li>{@code encoding_counts}: a row of three numbers, how many levels have a feature each, share
 *       one, and have none (int64).
 * </ul>
 *
 * {@code encoding_levels} has these levels of all columns, one after the other, and {@code
 * encoding_missing_values} further texts for missing cells. {@code encoding_terms} has the factors
 * of all products of columns, and {@code encoding_term_sizes} how many each has (int64). What is
 * empty is left out.
 */
final class EncodingFields {

  private static final String COLUMNS = "encoding_columns";
  private static final String KINDS = "encoding_kinds";
  private static final String FILLS = "encoding_fills";
  private static final String MISSING = "encoding_missing";
  private static final String COUNTS = "encoding_counts";
  private static final String LEVELS = "encoding_levels";
  private static final String MISSING_VALUES = "encoding_missing_values";

  private static final String TERMS = "encoding_terms";
  private static final String TERM_SIZES = "encoding_term_sizes";

  private static final String NUMBER = "number";
  private static final String BOOLEAN = "boolean";
  private static final String CATEGORY = "category";

  // Levels with a feature each, that share one, and the base.
  private static final int KINDS_OF_LEVELS = 3;

  private EncodingFields() {}

  static void write(Hdf5Content content, Schema schema) {
    schema.encoding().ifPresent(encoding -> write(content, encoding));
  }

  private static void write(Hdf5Content content, TableEncoding encoding) {
    int count = encoding.columns().size();
    List<String> kinds = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    double[] fills = new double[count];
    long[] missing = new long[count];
    long[] counts = new long[count * KINDS_OF_LEVELS];
    for (int i = 0; i < count; i++) {
      ColumnEncoding column = encoding.columns().get(i);
      fills[i] = Double.NaN;
      if (column instanceof NumericEncoding number) {
        kinds.add(number.isBoolean() ? BOOLEAN : NUMBER);
        fills[i] = number.fill().orElse(Double.NaN);
        missing[i] = number.indicator() ? 1 : 0;
      } else {
        CategoricalEncoding categories = (CategoricalEncoding) column;
        kinds.add(CATEGORY);
        missing[i] = categories.missing() ? 1 : 0;
        counts[i * KINDS_OF_LEVELS] = categories.levels().size();
        counts[i * KINDS_OF_LEVELS + 1] = categories.rare().size();
        counts[i * KINDS_OF_LEVELS + 2] = categories.base().isPresent() ? 1 : 0;
        levels.addAll(categories.column().levels());
      }
    }
    content
        .strings(COLUMNS, encoding.columnNames())
        .strings(KINDS, kinds)
        .float64(FILLS, fills, count)
        .int64(MISSING, missing, count)
        .int64(COUNTS, counts, count, KINDS_OF_LEVELS);
    if (!levels.isEmpty()) {
      content.strings(LEVELS, levels);
    }
    List<Term> terms = encoding.terms();
    if (!terms.isEmpty()) {
      content
          .strings(TERMS, terms.stream().flatMap(term -> term.columns().stream()).toList())
          .int64(
              TERM_SIZES,
              terms.stream().mapToLong(term -> term.columns().size()).toArray(),
              terms.size());
    }
    if (!encoding.missingValues().isEmpty()) {
      content.strings(MISSING_VALUES, List.copyOf(new TreeSet<>(encoding.missingValues())));
    }
  }

  /**
   * Reads the encoding.
   *
   * @throws IllegalArgumentException if it cannot be one
   */
  static Optional<TableEncoding> read(Hdf5File file) {
    if (file.find(COLUMNS).isEmpty()) {
      return Optional.empty();
    }
    List<String> names = file.strings(COLUMNS);
    List<String> kinds = file.strings(KINDS);
    double[] fills = file.doubles(FILLS);
    long[] missing = file.longs(MISSING);
    long[] counts = file.longs(COUNTS);
    require(kinds.size(), names.size(), KINDS);
    require(fills.length, names.size(), FILLS);
    require(missing.length, names.size(), MISSING);
    require(counts.length, names.size() * KINDS_OF_LEVELS, COUNTS);
    List<String> levels = strings(file, LEVELS);
    List<ColumnEncoding> columns = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < names.size(); i++) {
      boolean indicated = missing[i] != 0;
      switch (kinds.get(i)) {
        case NUMBER, BOOLEAN ->
            columns.add(
                new NumericEncoding(
                    names.get(i),
                    kinds.get(i).equals(BOOLEAN),
                    Double.isNaN(fills[i]) ? OptionalDouble.empty() : OptionalDouble.of(fills[i]),
                    indicated));
        case CATEGORY -> {
          int[] ends = new int[KINDS_OF_LEVELS];
          for (int k = 0; k < KINDS_OF_LEVELS; k++) {
            at = end(at, counts[i * KINDS_OF_LEVELS + k], levels.size());
            ends[k] = at;
          }
          int first = Math.toIntExact(ends[0] - counts[i * KINDS_OF_LEVELS]);
          columns.add(
              new CategoricalEncoding(
                  names.get(i),
                  levels.subList(first, ends[0]),
                  levels.subList(ends[0], ends[1]),
                  levels.subList(ends[1], ends[2]).stream().findFirst(),
                  indicated));
        }
        default ->
            throw new IllegalArgumentException(
                "column '" + names.get(i) + "' is of the unknown kind '" + kinds.get(i) + "'");
      }
    }
    require(levels.size(), at, LEVELS);
    return Optional.of(
        new TableEncoding(columns, Set.copyOf(strings(file, MISSING_VALUES)), terms(file)));
  }

  private static List<Term> terms(Hdf5File file) {
    if (file.find(TERMS).isEmpty()) {
      return List.of();
    }
    List<String> factors = file.strings(TERMS);
    List<Term> terms = new ArrayList<>();
    int at = 0;
    for (long size : file.longs(TERM_SIZES)) {
      int from = at;
      at = end(at, size, factors.size());
      terms.add(new Term(factors.subList(from, at)));
    }
    require(factors.size(), at, TERMS);
    return terms;
  }

  private static List<String> strings(Hdf5File file, String name) {
    return file.find(name).isPresent() ? file.strings(name) : List.of();
  }

  private static int end(int at, long count, int most) {
    if (count < 0 || count > most - at) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s counts %d levels after %d of %d", COUNTS, count, at, most));
    }
    return at + (int) count;
  }

  private static void require(int found, int expected, String name) {
    if (found != expected) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%s' has %d elements, expected %d", name, found, expected));
    }
  }
}
