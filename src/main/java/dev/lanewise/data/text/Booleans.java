// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.text;

import java.util.Set;

/** The words for true and false that stand in tables. */
public enum Booleans {
  /** As Python, SQL and R write them. */
  WORDS("True or False", Set.of("True", "true", "TRUE"), Set.of("False", "false", "FALSE")),

  /** As R and PostgreSQL abbreviate them; in a column of its own they may be anything else. */
  LETTERS("T or F", Set.of("T", "t"), Set.of("F", "f"));

  private final String expected;
  private final Set<String> yes;
  private final Set<String> no;

  Booleans(String expected, Set<String> yes, Set<String> no) {
    this.expected = expected;
    this.yes = yes;
    this.no = no;
  }

  /**
   * Finds the words that a text is one of.
   *
   * @param field without spaces around it
   * @return null if it is no such word
   */
  public static Booleans of(String field) {
    for (Booleans words : values()) {
      if (words.has(field)) {
        return words;
      }
    }
    return null;
  }

  /**
   * Returns whether a text is a word for true or false.
   *
   * @param field without spaces around it
   * @return true if it is
   */
  public static boolean isBoolean(String field) {
    return of(field) != null;
  }

  /**
   * Returns whether a text is one of these words.
   *
   * @param field without spaces around it
   * @return true if it is
   */
  public boolean has(String field) {
    return yes.contains(field) || no.contains(field);
  }

  /**
   * Returns the number of a word.
   *
   * @param field one of these words
   * @return 1 for true, 0 for false
   */
  public int value(String field) {
    return yes.contains(field) ? 1 : 0;
  }

  /**
   * Describes the words.
   *
   * @return for instance {@code True or False}
   */
  public String expected() {
    return expected;
  }
}
