// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.text;

import java.util.Locale;
import java.util.Set;

/** Texts that stand for a missing value, as pandas, R, databases, spreadsheets and UCI write it. */
public final class MissingText {

  private static final Set<String> WORDS =
      Set.of(
          "?",
          ".",
          "na",
          "n/a",
          "#n/a",
          "#na",
          "#n/a n/a",
          "<na>",
          "nan",
          "+nan",
          "-nan",
          "nat",
          "null",
          "#null!",
          "\\n",
          "1.#ind",
          "-1.#ind",
          "1.#qnan",
          "-1.#qnan");

  private static final int LONGEST = 8;

  // Written otherwise, it is the name of an element, and a word.
  private static final Set<String> NAMES = Set.of("Na");
  private static final String PYTHON_NONE = "None";

  private MissingText() {}

  /**
   * Returns whether a text stands for a missing value.
   *
   * @param text without spaces around it
   * @return true for the empty text, and for words such as {@code NA}, {@code NaN}, {@code null}
   *     and {@code ?}
   */
  public static boolean isMissing(String text) {
    if (text.isEmpty()) {
      return true;
    }
    // No word ends with a digit, but most numbers do.
    char last = text.charAt(text.length() - 1);
    if (text.length() > LONGEST || last >= '0' && last <= '9') {
      return false;
    }
    return text.equals(PYTHON_NONE)
        || WORDS.contains(text.toLowerCase(Locale.ROOT)) && !NAMES.contains(text);
  }
}
