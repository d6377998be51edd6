package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.text.Decimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the first line of a table says.
 *
 * @param columns the names of the columns
 * @param label the number of the column of the labels, or -1
 * @param weights the number of the column of the samples' weights, or -1
 * @param leftOut the number of a column that nothing is read from, or -1
 * @param classNames the names of the classes if the line names them, else empty
 * @param isData whether the first line is a row, all numbers, and the columns are called by theirs
 * @param rows how many rows the line promises, or -1
 */
record CsvHeader(
    List<String> columns,
    int label,
    int weights,
    int leftOut,
    List<String> classNames,
    boolean isData,
    int rows) {

  static final int NONE = -1;

  private static final Set<String> LABELS = Set.of("label", "labels", "target", "class", "y");
  private static final int SHOWN = 8;

  /** The header as far as the file goes; which column is the label is for the options to say. */
  static CsvHeader parse(String source, CsvRecord first, CsvRecord second, ReadOptions options) {
    List<String> fields = first.getFields().stream().map(String::strip).toList();
    if (isScikit(fields, second)) {
      List<String> columns = numbers(Integer.parseInt(fields.get(1)) + 1);
      int label =
          options.labels().isPresent() ? label(source, columns, options) : columns.size() - 1;
      return of(
          source,
          columns,
          label,
          options,
          fields.subList(2, fields.size()),
          false,
          Integer.parseInt(fields.getFirst()));
    }
    if (fields.size() < 2) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT, "has one column, '%s', expected features and a label", fields.get(0)));
    }
    boolean isData = fields.stream().allMatch(Decimal::isNumber);
    if (fields.equals(numbers(fields.size()))) {
      // What pandas writes above columns without names; as a row it would be a wrong sample.
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the first line, the numbers 0 to %d, could be a header or a row, expected names or values",
              fields.size() - 1));
    }
    List<String> columns = isData ? numbers(fields.size()) : names(source, fields);
    int label = label(source, columns, options);
    return of(source, columns, label, options, List.of(), isData, NONE);
  }

  private static CsvHeader of(
      String source,
      List<String> columns,
      int label,
      ReadOptions options,
      List<String> classNames,
      boolean isData,
      int rows) {
    int weights = options.weights().map(name -> required(source, columns, name)).orElse(NONE);
    if (weights != NONE && weights == label) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "column '%s' is to be both the labels and the weights, expected two columns; choose with",
                  columns.get(label))
              + " --labels NAME --weights NAME");
    }
    int found = options.leftOut().map(columns::indexOf).orElse(NONE);
    int leftOut = found == label || found == weights ? NONE : found;
    return new CsvHeader(columns, label, weights, leftOut, classNames, isData, rows);
  }

  // "569,30,malignant,benign": samples, features, and the names of the classes, as in the tables
  // that come with scikit-learn. The label is the last column.
  private static boolean isScikit(List<String> fields, CsvRecord second) {
    return fields.size() >= 4
        && second != null
        && fields.get(0).matches("[0-9]{1,9}")
        && fields.get(1).matches("[1-9][0-9]{0,6}")
        && fields.stream().skip(2).noneMatch(Decimal::isNumber)
        && second.getFieldCount() == Integer.parseInt(fields.get(1)) + 1;
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static List<String> names(String source, List<String> fields) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.get(i);
      if (name.isEmpty()) {
        throw new DataException(
            source,
            String.format(
                    Locale.ROOT,
                    "column %d has no name, expected a header with a name for each column (and no column of",
                    i + 1)
                + " row numbers)");
      }
      if (Decimal.isNumber(name) && !name.matches("[0-9]+")) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "the first line has the number %s in it, expected a header with the names of the columns",
                name));
      }
      if (!seen.add(name)) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT, "two columns are called '%s', expected a name for each", name));
      }
    }
    return fields;
  }

  private static int label(String source, List<String> columns, ReadOptions options) {
    if (options.features().isPresent()) {
      throw new DataException(
          source, "all columns but the label are features; --features is not for CSV");
    }
    Optional<String> asked = options.labels();
    if (asked.isPresent()) {
      return required(source, columns, asked.get());
    }
    // A feature of the model is no label, whatever it is called.
    List<String> found =
        columns.stream()
            .filter(name -> LABELS.contains(name.toLowerCase(Locale.ROOT)))
            .filter(name -> options.featureNames().filter(n -> n.contains(name)).isEmpty())
            .filter(name -> !options.weights().equals(Optional.of(name)))
            .filter(name -> !options.leftOut().equals(Optional.of(name)))
            .toList();
    if (found.size() > 1) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the labels could be columns %s; choose with --labels NAME",
              shown(found)));
    }
    if (found.isEmpty() && options.labelsRequired()) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "has no column of labels: expected label, target, class or y among %s; choose with",
                  shown(columns))
              + " --labels NAME");
    }
    return found.isEmpty() ? NONE : columns.indexOf(found.getFirst());
  }

  private static int required(String source, List<String> columns, String name) {
    int column = columns.indexOf(name);
    if (column < 0) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT, "has no column '%s', expected one of %s", name, shown(columns)));
    }
    return column;
  }

  /** Whether a column may be a feature. */
  boolean isFeature(int column) {
    return column != label && column != weights && column != leftOut;
  }

  /** Whether the columns have names, and not their numbers alone. */
  boolean isNamed() {
    return !isData && rows == NONE;
  }

  private static String shown(List<String> names) {
    List<String> first = new ArrayList<>(names.subList(0, Math.min(SHOWN, names.size())));
    int more = names.size() - SHOWN;
    if (more == 1) {
      first.add(names.getLast());
    }
    return String.join(", ", first) + (more > 1 ? " and " + more + " more" : "");
  }
}
