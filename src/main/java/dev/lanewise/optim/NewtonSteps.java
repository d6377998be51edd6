package dev.lanewise.optim;

import dev.lanewise.nn.Parameters;

/** Newton steps from near the optimum, as a solver finds them that knows its way about. */
public interface NewtonSteps {

  /**
   * The step from a point.
   *
   * @param at the point
   * @param gradient there
   * @param step receives about -H^-1 times the gradient
   */
  void from(Parameters at, Parameters gradient, Parameters step);

  /**
   * The last step was taken.
   *
   * @param length how much of it, 1 for the whole
   */
  default void taken(double length) {}
}
