// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import dev.lanewise.data.TextOptions;
import dev.lanewise.data.file.TextContent;
import dev.lanewise.data.text.Booleans;
import dev.lanewise.data.text.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the lines of a table are to be taken apart.
 *
 * @param separator what separates the fields; {@link #BLANKS} for any number of spaces and tabs
 * @param spacedQuotes whether blanks may stand around a field in quotes
 * @param hasSeparatorLine whether the first line only says which separator follows, as Excel reads
 * @param beginsQuoted whether the second row begins with a quote
 * @param names the names of the columns where they are in a comment above the first row, else empty
 */
record Dialect(
    char separator,
    boolean spacedQuotes,
    boolean hasSeparatorLine,
    boolean beginsQuoted,
    List<String> names) {

  static final char BLANKS = ' ';
  static final char COMMENT = '#';

  private static final char[] KNOWN = {',', ';', '\t', '|'};

  // No number and no name of a column is likely to have it.
  private static final char OF_ONE_COLUMN = ';';
  private static final int MOST_LINES = 50;
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("\"?sep=(.)[\",;\\t|]*", Pattern.CASE_INSENSITIVE);

  /**
   * Finds out how a table is laid out.
   *
   * @param start of the file
   * @param options what is known of it
   * @return empty if it is no table
   */
  static Optional<Dialect> of(TextContent.Start start, TextOptions options) {
    List<String> all = lines(start.text(), start.cut());
    Optional<Character> line = all.isEmpty() ? Optional.empty() : separatorLine(all.getFirst());
    List<String> lines = line.isPresent() ? all.subList(1, all.size()) : all;
    List<String> rows = lines.stream().filter(text -> !isComment(text)).toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Optional<Character> found = options.separator().or(() -> line).or(() -> find(rows, options));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    char separator = found.get();
    return Optional.of(
        new Dialect(
            separator,
            separator != BLANKS && rows.stream().anyMatch(row -> hasSpacedQuote(row, separator)),
            line.isPresent(),
            rows.size() > 1 && rows.get(1).startsWith("\""),
            options.header().isPresent() ? List.of() : names(lines, rows.getFirst(), separator)));
  }

  private static Optional<Character> separatorLine(String line) {
    Matcher matcher = SEPARATOR_LINE.matcher(line);
    return matcher.matches() ? Optional.of(matcher.group(1).charAt(0)) : Optional.empty();
  }

  private static boolean isComment(String line) {
    return line.charAt(0) == COMMENT;
  }

  // As numpy.savetxt writes them: "# a,b,label" above lines of numbers.
  private static List<String> names(List<String> lines, String row, char separator) {
    String comment = "";
    for (String line : lines) {
      if (!isComment(line)) {
        break;
      }
      comment = line;
    }
    List<String> names = fields(comment.replaceFirst("^#+", "").strip(), separator);
    boolean fit =
        names.size() == fields(row, separator).size()
            && names.stream().noneMatch(name -> name.isEmpty() || Decimal.isNumber(name))
            && fields(row, separator).stream().anyMatch(Decimal::isNumber);
    return fit ? names : List.of();
  }

  private static Optional<Character> find(List<String> rows, TextOptions options) {
    String first = rows.getFirst();
    char best = KNOWN[0];
    for (char candidate : KNOWN) {
      best = count(first, candidate) > count(first, best) ? candidate : best;
    }
    // One tab among spaces is one of the blanks.
    boolean blanks = best == '\t' && !isEven(rows, best) && isEven(rows, BLANKS);
    Optional<Character> below = belowTitle(rows, best);
    if (below.isPresent()) {
      return below;
    }
    if (count(first, best) > 0 && !blanks) {
      return Optional.of(best == ',' ? besideCommas(rows, options) : best);
    }
    if (isEven(rows, BLANKS)) {
      return Optional.of(BLANKS);
    }
    return isOneColumn(rows) ? Optional.of(OF_ONE_COLUMN) : Optional.empty();
  }

  // Of rows that have nothing of the first line's separator, if it has one, but as many of another.
  // One comma in each row may be that of a number.
  private static Optional<Character> belowTitle(List<String> rows, char ofTitle) {
    List<String> others = rows.subList(1, rows.size());
    boolean separated = count(rows.getFirst(), ofTitle) > 0;
    if (others.size() < 2
        || separated && others.stream().anyMatch(row -> count(row, ofTitle) > 0)) {
      return Optional.empty();
    }
    for (char candidate : KNOWN) {
      if (isEven(others, candidate) && (separated || count(rows.getLast(), candidate) > 1)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  // Commas may be those of the numbers.
  private static char besideCommas(List<String> rows, TextOptions options) {
    for (char other : KNOWN) {
      if (other != ',' && count(rows.getFirst(), other) > 0) {
        boolean numbers =
            fields(rows.getFirst(), other).stream()
                .allMatch(field -> Decimal.isNumber(field.replace(',', '.')));
        if (options.decimalComma() || isEven(rows, other) && (numbers || !isEven(rows, ','))) {
          return other;
        }
      }
    }
    return ',';
  }

  /**
   * Whether all rows have as many fields, two or more; the first may lack a name for the others'
   * row names.
   */
  private static boolean isEven(List<String> rows, char separator) {
    int width = fields(rows.getLast(), separator).size();
    int first = fields(rows.getFirst(), separator).size();
    return width >= 2
        && (first == width || first == width - 1 && width > 2)
        && rows.stream().skip(1).allMatch(row -> fields(row, separator).size() == width);
  }

  // Most fields are numbers; what the others are is for the reader of the table to say.
  private static boolean isOneColumn(List<String> rows) {
    List<String> fields = rows.size() == 1 ? rows : rows.subList(1, rows.size());
    long values =
        fields.stream()
            .map(field -> field.strip().replace(',', '.'))
            .filter(field -> Decimal.isNumber(field) || Booleans.isBoolean(field))
            .count();
    return 2 * values >= fields.size();
  }

  private static int count(String line, char separator) {
    return fields(line, separator).size() - 1;
  }

  /** The fields of a line, without quotes around them and blanks. */
  static List<String> fields(String line, char separator) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char character : (separator == BLANKS ? line.strip() : line).toCharArray()) {
      boolean ends =
          !quoted
              && (separator == BLANKS
                  ? character == ' ' || character == '\t'
                  : character == separator);
      if (character == '"') {
        quoted = !quoted;
      } else if (!ends) {
        field.append(character);
      } else if (separator != BLANKS || !field.isEmpty()) {
        fields.add(field.toString().strip());
        field.setLength(0);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }

  private static boolean hasSpacedQuote(String line, char separator) {
    boolean quoted = false;
    boolean begins = true;
    boolean spaced = false;
    for (char character : line.toCharArray()) {
      if (character == '"') {
        if (!quoted && begins && spaced) {
          return true;
        }
        quoted = !quoted;
      }
      boolean blank = character == ' ' || character == '\t' && separator != '\t';
      if (!quoted && character == separator) {
        begins = true;
        spaced = false;
      } else if (blank) {
        spaced = true;
      } else {
        begins = false;
      }
    }
    return false;
  }

  /** The first lines that are not blank, whole ones; a line may go on within quotes. */
  private static List<String> lines(String start, boolean cut) {
    List<String> lines = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < start.length() && lines.size() < MOST_LINES; i++) {
      char character = start.charAt(i);
      if (character == '"' && start.charAt(from) != COMMENT) {
        quoted = !quoted;
      } else if (!quoted && (character == '\n' || character == '\r')) {
        add(lines, start.substring(from, i));
        from = i + 1;
      }
    }
    // A file of one line without an end is no table, unless it may go on.
    if (lines.size() < MOST_LINES && lines.isEmpty() == cut) {
      add(lines, start.substring(from));
    }
    return lines;
  }

  private static void add(List<String> lines, String line) {
    if (!line.isBlank()) {
      lines.add(line);
    }
  }
}
