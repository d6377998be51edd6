// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import java.util.Set;

/** The words for true and false that stand in tables. */
enum Booleans {
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

  /** The words that a field is one of, or null. */
  static Booleans of(String field) {
    for (Booleans words : values()) {
      if (words.has(field)) {
        return words;
      }
    }
    return null;
  }

  static boolean isBoolean(String field) {
    return of(field) != null;
  }

  boolean has(String field) {
    return yes.contains(field) || no.contains(field);
  }

  /** 1 for true, 0 for false. */
  int value(String field) {
    return yes.contains(field) ? 1 : 0;
  }

  /** For messages. */
  String expected() {
    return expected;
  }
}
