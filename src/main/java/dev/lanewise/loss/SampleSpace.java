package dev.lanewise.loss;

import dev.lanewise.nn.Parameters;

/**
 * A function of the weights through their products with few samples, X'w + b, and of |w|^2: the sum
 * of s_j times the logistic losses, or with K columns those of softmax, and of l2/2 |w|^2, with l2
 * above zero.
 */
public interface SampleSpace extends Objective {

  /**
   * G = X'X.
   *
   * @return m x m, symmetric
   */
  double[][] gram();

  /**
   * The labels.
   *
   * @return m times 0 or 1, with K columns from 0 to K - 1
   */
  double[] labels();

  /**
   * The weights of the samples.
   *
   * @return m weights
   */
  double[] sampleWeights();

  /**
   * Sets weights to X c.
   *
   * @param c m numbers for each column
   * @param result its weights are set, its bias is left alone
   */
  void combine(double[][] c, Parameters result);

  /**
   * The products of the samples with a vector, X'v, without its bias.
   *
   * @param v the vector
   * @param products receives m numbers for each column
   */
  void project(Parameters v, double[][] products);
}
