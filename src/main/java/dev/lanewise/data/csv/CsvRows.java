package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.lanewise.data.DataException;
import dev.lanewise.data.file.FileContent;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * The rows of a file from its beginning to its end. All that goes wrong is a {@link DataException}.
 */
final class CsvRows implements AutoCloseable {

  // The library's own limit is 16,384 columns: fewer than genes have, or pixels.
  private static final int MOST_COLUMNS = 10_000_000;
  private static final int LONGEST_ROW = 1 << 28;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String source;
  private final FileContent content;
  private final Iterator<CsvRecord> records;

  private CsvRows(String source, FileContent content, Iterator<CsvRecord> records) {
    this.source = source;
    this.content = content;
    this.records = records;
  }

  /**
   * Opens a file.
   *
   * @param separator what stands between the fields
   * @throws DataException if it cannot be read
   */
  static CsvRows open(Path path, char separator) {
    FileContent content = FileContent.open(path);
    try {
      Reader text = text(content);
      Iterator<CsvRecord> records =
          CsvReader.builder()
              .fieldSeparator(separator)
              // How many fields there must be is for the reader of the table to say.
              .allowExtraFields(true)
              .allowMissingFields(true)
              .maxBufferSize(LONGEST_ROW)
              .build(
                  CsvRecordHandler.of(
                      limits -> limits.maxFields(MOST_COLUMNS).maxRecordSize(LONGEST_ROW)),
                  text)
              .iterator();
      return new CsvRows(path.toString(), content, records);
    } catch (IOException e) {
      content.close();
      throw notText(path.toString(), e);
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
  }

  private static Reader text(FileContent content) throws IOException {
    PushbackReader text =
        new PushbackReader(
            new InputStreamReader(
                content.stream(),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    int first = text.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      text.unread(first);
    }
    return text;
  }

  private static DataException notText(String source, IOException e) {
    return e instanceof CharacterCodingException
        ? new DataException(source, "is not text in UTF-8, expected a CSV file", e)
        : new DataException(source, "cannot be read: " + e.getMessage(), e);
  }

  /**
   * The next row.
   *
   * @return null after the last
   * @throws DataException if it cannot be read, or is no row
   */
  CsvRecord next() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw parsing(e);
    } catch (UncheckedIOException e) {
      throw notText(source, e.getCause());
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
        return notText(source, coding);
      } else if (cause instanceof OutOfMemoryError) {
        return new DataException(
            source, "a row of it takes more memory than Java may use (-Xmx raises the limit)", e);
      }
    }
    String detail = cause == e ? "" : ": " + cause.getMessage();
    return new DataException(source, "is not CSV: " + e.getMessage() + detail, e);
  }

  @Override
  public void close() {
    content.close();
  }
}
