// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.nn.Parameters;

/** Finds Newton steps near the optimum with what a solver has computed before. */
public interface NewtonSteps {

  /**
   * Finds a step.
   *
   * @param at the parameters
   * @param gradient at these parameters
   * @param step receives about -H^-1 times the gradient
   */
  void from(Parameters at, Parameters gradient, Parameters step);

  /**
   * Called when the last step was taken.
   *
   * @param length the fraction of it that was taken, at most 1
   */
  default void taken(double length) {}
}
