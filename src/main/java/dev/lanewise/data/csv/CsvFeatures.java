package dev.lanewise.data.csv;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.ReadOptions;
import java.util.ArrayList;
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
 */
record CsvFeatures(int[] columns, Optional<FeatureNames> names) {

  private static final int SHOWN = 8;

  /**
   * All columns but those of the labels and of the weights of the samples; or, where names are
   * wanted and the table has names, those that are wanted, in the order in which they are.
   *
   * @throws DataException if one that is wanted is not there, or one is there that is not wanted
   *     and nobody is to be told of it
   */
  static CsvFeatures of(String source, CsvHeader header, ReadOptions options) {
    int[] all = IntStream.range(0, header.columns().size()).filter(header::isFeature).toArray();
    if (all.length == 0) {
      throw new DataException(
          source, String.format(Locale.ROOT, "has no feature, only %s", shown(header.columns())));
    }
    if (!header.isNamed()) {
      return new CsvFeatures(all, Optional.empty());
    }
    if (options.featureNames().isPresent()) {
      FeatureNames wanted = options.featureNames().get();
      int[] found = find(source, header, wanted);
      leaveOut(source, header, all, wanted, options);
      return new CsvFeatures(found, Optional.of(wanted));
    }
    try {
      List<String> names = IntStream.of(all).mapToObj(header.columns()::get).toList();
      return new CsvFeatures(all, Optional.of(FeatureNames.of(names)));
    } catch (IllegalArgumentException e) {
      throw new DataException(source, "of its columns, " + e.getMessage());
    }
  }

  private static int[] find(String source, CsvHeader header, FeatureNames wanted) {
    Map<String, Integer> numbers = HashMap.newHashMap(header.columns().size());
    for (int i = 0; i < header.columns().size(); i++) {
      numbers.put(header.columns().get(i), i);
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
              header.columns().size(),
              shown(header.columns())));
    }
    int[] found = wanted.list().stream().mapToInt(numbers::get).toArray();
    for (int column : found) {
      if (!header.isFeature(column)) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "column '%s' is a feature of the model, expected another for labels or weights",
                header.columns().get(column)));
      }
    }
    return found;
  }

  // The number of a patient, or what was the label elsewhere: all that is needed is there.
  private static void leaveOut(
      String source, CsvHeader header, int[] columns, FeatureNames wanted, ReadOptions options) {
    List<String> others =
        IntStream.of(columns)
            .mapToObj(header.columns()::get)
            .filter(name -> !wanted.contains(name))
            .toList();
    if (others.isEmpty()) {
      return;
    }
    if (options.skipped().isEmpty()) {
      throw new DataException(
          source,
          String.format(Locale.ROOT, "has %s, for which the model has no feature", shown(others)));
    }
    options
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
