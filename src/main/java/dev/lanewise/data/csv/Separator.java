package dev.lanewise.data.csv;

import java.util.Optional;

/** Finds what stands between the fields of a table. */
final class Separator {

  private static final char[] KNOWN = {',', ';', '\t'};

  private Separator() {}

  /**
   * The one of comma, semicolon and tab that is most frequent in the first line, outside of quotes.
   *
   * @param start the first bytes of the file
   * @param longer whether the first line may be longer than that
   * @return empty if there is none of them, or no end of the line: that is no table
   */
  static Optional<Character> of(byte[] start, boolean longer) {
    int[] counts = new int[KNOWN.length];
    boolean quoted = false;
    boolean ended = longer;
    for (byte character : start) {
      if (character == '"') {
        quoted = !quoted;
      } else if (!quoted && (character == '\n' || character == '\r')) {
        ended = true;
        break;
      } else if (!quoted) {
        for (int i = 0; i < KNOWN.length; i++) {
          counts[i] += character == KNOWN[i] ? 1 : 0;
        }
      }
    }
    int best = 0;
    for (int i = 1; i < KNOWN.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return counts[best] == 0 || !ended ? Optional.empty() : Optional.of(KNOWN[best]);
  }
}
