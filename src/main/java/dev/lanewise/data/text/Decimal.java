// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.text;

import java.math.BigDecimal;

/** Decimal numbers as data files have them, and nothing else that Java would take for a number. */
public final class Decimal {

  private static final int LONGEST = 40;

  // Powers of ten that are exact in float64, and as far as MOST_FLOAT_SCALE in float32.
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int MOST_FLOAT_SCALE = 10;

  // The most digits of a whole number that is exact in float64, and in float32.
  private static final int MOST_DIGITS = 15;
  private static final int MOST_FLOAT_DIGITS = 7;

  private Decimal() {}

  /**
   * Whether a text is a decimal number: digits, at most one point, and perhaps a sign and an
   * exponent; no spaces, no hexadecimal digits, no type, neither NaN nor infinity.
   *
   * @param text the text
   * @return true if {@link Float#parseFloat} takes it for the same number
   */
  public static boolean isNumber(CharSequence text) {
    int length = text.length();
    int at = skipSign(text, 0);
    int whole = skipDigits(text, at);
    int digits = whole - at;
    at = whole;
    if (at < length && text.charAt(at) == '.') {
      int fraction = skipDigits(text, at + 1);
      digits += fraction - at - 1;
      at = fraction;
    }
    if (digits == 0) {
      return false;
    }
    if (at < length && (text.charAt(at) | 0x20) == 'e') {
      int exponent = skipSign(text, at + 1);
      at = skipDigits(text, exponent);
      if (at == exponent) {
        return false;
      }
    }
    return at == length;
  }

  /**
   * The text of a number that all texts of the same value have in common: {@code 1} for {@code
   * 1.0}, {@code +1}, {@code 01} and {@code 1e0}; {@code 0.5} for {@code .50}.
   *
   * @param text any text
   * @return digits without an exponent where that takes up to 40 digits; the text itself if it is
   *     no decimal number
   */
  public static String normal(String text) {
    if (!isNumber(text)) {
      return text;
    }
    try {
      BigDecimal value = new BigDecimal(text).stripTrailingZeros();
      boolean plain = Math.abs((long) value.scale()) <= LONGEST && value.precision() <= LONGEST;
      return plain ? value.toPlainString() : value.toString();
    } catch (ArithmeticException | NumberFormatException e) {
      // An exponent of ten digits or more.
      return text;
    }
  }

  /**
   * The number that a text is, rounded once.
   *
   * @param text as {@link #isNumber} takes it
   * @param exact whether it is rounded to float64 and not to float32
   * @return the number; infinite if it is beyond the range that it is rounded to
   */
  public static double parse(String text, boolean exact) {
    int length = text.length();
    int at = skipSign(text, 0);
    int mostDigits = exact ? MOST_DIGITS : MOST_FLOAT_DIGITS;
    int mostScale = exact ? POWERS.length - 1 : MOST_FLOAT_SCALE;
    long digits = 0;
    int count = 0;
    int point = length;
    for (; at < length; at++) {
      char c = text.charAt(at);
      if (c == '.') {
        point = at;
      } else if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count += digits > 0 ? 1 : 0;
      } else {
        break;
      }
      if (count > mostDigits) {
        break;
      }
    }
    int scale = point == length ? 0 : length - point - 1;
    if (at < length || scale > mostScale) {
      return exact ? Double.parseDouble(text) : Float.parseFloat(text);
    }
    // Both are exact, so the quotient is the number rounded once (Clinger, 1990).
    double size =
        exact ? digits / POWERS[scale] : (double) ((float) digits / (float) POWERS[scale]);
    return text.charAt(0) == '-' ? -size : size;
  }

  /**
   * Whether the value of a number is whole.
   *
   * @param number a decimal number
   * @return false for fractions, and for exponents of ten digits or more
   */
  public static boolean isWhole(String number) {
    try {
      return new BigDecimal(number).stripTrailingZeros().scale() <= 0;
    } catch (ArithmeticException | NumberFormatException e) {
      return false;
    }
  }

  private static int skipSign(CharSequence text, int at) {
    boolean sign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    return sign ? at + 1 : at;
  }

  private static int skipDigits(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
