// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.text.Booleans;
import dev.lanewise.data.text.Decimal;
import dev.lanewise.data.text.MissingText;
import java.util.Locale;
import java.util.Set;

/**
 * The numbers in the fields of a table. A column whose first field is a word for true or false has
 * nothing but such words, which are 1 and 0.
 */
final class CsvCells implements CsvSamples {

  private static final String THOUSANDS = "[+-]?[0-9]{1,3}(,[0-9]{3})+";

  // The same where the comma is that of the fraction.
  private static final String POINTS = "[+-]?[0-9]{1,3}([.][0-9]{3})+,[0-9]*";

  // Beside those that stand for a missing cell everywhere.
  private static final Set<String> MISSING = Set.of("none", "nil", "-", "missing");

  private final String source;
  private final CsvHeader header;
  private final TextOptions options;
  private final boolean exact;

  /** The columns of the features. */
  private final int[] columns;

  /** Whether a model or other data say already which features there are. */
  private final boolean known;

  /** The words of each column of true and false, null for one of numbers. */
  private final Booleans[] words;

  /** The line of the first row; 0 before there was one. */
  private long firstLine;

  /**
   * The fields of a table.
   *
   * @param columns those of the features
   */
  CsvCells(String source, CsvHeader header, int[] columns, ReadOptions reading) {
    this.exact = reading.numbers().exact();
    this.columns = columns;
    this.known = reading.wanted().columns().isPresent();
    this.source = source;
    this.header = header;
    this.options = reading.text();
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

  @Override
  public int width() {
    return columns.length;
  }

  @Override
  public void fill(CsvRecord row, double[] sample) {
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

  /**
   * A field as a number.
   *
   * @param precise whether it is rounded to float64 and not to float32
   * @param dispensable whether the column may be left out
   */
  double number(CsvRecord row, int column, String field, boolean precise, boolean dispensable) {
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

  /** Whether a field is a number but for commas in it. */
  static boolean hasCommas(String field) {
    return field.indexOf(',') >= 0
        && (field.matches(THOUSANDS) || field.matches(POINTS) || hasDecimalComma(field));
  }

  /** What to do about a field that is no number. */
  String advice(int column, String field) {
    if (!options.decimalComma() && field.matches(THOUSANDS)) {
      return " without commas between thousands; if it is a decimal comma say --decimal-comma";
    }
    if (hasDecimalComma(field) && !options.decimalComma()) {
      return "; for numbers with a decimal comma say --decimal-comma";
    }
    if (options.decimalComma() && field.matches(POINTS)) {
      return " without points between thousands; remove them";
    }
    if (options.decimalComma() && Decimal.isNumber(field)) {
      return " with a decimal comma, as --decimal-comma says";
    }
    boolean missing =
        MissingText.isMissing(field) || MISSING.contains(field.toLowerCase(Locale.ROOT));
    String advice =
        (missing ? "; fill in the missing cell, remove the row" : "; give it numbers")
            + ", or leave the column out with "
            + header.drop(column);
    if (known) {
      return advice;
    }
    return advice
        + (missing
            ? "; train --missing drop or impute handles missing cells"
            : "; train --categorical takes its texts for levels, --missing-values for missing cells");
  }

  /** A field that is not what it should be. */
  DataException bad(CsvRecord row, int column, String problem, String expected) {
    return bad(row.getStartingLineNumber(), column, problem, expected);
  }

  DataException bad(long line, int column, String problem, String expected) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "line %d: column '%s' %s, expected %s",
            line,
            header.names().get(column),
            problem,
            expected));
  }

  static String quoted(String field) {
    return field.isEmpty() ? "empty" : "'" + shown(field) + "'";
  }

  /** The beginning of a long field. */
  static String shown(String field) {
    return field.length() > 40 ? field.substring(0, 40) + "..." : field;
  }
}
