package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;

/**
 * An objective whose value and gradient are computed in double: of parameters in float32 they are
 * exact but for the rounding of double, whatever the scales and offsets of the features. What else
 * it says holds at the point where it was computed last.
 */
public interface ExactObjective extends Objective {

  /**
   * What a step would change in the scores.
   *
   * @param probability the largest change of a probability
   * @param highest the largest change of a margin: of the score of a sample's own class against
   *     that of another
   * @param lowest the least change of a margin, below zero where a margin shrinks
   */
  record Change(double probability, double highest, double lowest) {}

  /**
   * What a step would change, in one pass. Margins are those of samples that weigh something.
   *
   * @param step the step
   * @return the changes
   */
  Change change(Parameters step);

  /**
   * Whether the whole second derivative is worth being made in double.
   *
   * @return true if there are few parameters, and little to compute
   */
  boolean isSmall();

  /**
   * The second derivative of all parameters, column after column with the bias last, in units of
   * the parameters; of those that have no unit it is 0. For small objectives.
   *
   * @return n x n, of which column k has its rows from k on
   */
  double[][] hessian();
}
