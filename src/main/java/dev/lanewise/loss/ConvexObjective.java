// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;
import java.util.function.IntConsumer;

/**
 * An objective of one layer, which is convex, with its second derivatives: those at the parameters
 * of the last {@link #valueAndGradient}.
 */
public interface ConvexObjective extends Objective {

  @Override
  default boolean isConvex() {
    return true;
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
   * @param fraction n, to use one sample in n: 1, or a power of two up to the samples of a block
   * @return the function of the subset; its passes count as fractions in {@link #passes} of both
   */
  ConvexObjective subset(int fraction);
}
