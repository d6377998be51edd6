// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.nn.Parameters;

/** Minimises objectives. */
public interface Solver {

  /**
   * Minimises an objective.
   *
   * @param objective what is minimised
   * @param rule when to stop
   * @param start the parameters to start from; overwritten with the solution
   * @param monitor receives every iteration
   * @return where it stopped; its parameters are {@code start}
   */
  Solution minimise(ConvexObjective objective, StopRule rule, Parameters start, Monitor monitor);
}
