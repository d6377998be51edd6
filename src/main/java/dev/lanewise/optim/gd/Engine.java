// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.nn.Parameters;

/**
 * One way to carry out an iteration of full-batch gradient descent. An engine holds the state of a
 * run; its memory belongs to the arena of the run. For use by one thread.
 */
public interface Engine extends Resumable {

  /**
   * Returns the name on the command line and in JSON.
   *
   * @return {@code primal} or {@code gram}
   */
  String name();

  /**
   * Equations (1) to (9) once: updates the weights and the biases.
   *
   * @param withCost whether the cost is wanted
   * @return the cost (4) at the weights before the update, or NaN if it was not wanted
   * @throws NotFiniteException if the errors are not finite
   */
  double iterate(boolean withCost);

  /**
   * Returns how often the data are read in a number of iterations.
   *
   * @param iterations how many
   * @return passes over the data
   */
  double passes(int iterations);

  /** Saves a copy of the parameters if they are finite. */
  void remember();

  /**
   * Restores the saved parameters.
   *
   * @return false if none were saved
   */
  boolean recall();

  /**
   * Returns the current parameters.
   *
   * @return valid until the next iteration
   */
  Parameters parameters();
}
