// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.text.Decimal;
import java.util.Locale;
import java.util.Set;

/**
 * The numbers in the fields of a table. A column whose first field is a word for true or false has
 * nothing but such words, which are 1 and 0.
 */
final class CsvCells {

  private static final Set<String> MISSING =
      Set.of("na", "n/a", "nan", "null", "none", "nil", "?", "-", ".", "#n/a", "missing", "<na>");

  private final String source;
  private final CsvHeader header;
  private final TextOptions options;
  private final boolean exact;

  /** The words of each column of true and false, null for one of numbers. */
  private final Booleans[] words;

  /** The line of the first row; 0 before there was one. */
  private long firstLine;

  /**
   * The fields of a table.
   *
   * @param exact whether features are rounded to float64 and not to float32
   */
  CsvCells(String source, CsvHeader header, TextOptions options, boolean exact) {
    this.exact = exact;
    this.source = source;
    this.header = header;
    this.options = options;
    this.words = new Booleans[header.names().size()];
  }

  /** Whether a field is a number as the table writes them. */
  static boolean isNumber(String field, TextOptions options) {
    return options.decimalComma()
        ? field.indexOf('.') < 0 && Decimal.isNumber(field.replace(',', '.'))
        : Decimal.isNumber(field);
  }

  /** Whether a field is a number only with a decimal comma. */
  static boolean hasDecimalComma(String field) {
    return field.indexOf(',') >= 0 && Decimal.isNumber(field.replace(',', '.'));
  }

  /** A label, with a point where the numbers of the table have a comma. */
  String label(String field) {
    return options.decimalComma() && hasDecimalComma(field) ? field.replace(',', '.') : field;
  }

  /** Fills a sample with the fields of a row. */
  void fill(CsvRecord row, int[] columns, double[] sample) {
    if (firstLine == 0) {
      firstLine = row.getStartingLineNumber();
      for (int column : columns) {
        words[column] = Booleans.of(row.getField(column).strip());
      }
    }
    for (int i = 0; i < sample.length; i++) {
      sample[i] = feature(row, columns[i]);
    }
  }

  private double feature(CsvRecord row, int column) {
    String field = row.getField(column).strip();
    Booleans expected = words[column];
    if (expected == null) {
      return number(row, column, field, exact, true);
    }
    if (!expected.has(field)) {
      throw bad(
          row,
          column,
          "is " + quoted(field),
          String.format(
              Locale.ROOT,
              "%s as in line %d; or leave the column out with %s",
              expected.expected(),
              firstLine,
              header.drop(column)));
    }
    return expected.value(field);
  }

  /** The weight of a row. */
  float weight(CsvRecord row, int column) {
    String field = row.getField(column).strip();
    float weight = (float) number(row, column, field, false, false);
    if (weight < 0) {
      throw bad(row, column, "is " + shown(field), "a weight of at least 0");
    }
    return weight;
  }

  private double number(
      CsvRecord row, int column, String field, boolean precise, boolean dispensable) {
    if (!isNumber(field, options)) {
      throw bad(
          row,
          column,
          "is " + quoted(field),
          "a number" + (dispensable ? advice(column, field) : ""));
    }
    String text = options.decimalComma() ? field.replace(',', '.') : field;
    double value = Decimal.parse(text, precise);
    if (Float.isInfinite((float) value)) {
      throw bad(row, column, "is " + shown(field), "a number in float32's range");
    }
    return value;
  }

  private String advice(int column, String field) {
    if (!options.decimalComma() && field.matches("[+-]?[0-9]{1,3}(,[0-9]{3})+")) {
      return " without commas between thousands; if it is a decimal comma say --decimal-comma";
    }
    if (hasDecimalComma(field) && !options.decimalComma()) {
      return "; for numbers with a decimal comma say --decimal-comma";
    }
    if (options.decimalComma() && Decimal.isNumber(field)) {
      return " with a decimal comma, as --decimal-comma says";
    }
    boolean missing = field.isEmpty() || MISSING.contains(field.toLowerCase(Locale.ROOT));
    return (missing ? "; fill in the missing cell, remove the row" : "; give it numbers")
        + ", or leave the column out with "
        + header.drop(column);
  }

  /** A field that is not what it should be. */
  DataException bad(CsvRecord row, int column, String problem, String expected) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "line %d: column '%s' %s, expected %s",
            row.getStartingLineNumber(),
            header.names().get(column),
            problem,
            expected));
  }

  private static String quoted(String field) {
    return field.isEmpty() ? "empty" : "'" + shown(field) + "'";
  }

  /** The beginning of a long field. */
  static String shown(String field) {
    return field.length() > 40 ? field.substring(0, 40) + "..." : field;
  }
}
