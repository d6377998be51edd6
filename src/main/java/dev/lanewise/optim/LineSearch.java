// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

/**
 * Finds a step along a line that satisfies the strong Wolfe conditions. It doubles the step until
 * the minimum is bracketed, then narrows the bracket by cubic interpolation (Nocedal and Wright,
 * Numerical Optimization, algorithms 3.5 and 3.6). Everything is in double.
 */
final class LineSearch {

  /** A function along a line. */
  interface Line {

    /**
     * Computes value and slope.
     *
     * @param t the step
     */
    void at(double t);

    /** The value at the step that was computed last. */
    double value();

    /** The slope at the step that was computed last. */
    double slope();
  }

  private static final double FALL = 1e-4;
  private static final double FLATNESS = 0.9;
  private static final int MOST = 40;
  private static final double LONGEST = 0x1p60;

  private final Line line;
  private double value0;
  private double slope0;
  private final double noise;

  /**
   * A search.
   *
   * @param line the function
   * @param noise the largest error of its values
   */
  LineSearch(Line line, double noise) {
    this.line = line;
    this.noise = noise;
  }

  /**
   * Searches.
   *
   * @param value the value at 0
   * @param slope the slope at 0, below zero
   * @param first the step to try first
   * @return the step, at which the line was computed last; 0 if the function does not fall
   */
  double search(double value, double slope, double first) {
    value0 = value;
    slope0 = slope;
    double low = 0;
    double lowValue = value;
    double lowSlope = slope;
    double t = first;
    for (int tries = 0; tries < MOST; tries++) {
      line.at(t);
      double found = line.value();
      if (isDone(t)) {
        return t;
      }
      if (!Double.isFinite(found) || !falls(t, found) || found >= lowValue && tries > 0) {
        return narrow(low, lowValue, lowSlope, t, found, line.slope(), MOST - tries);
      }
      if (line.slope() >= 0) {
        return narrow(t, found, line.slope(), low, lowValue, lowSlope, MOST - tries);
      }
      low = t;
      lowValue = found;
      lowSlope = line.slope();
      if (t >= LONGEST) {
        return t;
      }
      t *= 2;
    }
    return low == 0 ? 0 : last(low);
  }

  private boolean falls(double t, double found) {
    return found <= value0 + FALL * t * slope0;
  }

  private boolean isDone(double t) {
    // If rounding hides the decrease of the value, the slope decides.
    boolean low = falls(t, line.value()) || Math.abs(line.value() - value0) <= noise;
    return low && Math.abs(line.slope()) <= FLATNESS * -slope0;
  }

  /** Narrows a bracket; low is the better end, and the function falls from it towards high. */
  private double narrow(
      double low,
      double lowValue,
      double lowSlope,
      double high,
      double highValue,
      double highSlope,
      int most) {
    for (int tries = 0; tries < most; tries++) {
      double width = high - low;
      double t = cubic(low, lowValue, lowSlope, high, highValue, highSlope);
      double margin = 0.1 * Math.abs(width);
      boolean inside = Math.abs(t - low) >= margin && Math.abs(high - t) >= margin;
      t = inside && (t - low) * (high - t) > 0 ? t : low + width / 2;
      if (t == low || t == high) {
        break;
      }
      line.at(t);
      if (isDone(t)) {
        return t;
      }
      double found = line.value();
      if (!Double.isFinite(found) || !falls(t, found) || found >= lowValue) {
        high = t;
        highValue = found;
        highSlope = line.slope();
        continue;
      }
      if (line.slope() * (high - low) >= 0) {
        high = low;
        highValue = lowValue;
        highSlope = lowSlope;
      }
      low = t;
      lowValue = found;
      lowSlope = line.slope();
    }
    return low == 0 ? 0 : last(low);
  }

  private double last(double t) {
    line.at(t);
    return t;
  }

  /** The minimum of the cubic through both ends; NaN if there is none. */
  private static double cubic(
      double a, double valueA, double slopeA, double b, double valueB, double slopeB) {
    double d1 = slopeA + slopeB - 3 * (valueA - valueB) / (a - b);
    double square = d1 * d1 - slopeA * slopeB;
    if (!(square >= 0)) {
      return Double.NaN;
    }
    double d2 = Math.copySign(Math.sqrt(square), b - a);
    return b - (b - a) * (slopeB + d2 - d1) / (slopeB - slopeA + 2 * d2);
  }
}
