// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Text with one space for each run of spaces and tabs outside of quotes, and none at the beginning
 * or the end of a line.
 */
final class BlankRuns extends FilterReader {

  private static final int NONE = -2;

  private final char[] buffer = new char[1 << 13];
  private int next;
  private int end;
  private int held = NONE;
  private boolean atStart = true;
  private boolean quoted;

  BlankRuns(Reader in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    if (held != NONE) {
      int character = held;
      held = NONE;
      return told(character);
    }
    int character = raw();
    if (quoted || !isBlank(character)) {
      return told(character);
    }
    while (isBlank(character)) {
      character = raw();
    }
    if (atStart || character < 0 || character == '\n' || character == '\r') {
      return told(character);
    }
    held = character;
    return ' ';
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int character = read();
      if (character < 0) {
        return count == 0 ? -1 : count;
      }
      into[offset + count++] = (char) character;
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private int told(int character) {
    quoted ^= character == '"';
    atStart = !quoted && (character == '\n' || character == '\r');
    return character;
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t';
  }

  private int raw() throws IOException {
    if (next == end) {
      end = Math.max(0, in.read(buffer, 0, buffer.length));
      next = 0;
    }
    return next == end ? -1 : buffer[next++];
  }
}
