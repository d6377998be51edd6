// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.options;

import java.util.Locale;

/** What a batch's gradient does to the weights. */
public sealed interface Optimizer permits Optimizer.Sgd, Optimizer.Adam {

  /**
   * The name on the command line.
   *
   * @return {@code sgd} or {@code adam}
   */
  String id();

  /**
   * Steps against the gradient, with a memory of earlier ones if wanted: v := momentum v + g, w :=
   * w - alpha v.
   *
   * @param momentum how much of the last step goes into the next, from 0 to below 1
   * @param nesterov whether w moves by what v will be one step later (Nesterov): w := w - alpha (g
   *     + momentum v)
   */
  record Sgd(double momentum, boolean nesterov) implements Optimizer {

    /**
     * Steps against the gradient.
     *
     * @throws IllegalArgumentException if the momentum is out of range, or 0 with {@code nesterov}
     */
    public Sgd {
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            "the momentum is at least 0 and below 1, not " + momentum);
      }
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("nesterov needs a momentum above 0");
      }
    }

    @Override
    public String id() {
      return "sgd";
    }
  }

  /**
   * Adam (Kingma and Ba, 2015): steps along a running mean of gradients, for each weight divided by
   * the root of a running mean of their squares.
   *
   * @param beta1 what stays of the mean of gradients, from 0 to below 1
   * @param beta2 what stays of the mean of squares, from 0 to below 1
   * @param epsilon is added to the root; above 0
   * @param decoupled whether the l2 penalty shrinks the weights in proportion to the learning rate,
   *     and is no part of the gradient: AdamW (Loshchilov and Hutter, 2019)
   */
  record Adam(double beta1, double beta2, double epsilon, boolean decoupled) implements Optimizer {

    /** With the numbers of the paper: 0.9, 0.999 and 1e-8. */
    public static final Adam USUAL = new Adam(0.9, 0.999, 1e-8, false);

    /** AdamW with the same numbers. */
    public static final Adam DECOUPLED = new Adam(0.9, 0.999, 1e-8, true);

    private static final double LEAST_EPSILON = 1e-30;

    /**
     * Adam.
     *
     * @throws IllegalArgumentException if a number is out of its range; the message names it
     */
    public Adam {
      check("beta1", beta1);
      check("beta2", beta2);
      if (!(epsilon >= LEAST_EPSILON && epsilon <= 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "epsilon is at least %s and at most 1, not %s",
                LEAST_EPSILON,
                epsilon));
      }
    }

    private static void check(String name, double beta) {
      if (!(beta >= 0 && beta < 1)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%s is at least 0 and below 1, not %s", name, beta));
      }
    }

    @Override
    public String id() {
      return decoupled ? "adamw" : "adam";
    }
  }
}
