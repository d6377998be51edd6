package dev.lanewise.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Lines of text with numbers as every locale can read them back. */
final class Text {

  private Text() {}

  static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
