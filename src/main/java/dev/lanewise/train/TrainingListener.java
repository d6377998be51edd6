// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

/**
 * Told how training goes, on the thread that trains: what takes long here makes training longer.
 * Every method does nothing unless overridden.
 */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * One versus the rest goes on with a class: from here iterations are those of its neuron, and
   * begin anew. Never called where all is one run.
   *
   * @param classNumber from 0
   * @param classes how many there are
   * @param name what the class is called
   */
  default void classStarted(int classNumber, int classes, String name) {}

  /**
   * An iteration is complete.
   *
   * @param completed how many are, from 1
   */
  default void iterationCompleted(int completed) {}

  /**
   * The cost (4) was computed.
   *
   * @param iteration from 0
   * @param cost J at the weights that the iteration started from
   */
  default void costComputed(int iteration, double cost) {}

  /**
   * The cost has come down, or should have: told after every iteration of newton and lbfgs, after
   * every epoch of sgd at which it looks, and where gradient descent computes the cost.
   *
   * @param iteration how many iterations there were: from 1, of gradient descent from 0
   * @param objective J there, or an estimate of it from a subset
   * @param gradientNorm the norm of its derivative; NaN for gradient descent, which does not ask
   * @param passes how often the data were read so far
   */
  default void iterated(int iteration, double objective, double gradientNorm, double passes) {}

  /**
   * Something is odd, but not wrong.
   *
   * @param message one line
   */
  default void warning(String message) {}
}
