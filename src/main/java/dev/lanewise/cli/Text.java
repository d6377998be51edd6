package dev.lanewise.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Lines of text with numbers as every locale can read them back. */
final class Text {

  private Text() {}

  /** One line about what is odd, but not wrong. */
  static void warning(PrintWriter err, String message) {
    err.println("lanewise: warning: " + message);
    err.flush();
  }

  static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
