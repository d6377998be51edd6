// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.libsvm;

import dev.lanewise.data.DataException;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.data.file.TextContent;
import dev.lanewise.data.text.Decimal;
import dev.lanewise.data.text.MissingText;
import java.io.IOException;
import java.io.Reader;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Goes through a file of lines {@code label index:value index:value ...}, indices in ascending
 * order. What follows a # is left out, and so is a {@code qid:number} after the label. However long
 * a line is, only a word of it is in memory.
 */
final class SvmLines {

  /** The highest index: what a matrix can have of rows. */
  static final int HIGHEST_INDEX = Integer.MAX_VALUE / Float.BYTES - 64;

  private static final int LONGEST_WORD = 64;
  private static final Pattern QUERY = Pattern.compile("qid:[0-9]+");

  private final String source;
  private final boolean exact;
  private final Reader in;
  private final char[] buffer = new char[1 << 16];
  private final StringBuilder word = new StringBuilder();
  private int next;
  private int end;
  private long line = 1;

  private SvmLines(FileContent content, boolean exact) {
    this.exact = exact;
    this.source = content.source();
    this.in = TextContent.reader(content);
  }

  /** Is told what the lines say. */
  interface Listener {
    /** A line begins; its label is a number, or stands for a missing one. */
    void sample(String label, long line);

    /** A value that is not left out, of the sample told last; the index is from 0 on. */
    void value(int index, double value, long line);
  }

  /**
   * Goes through all lines.
   *
   * @param exact whether values are rounded to float64 and not to float32
   * @throws DataException if one is no such line; the message has its number
   */
  static void read(FileContent content, boolean exact, Listener listener) {
    new SvmLines(content, exact).read(listener);
  }

  private void read(Listener listener) {
    int stop;
    do {
      stop = nextWord();
      if (!word.isEmpty()) {
        stop = sample(listener, stop);
      }
      line++;
    } while (stop >= 0);
  }

  /** Reads the rest of a line whose first word has been read; returns what ended it. */
  private int sample(Listener listener, int stopped) {
    int stop = stopped;
    String label = word.toString();
    if (!Decimal.isNumber(label) && !MissingText.isMissing(label)) {
      throw bad("label is '" + label + "'", "a number");
    }
    listener.sample(label, line);
    int last = -1;
    boolean follows = true;
    while (stop == ' ') {
      stop = nextWord();
      if (!word.isEmpty()) {
        // The query that a sample is about, which only rankings need.
        last = follows && QUERY.matcher(word).matches() ? last : value(listener, last);
        follows = false;
      }
    }
    return stop;
  }

  private int value(Listener listener, int last) {
    int colon = word.indexOf(":");
    String index = colon < 0 ? "" : word.substring(0, colon);
    if (!index.matches("[0-9]{1,10}")) {
      throw bad("'" + word + "'", "index:value");
    }
    long number = Long.parseLong(index);
    if (number > HIGHEST_INDEX) {
      throw bad("index " + index, "0 to " + HIGHEST_INDEX);
    }
    if (number <= last) {
      throw bad(
          String.format(Locale.ROOT, "index %s after %d", index, last),
          "indices in ascending order");
    }
    String text = word.substring(colon + 1);
    if (!Decimal.isNumber(text)) {
      throw bad(
          String.format(Locale.ROOT, "the value of index %s is '%s'", index, text), "a number");
    }
    double value = Decimal.parse(text, exact);
    if (Float.isInfinite((float) value)) {
      throw bad(
          String.format(Locale.ROOT, "the value of index %s is %s", index, text),
          "a number in float32's range");
    }
    listener.value((int) number, value, line);
    return (int) number;
  }

  private DataException bad(String problem, String expected) {
    return new DataException(
        source, String.format(Locale.ROOT, "line %d: %s, expected %s", line, problem, expected));
  }

  /** Reads a word; returns what came after it: a space, the end of the line, or -1. */
  private int nextWord() {
    word.setLength(0);
    int character = read();
    while (character == ' ' || character == '\t' || character == '\r') {
      character = read();
    }
    while (character > ' ' && character != '#') {
      if (word.length() == LONGEST_WORD) {
        throw bad("'" + word + "...'", "index:value");
      }
      word.append((char) character);
      character = read();
    }
    if (character == '#') {
      while (character >= 0 && character != '\n') {
        character = read();
      }
    }
    if (character == '\t' || character == '\r') {
      return ' ';
    }
    if (character >= 0 && character != ' ' && character != '\n') {
      throw bad("a byte of value " + character, "text");
    }
    return character;
  }

  private int read() {
    if (next == end) {
      try {
        end = Math.max(0, in.read(buffer));
      } catch (IOException e) {
        throw TextContent.failed(source, e);
      }
      next = 0;
    }
    return next == end ? -1 : buffer[next++];
  }
}
