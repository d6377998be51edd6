// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;
import java.util.function.IntConsumer;

/**
 * A convex function of the parameters that is minimised: the sum of a smooth function and of l1
 * times the absolute values of the weights.
 *
 * <p>It counts its passes over the data. Second derivatives are those at the parameters of the last
 * {@link #valueAndGradient}.
 */
public interface Objective {

  /**
   * Computes the smooth function and its gradient, in one pass.
   *
   * @param at the parameters
   * @param gradient receives the gradient of the smooth function
   * @return the value of the smooth function
   */
  double valueAndGradient(Parameters at, Parameters gradient);

  /**
   * Returns how large the rounding error of a value may be, since losses are float32.
   *
   * @param value what {@link #valueAndGradient} returned
   * @return the bound, about one unit in the last place of a float32
   */
  default double noise(double value) {
    return 0x1p-24 * Math.abs(value);
  }

  /**
   * Multiplies the second derivative of the smooth function with a vector, in one pass.
   *
   * @param v the vector
   * @param result receives H v
   */
  void hessianTimes(Parameters v, Parameters result);

  /**
   * Computes the second derivative along one combination of the outputs: by the d + 1 parameters v
   * that change the parameters of output k by c_k v. The weights come first, then the bias.
   *
   * @param combination c, a number for each output; 1 for a single output
   * @param fraction one sample in so many is used, as in {@link #subset}
   * @param h column k receives its rows from k on
   */
  void hessian(double[] combination, int fraction, double[][] h);

  /**
   * Computes the second derivatives of the losses by the outputs of their samples, summed over the
   * block tree.
   *
   * @param fraction one sample in so many is used, as in {@link #subset}
   * @return K x K, symmetric
   */
  double[][] coupling(int fraction);

  /**
   * Runs independent tasks, perhaps several at once.
   *
   * @param count how many
   * @param task receives each number from 0 to count - 1
   */
  default void each(int count, IntConsumer task) {
    for (int i = 0; i < count; i++) {
      task.accept(i);
    }
  }

  /**
   * Returns the same function of a subset of the samples, scaled to all of them. It shares its
   * memory with this one: second derivatives of either are those at the last parameters of either.
   *
   * @param fraction one sample in so many: 1, or a power of two up to the samples of a block
   * @return the function of the subset; its passes count as fractions in {@link #passes} of both
   */
  Objective subset(int fraction);

  /**
   * Returns the value at zero weights and biases, without a pass.
   *
   * @return the sum of the losses where every class is equally likely
   */
  double valueAtZero();

  /**
   * Tells whether every class has samples of positive weight; without them there is no optimum.
   *
   * @return whether they are there; a subset may lack a class that all samples have
   */
  boolean hasEveryClass();

  /**
   * Returns the penalty on the squares of the weights, which the smooth function includes.
   *
   * @return l2, at least 0
   */
  double l2();

  /**
   * Returns the penalty on the absolute values of the weights.
   *
   * @return l1, at least 0
   */
  double l1();

  /**
   * Returns how often the data were read so far.
   *
   * @return the number of passes; one over a subset counts as its fraction
   */
  double passes();
}
