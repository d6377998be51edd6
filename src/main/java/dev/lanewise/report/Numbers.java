// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as texts for people. */
final class Numbers {

  private Numbers() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }

  static String decimals(double number, int places) {
    return Double.isFinite(number)
        ? String.format(Locale.ROOT, "%." + places + "f", number)
        : notFinite(number);
  }

  /** Four figures that count, however small the number is. */
  static String figures(double number) {
    if (!Double.isFinite(number)) {
      return notFinite(number);
    }
    double size = Math.abs(number);
    return size != 0 && (size < 1e-3 || size >= 1e6)
        ? String.format(Locale.ROOT, "%.3e", number)
        : String.format(Locale.ROOT, "%.4f", number);
  }

  /** All its figures, and no more: for numbers that people gave. */
  static String plain(double number) {
    double size = Math.abs(number);
    return size == 0 || size >= 1e-6 && size < 1e6
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }

  static String percent(double share) {
    return Double.isFinite(share)
        ? String.format(Locale.ROOT, "%.2f %%", 100 * share)
        : Double.isNaN(share) ? "none" : notFinite(share);
  }

  /** A part of a whole, none where there is no whole. */
  static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  static String seconds(double seconds) {
    return decimals(seconds, 3) + " s";
  }

  private static String notFinite(double number) {
    return Double.isNaN(number) ? "not a number" : number > 0 ? "infinite" : "minus infinite";
  }
}
