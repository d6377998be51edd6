// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a ratio must reach.
 *
 * @param floor whatever the baseline says
 * @param baseline what it was on vectors of this width, if that is known
 */
record Requirement(double floor, OptionalDouble baseline) {

  /** A ratio may fall by a quarter: less is noise. */
  private static final double KEPT = 0.75;

  double least() {
    return Math.max(floor, KEPT * baseline.orElse(0));
  }

  /** Written so that NaN fails. */
  boolean allows(double ratio) {
    return ratio >= least();
  }

  @Override
  public String toString() {
    String known =
        baseline.isPresent()
            ? String.format(Locale.ROOT, "baseline %.2f", baseline.getAsDouble())
            : "no baseline";
    return String.format(Locale.ROOT, "%s, at least %.2f", known, least());
  }
}
