// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Lines of text with numbers as every locale can read them back. */
final class Text {

  // From here on digits after the point are noise, and those before it are hard to count.
  private static final double LARGE = 1e9;

  // With fewer digits, a number is rounded on purpose.
  private static final int MANY = 6;

  private Text() {}

  /** One line about what is odd, but not wrong. */
  static void warning(PrintWriter err, String message) {
    err.println("lanewise: warning: " + message);
    err.flush();
  }

  /** A number with the given number of digits after the point; a large one with an exponent. */
  static String number(double value, int digits) {
    boolean large = Math.abs(value) >= LARGE && !Double.isInfinite(value);
    // Nothing but zeros would be left of a number that is small beside its digits.
    boolean small = digits >= MANY && value != 0 && Math.abs(value) < Math.pow(10, 2 - digits);
    return String.format(Locale.ROOT, "%." + digits + (large || small ? "e" : "f"), value);
  }

  static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
