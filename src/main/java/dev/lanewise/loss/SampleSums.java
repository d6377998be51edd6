// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.Executor;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import java.util.function.IntConsumer;

/**
 * The sums over the samples of a problem that objectives are made of: {@link LocalSums} where the
 * samples are in this process. Every sum is that of the {@link dev.lanewise.reduce.BlockTree}, so
 * where the samples are changes no bit.
 *
 * <p>Sums of second derivatives are those at the last scores: the ones of {@link #gradient} or of
 * {@link #exactGradient}, whichever was called last. A result is valid until the next call. For use
 * by one thread.
 */
public interface SampleSums {

  /**
   * Returns the shape of gradients.
   *
   * @return a gradient in the layout of the problem, the summed errors of all units, and the losses
   */
  PartialShape shape();

  /**
   * Computes the gradient of the losses: equations (1) to (7).
   *
   * @param model the parameters as they are in the model
   * @param withLosses whether losses are summed
   * @param fraction one sample in so many, as in {@link Executor#run}
   * @return the sums
   */
  Partial gradient(Parameters model, boolean withLosses, int fraction);

  /**
   * Computes the losses without their gradient. Only after {@link #reserveCost}.
   *
   * @param model the parameters as they are in the model
   * @return the sums; only {@link #losses} is defined
   */
  Partial cost(Parameters model);

  /**
   * Returns the sum of losses.
   *
   * @param sums of {@link #gradient} or {@link #cost}
   * @return the sum of s_j L_j
   */
  default double losses(Partial sums) {
    return sums.number(sums.numbers().length - 1);
  }

  /** Allocates the memory for {@link #cost}. */
  void reserveCost();

  /** Allocates the memory for second derivatives of one layer. */
  void reserveCurvature();

  /** Allocates the memory for {@link #square}, in a dry run; without this the first call does. */
  void reserveSquare();

  /** Allocates the memory for the sums in double. */
  void reserveExact();

  /**
   * Runs a task for all weights, perhaps for several ranges at once.
   *
   * @param task is given ranges that share nothing and together are all lines of the layout
   */
  void weights(Executor.WeightTask task);

  /**
   * Runs tasks that share nothing, perhaps several at once.
   *
   * @param count how many
   * @param task is given each number from 0 on
   */
  void each(int count, IntConsumer task);

  /**
   * Computes the scales of the samples (contract, section 19).
   *
   * @return the scales; of a dry run they are of no use
   */
  Scales scales();

  /**
   * Multiplies the second derivative of the losses with a vector: X times the curvature of X'V +
   * v_b.
   *
   * @param v the vector, in the layout of the model
   * @param fraction one sample in so many
   * @return the sums, in the shape of a gradient
   */
  Partial product(Parameters v, int fraction);

  /**
   * Sums the second derivatives of the losses by the outputs of their samples.
   *
   * @param fraction one sample in so many
   * @return K x K numbers, row after row
   */
  Partial coupling(int fraction);

  /**
   * Computes X D 1 and the sum of D, where D is the second derivative along a combination of the
   * outputs.
   *
   * @param combination c, K numbers
   * @param fraction one sample in so many
   * @return a gradient of one output, and one number
   */
  Partial border(double[] combination, int fraction);

  /**
   * Computes X D X' with the features about a centre, and D that of the last {@link #border}.
   *
   * @param scales have the centre; null for zeros
   * @param fraction that of the last border
   * @param factor every element is multiplied with it
   * @param result column k receives its rows from k on
   */
  void square(Scales scales, int fraction, double factor, double[][] result);

  /**
   * Computes the gradient of the losses in double.
   *
   * @param w the weights, K arrays of d
   * @param model its biases are those of the model
   * @return K columns of doubles, the K summed errors, and the losses
   */
  Partial exactGradient(double[][] w, Parameters model);

  /**
   * Returns how a step would change the scores of the last {@link #exactGradient}.
   *
   * @param w the step of the weights, K arrays of d
   * @param bias the step of each bias
   * @return the changes
   */
  ExactObjective.Change change(double[][] w, double[] bias);

  /**
   * Returns how far the probabilities of the model in float32 are from those of the last {@link
   * #exactGradient}.
   *
   * @param model the parameters as they are in the model
   * @return the largest difference of all samples and classes
   */
  double predictionError(Parameters model);

  /**
   * Computes the second derivative of the losses by all parameters in double, at the scores of the
   * last {@link #exactGradient}. Only for few parameters and samples.
   *
   * @param scales have means and units
   * @return as {@link ExactObjective#hessian}, without penalties
   */
  double[][] exactHessian(Scales scales);

  /**
   * Tells whether a model classifies every sample of positive weight correctly.
   *
   * @param model the parameters as they are in the model
   * @return whether the model separates the classes
   */
  boolean isSeparatedBy(Parameters model);
}
