package dev.lanewise.optim;

import dev.lanewise.loss.Objective;
import dev.lanewise.nn.Parameters;

/** A way to the least of an objective. */
public interface Solver {

  /**
   * Minimises.
   *
   * @param objective what is minimised
   * @param rule when to stop
   * @param start where to begin; moved to the solution
   * @param monitor is told of every iteration
   * @return where it stopped, at {@code start}
   */
  Solution minimise(Objective objective, StopRule rule, Parameters start, Monitor monitor);
}
