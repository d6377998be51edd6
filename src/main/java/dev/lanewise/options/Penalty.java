// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.options;

import java.util.Locale;

/**
 * The penalty on large weights: (1/m) (l2/2 |w|^2 + l1 |w|_1) is added to the cost (4). The bias is
 * not penalised.
 *
 * @param l1 lambda of the sizes of the weights, which makes some of them zero; finite, at least 0
 * @param l2 lambda of their squares, which is 1/C of scikit-learn and liblinear; finite, at least 0
 */
public record Penalty(double l1, double l2) {

  /** No penalty, as in the tutorial. */
  public static final Penalty NONE = new Penalty(0, 0);

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a number is out of its range; the message names it
   */
  public Penalty {
    check("l1", l1);
    check("l2", l2);
  }

  private static void check(String name, double lambda) {
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the penalty %s is finite and at least 0, not %s", name, lambda));
    }
  }

  /**
   * A penalty on the squares of the weights alone.
   *
   * @param lambda finite, at least 0
   * @return the penalty
   */
  public static Penalty l2(double lambda) {
    return new Penalty(0, lambda);
  }

  /**
   * Whether there is no penalty.
   *
   * @return true if both are 0
   */
  public boolean isNone() {
    return l1 == 0 && l2 == 0;
  }
}
