// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

/** Numbers in their order as a row of bars, as high as they are. */
final class Sparkline {

  private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
  private static final String ASCII = "_.:-=+*#";

  private Sparkline() {}

  /**
   * A row of bars.
   *
   * @param values at least one, finite
   * @param most how many characters there may be; of more values as many are taken, evenly, with
   *     the first and the last
   * @param blocks whether the characters may be Unicode's, else ASCII's
   */
  static String of(double[] values, int most, boolean blocks) {
    String levels = blocks ? BLOCKS : ASCII;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    int length = Math.min(values.length, most);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int at = length == 1 ? 0 : (int) ((long) i * (values.length - 1) / (length - 1));
      // Halved, so that no difference is more than a double can be.
      double share =
          greatest == least ? 0 : (values[at] / 2 - least / 2) / (greatest / 2 - least / 2);
      line.append(levels.charAt((int) Math.round(share * (levels.length() - 1))));
    }
    return line.toString();
  }
}
