// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.text.Booleans;
import dev.lanewise.data.text.Decimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The columns of a table.
 *
 * @param names what they are called: by the header, else by their numbers from 0
 * @param isNamed whether a header names them
 * @param isSure whether what names them can be nothing but a header
 * @param firstIsRow whether the first line is a row and no header
 * @param label the number of the column of the labels, or -1
 * @param weights the number of the column of the samples' weights, or -1
 * @param left the numbers of other columns that are no features
 * @param classNames the names of the classes if the header has them, else empty
 * @param rows how many rows the header promises, or -1
 */
record CsvHeader(
    List<String> names,
    boolean isNamed,
    boolean isSure,
    boolean firstIsRow,
    int label,
    int weights,
    BitSet left,
    List<String> classNames,
    int rows) {

  static final int NONE = -1;

  private static final int SHOWN = 8;

  // What pandas calls a first column that had no name.
  private static final String UNNAMED = "Unnamed: 0(\\.[0-9]+)?";

  /**
   * Finds out what the columns are.
   *
   * @param first the first row of the file, which may be a header
   * @param second the second, or null
   */
  static CsvHeader parse(
      String source, Dialect dialect, CsvRecord first, CsvRecord second, ReadOptions options) {
    List<String> fields = first.getFields().stream().map(String::strip).toList();
    if (options.text().header().isEmpty() && isScikit(fields, second)) {
      int width = Integer.parseInt(fields.get(1)) + 1;
      CsvColumns columns = new CsvColumns(source, numbers(width), options);
      int label = options.entries().labels().isPresent() ? columns.label() : width - 1;
      return new CsvHeader(
          columns.names(),
          false,
          true,
          false,
          label,
          columns.weights(label),
          columns.left(),
          fields.subList(2, fields.size()),
          Integer.parseInt(fields.getFirst()));
    }
    boolean inComment = !dialect.names().isEmpty();
    if (second != null && second.getFieldCount() > 2 * fields.size()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the first line has %d fields, '%s', and the next has %d; if it is a title, remove it",
              fields.size(),
              CsvCells.shown(String.join(" ", fields)),
              second.getFieldCount()));
    }
    boolean isData = !inComment && isData(source, fields, options);
    List<String> names = isData ? numbers(fields.size()) : inComment ? dialect.names() : fields;
    if (inComment) {
      options
          .notices()
          .noted()
          .accept(source + ": the names of the columns are those in its first comment");
    }
    if (!isData && !inComment && hasRowNames(fields, second, dialect)) {
      names = new ArrayList<>(fields);
      names.addFirst("");
    }
    if (names.size() < 2 && options.entries().labelsRequired()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "has one column, '%s', expected features and a label%s",
              names.get(0),
              dialect.hasSeparatorLine()
                  ? "; its first line names the separator, and --separator another one"
                  : ""));
    }
    CsvColumns columns = new CsvColumns(source, names, options);
    if (!isData) {
      leaveRowNames(columns, options);
      checkNames(source, columns);
    }
    int label = columns.label();
    int weights = columns.weights(label);
    boolean sure =
        isData
            || options.text().header().isPresent()
            || IntStream.range(0, names.size())
                .filter(column -> column != label && !columns.left().get(column))
                .mapToObj(names::get)
                .anyMatch(name -> !Decimal.isNumber(name) && !Booleans.isBoolean(name));
    return new CsvHeader(
        columns.names(),
        !isData,
        sure,
        isData || inComment,
        label,
        weights,
        columns.left(),
        List.of(),
        NONE);
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

  /** Whether the first line is a row. */
  private static boolean isData(String source, List<String> fields, ReadOptions options) {
    if (options.text().header().isPresent()) {
      return !options.text().header().get();
    }
    if (options.wanted().columns().filter(names -> fields.containsAll(names.list())).isPresent()) {
      return false;
    }
    List<String> numbers =
        fields.stream().filter(field -> CsvCells.isNumber(field, options.text())).toList();
    if (fields.equals(numbers(fields.size()))) {
      // What pandas writes above columns without names; as a row it would be a wrong sample.
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "the first line, the numbers 0 to %d, could be a header or a row; say which with --header",
                  fields.size() - 1)
              + " or --no-header");
    }
    if (numbers.size() == fields.size()) {
      return true;
    }
    Optional<String> comma = fields.stream().filter(CsvCells::hasDecimalComma).findFirst();
    if (comma.isPresent() && numbers.isEmpty()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the first line has '%s' in it; for numbers with a decimal comma say --decimal-comma",
              comma.get()));
    }
    // Columns may be called 0, 1, 2, ... and label.
    boolean counted =
        numbers.equals(numbers(numbers.size()))
            || numbers.equals(numbers(numbers.size() + 1).subList(1, numbers.size() + 1));
    if (!counted) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "the first line has the number %s in it, so that it could be a row or a header; say which",
                  numbers.getFirst())
              + " with --no-header or --header");
    }
    return false;
  }

  // As R writes them: no name above the names of the rows. A last field that is empty is another
  // thing: rows that end with a separator. So are commas without quotes: those of the numbers.
  private static boolean hasRowNames(List<String> fields, CsvRecord second, Dialect dialect) {
    return second != null
        && second.getFieldCount() == fields.size() + 1
        && !second.getField(fields.size()).isBlank()
        && (dialect.separator() != ',' || dialect.beginsQuoted());
  }

  // Tables that were written and read again with their row names have several such columns.
  private static void leaveRowNames(CsvColumns columns, ReadOptions options) {
    int last = columns.names().size() - 1;
    for (int column = 0; column < last && isRowNames(columns, column, options); column++) {
      if (columns.left().get(column)) {
        continue;
      }
      columns.left().set(column);
      String name = columns.names().get(column);
      options
          .notices()
          .noted()
          .accept(
              String.format(
                  Locale.ROOT,
                  "%s: column %d, %s, is taken for names of rows and left out",
                  columns.source(),
                  column,
                  name.isEmpty() ? "without a name" : "'" + name + "'"));
    }
  }

  private static boolean isRowNames(CsvColumns columns, int column, ReadOptions options) {
    String name = columns.names().get(column);
    if (name.isEmpty()) {
      return column == 0;
    }
    return name.matches(UNNAMED)
        && options.entries().labels().filter(text -> columns.isMeant(text, column)).isEmpty()
        && options.text().kept().stream().noneMatch(text -> columns.isMeant(text, column))
        && options.wanted().columns().filter(names -> names.contains(name)).isEmpty();
  }

  private static void checkNames(String source, CsvColumns columns) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < columns.names().size(); i++) {
      String name = columns.names().get(i);
      if (columns.left().get(i)) {
        continue;
      }
      if (name.isEmpty()) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                i > 0 && i == columns.names().size() - 1
                    ? "column %d has no name, as the first line ends with a separator; remove the"
                        + " separator if rows have none, else leave the column out with --drop %d"
                    : "column %d has no name; name it in the header, or leave it out with --drop %d",
                i,
                i));
      }
      if (!seen.add(name)) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "two columns are called '%s'; rename one, or leave it out with --drop %d",
                name,
                i));
      }
    }
  }

  /** The number of the column that a name or a number means, or -1. */
  int column(String text) {
    int column = names.indexOf(text);
    if (column >= 0) {
      return column;
    }
    boolean isNumber = text.matches("[0-9]{1,9}") && Integer.parseInt(text) < names.size();
    return isNumber ? Integer.parseInt(text) : NONE;
  }

  /** Whether a column may be a feature. */
  boolean isFeature(int column) {
    return column != label && column != weights && !left.get(column);
  }

  /** How a column is dropped, for messages. */
  String drop(int column) {
    String name = names.get(column);
    return "--drop " + (name.matches("[\\w.]+") ? name : String.valueOf(column));
  }

  static String shown(List<String> names) {
    List<String> first = new ArrayList<>(names.subList(0, Math.min(SHOWN, names.size())));
    int more = names.size() - SHOWN;
    if (more == 1) {
      first.add(names.getLast());
    }
    return String.join(", ", first) + (more > 1 ? " and " + more + " more" : "");
  }
}
