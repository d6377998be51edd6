// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Numbering;
import dev.lanewise.data.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which columns of a table are features.
 *
 * @param columns the number of the column of each feature
 * @param names what the features are called; empty for a table without names
 * @param numbering the numbers of the columns; empty for a table with names
 */
record CsvFeatures(int[] columns, Optional<FeatureNames> names, Optional<Numbering> numbering) {

  private static final int SHOWN = 8;

  /**
   * All columns but those of the labels and of the weights of the samples, and those that are left
   * out; or, where features are wanted by name or by number and the table has such, those that are
   * wanted, in the order in which they are.
   *
   * @throws DataException if one that is wanted is not there, or one is there that is not wanted
   *     and nobody is to be told of it
   */
  static CsvFeatures of(String source, CsvHeader header, ReadOptions options) {
    int[] all = IntStream.range(0, header.names().size()).filter(header::isFeature).toArray();
    if (all.length == 0) {
      throw new DataException(
          source, String.format(Locale.ROOT, "has no feature, only %s", shown(header.names())));
    }
    if (!header.isNamed()) {
      return numbered(source, header, all, options);
    }
    if (options.wanted().columns().isPresent()) {
      FeatureNames wanted = options.wanted().columns().get();
      int[] found = find(source, header, wanted);
      leaveOut(
          source,
          header,
          IntStream.of(all)
              .filter(column -> !wanted.contains(header.names().get(column)))
              .toArray(),
          options);
      return new CsvFeatures(found, Optional.of(wanted), Optional.empty());
    }
    try {
      List<String> names = IntStream.of(all).mapToObj(header.names()::get).toList();
      return new CsvFeatures(all, Optional.of(FeatureNames.of(names)), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new DataException(
          source, "of its columns, " + e.getMessage() + "; change the first line");
    }
  }

  // A table of as many columns as the one learned from has each feature where that one has it; a
  // table of the features alone has them in their order.
  private static CsvFeatures numbered(
      String source, CsvHeader header, int[] all, ReadOptions options) {
    int width = header.names().size();
    List<Integer> wanted =
        options
            .wanted()
            .numbering()
            .map(Numbering::columns)
            .filter(list -> !list.isEmpty())
            .orElse(null);
    int[] columns = all;
    if (wanted != null && all.length != wanted.size()) {
      if (width != options.wanted().numbering().get().tableWidth()) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "has %d columns, expected the %d of the table that the model learned from, or its %d features alone",
                width,
                options.wanted().numbering().get().tableWidth(),
                wanted.size()));
      }
      columns = wanted.stream().mapToInt(column -> column).toArray();
      requireFeatures(source, header, columns);
      int[] taken = columns;
      leaveOut(
          source,
          header,
          IntStream.of(all).filter(column -> Arrays.binarySearch(taken, column) < 0).toArray(),
          options);
    }
    return new CsvFeatures(
        columns,
        Optional.empty(),
        Optional.of(Numbering.ofColumns(IntStream.of(columns).boxed().toList(), width)));
  }

  private static int[] find(String source, CsvHeader header, FeatureNames wanted) {
    Map<String, Integer> numbers = HashMap.newHashMap(header.names().size());
    for (int i = 0; i < header.names().size(); i++) {
      numbers.put(header.names().get(i), i);
    }
    List<String> missing = wanted.list().stream().filter(n -> !numbers.containsKey(n)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "has no %s, expected a column for each of the model's features (%d); found %d %s",
              shown(missing),
              wanted.size(),
              header.names().size(),
              shown(header.names())));
    }
    int[] found = wanted.list().stream().mapToInt(numbers::get).toArray();
    requireFeatures(source, header, found);
    return found;
  }

  private static void requireFeatures(String source, CsvHeader header, int[] columns) {
    for (int column : columns) {
      if (!header.isFeature(column)) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "column '%s' is a feature of the model, expected %s",
                header.names().get(column),
                header.left().get(column)
                    ? "not to leave it out"
                    : "another for labels or weights"));
      }
    }
  }

  // The number of a patient, or what was the label elsewhere: all that is needed is there.
  private static void leaveOut(
      String source, CsvHeader header, int[] columns, ReadOptions options) {
    List<String> others = IntStream.of(columns).mapToObj(header.names()::get).toList();
    if (others.isEmpty()) {
      return;
    }
    if (options.notices().skipped().isEmpty()) {
      throw new DataException(
          source,
          String.format(Locale.ROOT, "has %s, for which the model has no feature", shown(others)));
    }
    options
        .notices()
        .skipped()
        .get()
        .accept(
            String.format(
                Locale.ROOT,
                "%s: the model has no feature for %s; left out",
                source,
                shown(others)));
  }

  int width() {
    return columns.length;
  }

  /** The first few of many columns. */
  static String shown(List<String> names) {
    int count = names.size() == SHOWN + 1 ? SHOWN + 1 : Math.min(names.size(), SHOWN);
    List<String> first = new ArrayList<>(names.subList(0, count));
    int more = names.size() - count;
    return (names.size() == 1 ? "column " : "columns ")
        + String.join(", ", first)
        + (more > 0 ? " and " + more + " more" : "");
  }
}
