// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

/** A field of comma-separated values, by RFC 4180. */
final class CsvField {

  /** What spreadsheets take for the beginning of a formula, in both widths. */
  private static final String FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20";

  private CsvField() {}

  /**
   * A text as a field.
   *
   * @param text the text
   * @param escapeFormulas whether a text that a spreadsheet would take for a formula gets an
   *     apostrophe before it
   */
  static String of(String text, boolean escapeFormulas) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    String shown = escapeFormulas && formula ? "'" + text : text;
    boolean plain = shown.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? shown : '"' + shown.replace("\"", "\"\"") + '"';
  }
}
