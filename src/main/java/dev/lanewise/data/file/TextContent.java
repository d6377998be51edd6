// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The text of a file: UTF-8, or UTF-16 or UTF-32 where a byte order mark, or the zeros of UTF-16,
 * say so.
 */
public final class TextContent {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int LOOKED_AT = 4;

  private TextContent() {}

  /**
   * The beginning of a text.
   *
   * @param text characters, without a byte order mark
   * @param cut whether there may be more
   */
  public record Start(String text, boolean cut) {

    /** {@return whether the beginning has control characters that no text has} */
    public boolean isBinary() {
      return text.chars()
          .anyMatch(
              character ->
                  character < ' ' && character != '\t' && character != '\n' && character != '\r');
    }
  }

  /**
   * The first characters of a file, to tell a format by. What is not text has other characters in
   * the place of its bytes.
   *
   * @param file a regular file
   * @param most how many bytes are read at most
   * @return the characters
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Start start(Path file, int most) {
    byte[] bytes = FileContent.start(file, most);
    String text = charset(bytes).decode(ByteBuffer.wrap(bytes)).toString();
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new Start(marked ? text.substring(1) : text, bytes.length == most);
  }

  /**
   * The characters of a file, without a byte order mark.
   *
   * @param content the file, from its beginning
   * @return need not be closed; throws {@link CharacterCodingException} at bytes that are no text
   * @throws DataException if it cannot be read
   */
  public static Reader reader(FileContent content) {
    PushbackInputStream bytes = new PushbackInputStream(content.stream(), LOOKED_AT);
    try {
      byte[] start = bytes.readNBytes(LOOKED_AT);
      bytes.unread(start);
      Charset charset = charset(start);
      if (hasMark(start, charset)) {
        bytes.skipNBytes(mark(charset).length);
      }
      return new InputStreamReader(
          bytes,
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT));
    } catch (IOException e) {
      throw failed(content.source(), e);
    }
  }

  /**
   * What to say where text could not be read.
   *
   * @param source the file
   * @param e what its reader threw
   * @return to be thrown
   */
  public static DataException failed(String source, IOException e) {
    return e instanceof CharacterCodingException
        ? new DataException(
            source,
            "is not text in UTF-8 or UTF-16; convert it, for instance with"
                + " 'iconv -f WINDOWS-1252 -t UTF-8'",
            e)
        : DataException.unreadable(source, e);
  }

  private static Charset charset(byte[] start) {
    // UTF-32 first: its mark begins with that of UTF-16.
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_32LE,
          StandardCharsets.UTF_32BE,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE
        }) {
      if (hasMark(start, charset)) {
        return charset;
      }
    }
    if (start.length >= LOOKED_AT) {
      if (start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0) {
        return StandardCharsets.UTF_16LE;
      }
      if (start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0) {
        return StandardCharsets.UTF_16BE;
      }
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean hasMark(byte[] start, Charset charset) {
    byte[] mark = mark(charset);
    return start.length >= mark.length && Arrays.equals(Arrays.copyOf(start, mark.length), mark);
  }

  private static byte[] mark(Charset charset) {
    return String.valueOf(BYTE_ORDER_MARK).getBytes(charset);
  }
}
