package dev.lanewise.train;

/**
 * Told how training goes, on the thread that trains: what takes long here makes training longer.
 * Every method does nothing unless overridden.
 */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

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
   * A solver other than gradient descent has come closer to the optimum.
   *
   * @param iteration from 1
   * @param objective J there, or what a part of the samples says about it
   * @param gradientNorm the norm of its derivative
   * @param passes how often the data were gone through so far
   */
  default void iterated(int iteration, double objective, double gradientNorm, double passes) {}

  /**
   * Something is odd, but not wrong.
   *
   * @param message one line
   */
  default void warning(String message) {}
}
