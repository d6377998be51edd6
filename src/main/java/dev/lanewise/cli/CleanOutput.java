// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Printable;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Standard output or standard error of a command. Whatever is printed passes here, and leaves as
 * {@link Printable} text: what is given to {@code println} is one line, what is given to {@code
 * print} and {@code append} may have line feeds and tabs of its own.
 */
final class CleanOutput extends PrintWriter {

  CleanOutput(Writer out) {
    super(out, true);
  }

  @Override
  public void println(String line) {
    super.println(Printable.line(String.valueOf(line)));
  }

  @Override
  public void println(Object line) {
    println(String.valueOf(line));
  }

  @Override
  public void println(char[] line) {
    println(new String(line));
  }

  @Override
  public void write(String text, int from, int length) {
    String clean = Printable.lines(text.substring(from, from + length));
    super.write(clean, 0, clean.length());
  }

  @Override
  public void write(char[] text, int from, int length) {
    write(new String(text, from, length), 0, length);
  }

  @Override
  public void write(int character) {
    write(String.valueOf((char) character), 0, 1);
  }
}
