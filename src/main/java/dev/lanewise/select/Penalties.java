// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.options.Penalty;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Candidates for the penalty on the squares of the weights.
 *
 * @param values from strong to weak, each once, at least one: the way that a path is trained
 */
public record Penalties(List<Double> values) {

  /** The most penalties in a range. */
  public static final int MOST = 1000;

  /** The most significant digits of a penalty within a range. */
  public static final int DIGITS = 6;

  /**
   * Penalties in any order.
   *
   * @throws IllegalArgumentException if there are none, or one is negative or not finite
   */
  public Penalties {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("there is no penalty, expected at least one");
    }
    values =
        values.stream()
            .map(l2 -> Penalty.l2(l2).l2() + 0.0) // checked; and no negative zero
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
  }

  /**
   * Some penalties.
   *
   * @param values in any order
   * @return from strong to weak
   * @throws IllegalArgumentException if there are none, or one is negative or not finite
   */
  public static Penalties of(double... values) {
    return new Penalties(DoubleStream.of(values).boxed().toList());
  }

  /**
   * A geometric sequence of penalties, rounded to {@value #DIGITS} digits so that each can be typed
   * again.
   *
   * @param from one end, above 0
   * @param to the other end, above 0
   * @param count how many, from 2 to {@value #MOST}, with both ends
   * @return from strong to weak
   * @throws IllegalArgumentException if an end is not above 0 and finite, both are the same, or
   *     there are too few or too many
   */
  public static Penalties range(double from, double to, int count) {
    if (!(from > 0 && to > 0) || Double.isInfinite(from) || Double.isInfinite(to) || from == to) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a range of penalties has two ends above 0 and finite, not %s and %s",
              from,
              to));
    }
    if (count < 2 || count > MOST) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a range has from 2 to %d penalties, not %d", MOST, count));
    }
    // StrictMath, because its bits are specified.
    double first = StrictMath.log(from);
    double step = (StrictMath.log(to) - first) / (count - 1);
    return new Penalties(
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    i == 0 ? from : i == count - 1 ? to : rounded(StrictMath.exp(first + i * step)))
            .toList());
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
  }

  /**
   * The number of penalties.
   *
   * @return at least 1
   */
  public int size() {
    return values.size();
  }
}
