package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;
import java.util.function.IntConsumer;

/**
 * A function of the parameters that is to be minimised: convex, and the sum of a smooth part and of
 * l1 times the sizes of the weights.
 *
 * <p>It is known by its passes over the data, and counts them. Products with its second derivative
 * are taken at the point where it was computed last.
 */
public interface Objective {

  /**
   * The smooth part, in one pass.
   *
   * @param at where
   * @param gradient receives the derivative of the smooth part
   * @return the value of the smooth part
   */
  double valueAndGradient(Parameters at, Parameters gradient);

  /**
   * How far a value may be off, as losses are float32.
   *
   * @param value what {@link #valueAndGradient} said
   * @return of the size of the value's rounding
   */
  default double noise(double value) {
    return 0x1p-24 * Math.abs(value);
  }

  /**
   * The second derivative of the smooth part times a vector, in one pass.
   *
   * @param v the vector
   * @param result receives H v
   */
  void hessianTimes(Parameters v, Parameters result);

  /**
   * The second derivative itself, of few parameters, by a vector v that moves column k of the
   * parameters by c_k v: those of the weights, then the bias.
   *
   * @param combination c, one number a column; of one column it is 1
   * @param fraction one sample in so many is taken, as in {@link #part}
   * @param h column k receives its rows from k on
   */
  void hessian(double[] combination, int fraction, double[][] h);

  /**
   * The second derivatives of all losses by the outputs of their samples, summed over the block
   * tree: how much the outputs have to do with one another.
   *
   * @param fraction one sample in so many is taken, as in {@link #part}
   * @return K x K, symmetric
   */
  double[][] coupling(int fraction);

  /**
   * Runs tasks that share nothing, some of them at once perhaps.
   *
   * @param count how many
   * @param task is given each number from 0 on
   */
  default void each(int count, IntConsumer task) {
    for (int i = 0; i < count; i++) {
      task.accept(i);
    }
  }

  /**
   * The same function of a part of the samples, as if they stood for all.
   *
   * @param fraction one sample in so many: 1, or a power of two up to the samples in a block
   * @return the function of the part; it counts its passes in parts, with those of this one
   */
  Objective part(int fraction);

  /**
   * The value at zero weights and biases, without a pass.
   *
   * @return the loss of samples of which every class is as likely
   */
  double valueAtZero();

  /**
   * Whether every class has samples here that weigh something; else there is no optimum.
   *
   * @return false of a part of the samples, perhaps, where it is true of all
   */
  boolean hasEveryClass();

  /**
   * The penalty on the squares of the weights, which is a part of the smooth part.
   *
   * @return l2, at least 0
   */
  double l2();

  /**
   * The penalty on the sizes of the weights.
   *
   * @return l1, at least 0
   */
  double l1();

  /**
   * How often the data were gone through so far.
   *
   * @return a part of the samples counts as a part
   */
  double passes();
}
