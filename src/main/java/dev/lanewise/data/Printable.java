// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

/**
 * Text that a terminal shows as it is and that stays on its line.
 *
 * <p>Names of files, classes and features are of other people's making. Control characters in them
 * can move the cursor, change colours or the window's title, and forge lines; characters that
 * change the direction of writing can show them in another order. All of these are shown as escapes
 * instead, {@code \n}, {@code \t} or {@code \}{@code u001b}, which JSON reads back as what they
 * were.
 */
public final class Printable {

  private Printable() {}

  /**
   * Text for one line.
   *
   * @param text any text
   * @return the text, with an escape for each character that controls a terminal, ends a line,
   *     changes the direction of writing, or is half of a surrogate pair; the same object if there
   *     is none
   */
  public static String line(String text) {
    return escaped(text, false);
  }

  /**
   * Text of several lines, whose line feeds and tabs are meant.
   *
   * @param text any text
   * @return as {@link #line}, but line feeds, tabs and carriage returns before line feeds stay
   */
  public static String lines(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean linesMeant) {
    int first = 0;
    while (first < text.length() && !isEscaped(text, first, linesMeant)) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      if (isEscaped(text, i, linesMeant)) {
        escape(text.charAt(i), escaped);
      } else {
        escaped.append(text.charAt(i));
      }
    }
    return escaped.toString();
  }

  private static boolean isEscaped(String text, int at, boolean linesMeant) {
    char c = text.charAt(at);
    if (c >= ' ' && c < 0x7f) {
      return false;
    }
    if (linesMeant) {
      char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      if (c == '\n' || c == '\t' || c == '\r' && next == '\n') {
        return false;
      }
    }
    return Character.isISOControl(c)
        || isLineBreak(c)
        || changesDirection(c)
        || Character.isSurrogate(c) && !isInPair(text, at);
  }

  private static boolean isLineBreak(char c) {
    return c == '\u2028' || c == '\u2029';
  }

  // Unicode's property Bidi_Control.
  private static boolean changesDirection(char c) {
    return c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || c >= '\u202a' && c <= '\u202e'
        || c >= '\u2066' && c <= '\u2069';
  }

  private static boolean isInPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static void escape(char c, StringBuilder into) {
    into.append('\\');
    switch (c) {
      case '\n':
        into.append('n');
        break;
      case '\r':
        into.append('r');
        break;
      case '\t':
        into.append('t');
        break;
      default:
        into.append('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          into.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
  }
}
