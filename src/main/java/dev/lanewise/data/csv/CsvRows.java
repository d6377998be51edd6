// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.lanewise.data.DataException;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.data.file.TextContent;
import dev.lanewise.data.text.Decimal;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of a file from its beginning to its end. All that goes wrong is a {@link DataException}.
 */
final class CsvRows implements AutoCloseable {

  // The library's own limit is 16,384 columns: fewer than genes have, or pixels.
  private static final int MOST_COLUMNS = 10_000_000;
  private static final int LONGEST_ROW = 1 << 28;

  // What the library says of a field that goes on after its closing quote.
  private static final Pattern QUOTE =
      Pattern.compile("started in line ([0-9]+): Unexpected character after closing quote");

  private final String source;
  private final FileContent content;
  private final Iterator<CsvRecord> records;
  private final Dialect dialect;

  /** How many fields the row before has; 0 where there is none. */
  private int width;

  private long lastLine;

  private CsvRows(
      String source, FileContent content, Iterator<CsvRecord> records, Dialect dialect) {
    this.source = source;
    this.content = content;
    this.records = records;
    this.dialect = dialect;
  }

  /**
   * Opens a file.
   *
   * @param dialect how its lines are to be taken apart
   * @throws DataException if it cannot be read
   */
  static CsvRows open(Path path, Dialect dialect) {
    FileContent content = FileContent.open(path);
    try {
      Reader text = TextContent.reader(content);
      Iterator<CsvRecord> records =
          CsvReader.builder()
              .fieldSeparator(dialect.separator())
              .trimWhitespacesAroundQuotes(dialect.spacedQuotes())
              .commentCharacter(Dialect.COMMENT)
              .commentStrategy(CommentStrategy.READ)
              // How many fields there must be is for the reader of the table to say.
              .allowExtraFields(true)
              .allowMissingFields(true)
              .maxBufferSize(LONGEST_ROW)
              .build(
                  CsvRecordHandler.of(
                      limits -> limits.maxFields(MOST_COLUMNS).maxRecordSize(LONGEST_ROW)),
                  dialect.separator() == Dialect.BLANKS ? new BlankRuns(text) : text)
              .iterator();
      return new CsvRows(path.toString(), content, records, dialect);
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
  }

  /**
   * The next row; comments and blank lines are none.
   *
   * @return null after the last
   * @throws DataException if it cannot be read, is no row, or may be a comment as well as a row
   */
  CsvRecord next() {
    CsvRecord record = read();
    while (record != null && !isRow(record)) {
      record = read();
    }
    width = record == null ? 0 : record.getFieldCount();
    return record;
  }

  private boolean isRow(CsvRecord record) {
    long line = record.getStartingLineNumber();
    boolean follows = line == lastLine + 1;
    lastLine = line;
    if (record.isComment()) {
      refuseRowInComment(record);
      return false;
    }
    if (width != 1) {
      boolean blank = record.getFieldCount() == 1 && record.getField(0).isBlank();
      return !blank && !(dialect.hasSeparatorLine() && line == 1);
    }
    if (!follows) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "line %d is blank, which in a table of one column may be a missing cell; fill it in or",
                  line - 1)
              + " remove it");
    }
    return true;
  }

  // An identifier may begin as a comment does. Above the first row there are comments only.
  private void refuseRowInComment(CsvRecord record) {
    String text = record.getField(0);
    if (width > 1
        ? Dialect.fields(text, dialect.separator()).size() == width
        : width == 1 && Decimal.isNumber(text.strip())) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "line %d begins with # and has as many fields as a row; expected a comment, which has",
                  record.getStartingLineNumber())
              + " more or fewer, or a row: remove the line, or put its first field in quotes");
    }
  }

  private CsvRecord read() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw parsing(e);
    } catch (UncheckedIOException e) {
      throw TextContent.failed(source, e.getCause());
    }
  }

  private DataException parsing(CsvParseException e) {
    // What was thrown by the content comes through the library as a cause.
    Throwable cause = e;
    for (int i = 0; i < 20 && cause.getCause() != null; i++) {
      cause = cause.getCause();
      if (cause instanceof DataException known) {
        return known;
      } else if (cause instanceof CharacterCodingException coding) {
        return TextContent.failed(source, coding);
      } else if (cause instanceof OutOfMemoryError) {
        return new DataException(
            source, "a row of it takes more memory than Java may use (-Xmx raises the limit)", e);
      }
    }
    String detail = e.getMessage() + (cause == e ? "" : ": " + cause.getMessage());
    Matcher line = QUOTE.matcher(detail);
    if (line.find()) {
      return new DataException(
          source,
          String.format(
              Locale.ROOT,
              "line %s: text follows the end of a field in quotes, or a quote before it is not"
                  + " closed; remove the quote, or write it twice inside a field in quotes",
              line.group(1)),
          e);
    }
    return new DataException(source, "is not CSV: " + detail, e);
  }

  @Override
  public void close() {
    content.close();
  }
}
