package dev.lanewise.train;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.matrix.FloatMatrix;

/**
 * One way to carry out an iteration of full-batch gradient descent. An engine holds the state of a
 * run; its memory belongs to the arena of the run.
 */
interface Engine extends Resumable {

  /** The name on the command line and in JSON. */
  String name();

  /**
   * Equations (1) to (9) once: moves the weights and the bias.
   *
   * @param withCost whether the cost is wanted
   * @return the cost (4) at the weights before the move, or NaN if it was not wanted
   * @throws TrainingException if the errors are no longer numbers
   */
  double iterate(boolean withCost);

  /** How often the data were gone through in so many iterations. */
  double passes(int iterations);

  /** Remembers the weights and the biases as they stand, if they are finite. */
  void remember();

  /**
   * Goes back to what was remembered.
   *
   * @return false if nothing ever was
   */
  boolean recall();

  /** The weights as they stand, d x K; valid until the next iteration. */
  FloatMatrix weights();

  /** The biases as they stand, one a column; valid until the next iteration. */
  float[] bias();
}
