// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

/**
 * One neuron: weights, a bias, and equations (1) to (9) as they stand, one method each.
 *
 * <p>Slow and plain on purpose. Samples are arrays: {@code x[j][i]} is feature i of sample j, m
 * samples of d features; {@code y[j]} is its label, 0 or 1. Nothing is checked.
 */
public final class Neuron {

  private final double[] w;
  private double b;

  /**
   * An untrained neuron: w = 0, b = 0.
   *
   * @param d the number of features
   */
  public Neuron(int d) {
    this(new double[d], 0);
  }

  /**
   * A neuron with these weights.
   *
   * @param w d weights; copied
   * @param b the bias
   */
  public Neuron(double[] w, double b) {
    this.w = w.clone();
    this.b = b;
  }

  /**
   * Equation (1): z = w . x + b.
   *
   * @param x one sample, d features
   * @return z
   */
  public double z(double[] x) {
    double z = b;
    for (int i = 0; i < w.length; i++) {
      z += w[i] * x[i];
    }
    return z;
  }

  /**
   * Equation (2): a = g(z) = 1 / (1 + exp(-z)).
   *
   * @param z any number
   * @return from 0 to 1
   */
  public static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /**
   * The neuron's output for one sample: equation (1), then (2).
   *
   * @param x one sample, d features
   * @return a, the probability of class 1
   */
  public double output(double[] x) {
    return sigmoid(z(x));
  }

  /**
   * Equation (3): L = -y log a - (1 - y) log(1 - a).
   *
   * <p>Both logarithms are taken from z, as log a = -log(1 + exp(-z)) and log(1 - a) = -log(1 +
   * exp(z)), because a rounds to 1 where z is large, and log 0 is no number.
   *
   * @param z of equation (1)
   * @param y the label, 0 or 1
   * @return at least 0
   */
  public static double loss(double z, int y) {
    return y * softplus(-z) + (1 - y) * softplus(z);
  }

  // log(1 + exp(z)), written so that exp cannot overflow.
  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }

  /**
   * Equation (4): J = (1/m) sum of L over the samples.
   *
   * @param x m samples
   * @param y m labels
   * @return the cost
   */
  public double cost(double[][] x, int[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += loss(z(x[j]), y[j]);
    }
    return sum / x.length;
  }

  /**
   * Equation (6): dw = (1/m) sum of (a - y) x over the samples.
   *
   * @param x m samples
   * @param y m labels
   * @return d derivatives of the cost by the weights
   */
  public double[] dw(double[][] x, int[] y) {
    double[] dw = new double[w.length];
    for (int j = 0; j < x.length; j++) {
      double error = output(x[j]) - y[j];
      for (int i = 0; i < w.length; i++) {
        dw[i] += error * x[j][i];
      }
    }
    for (int i = 0; i < w.length; i++) {
      dw[i] /= x.length;
    }
    return dw;
  }

  /**
   * Equation (7): db = (1/m) sum of (a - y) over the samples.
   *
   * @param x m samples
   * @param y m labels
   * @return the derivative of the cost by the bias
   */
  public double db(double[][] x, int[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += output(x[j]) - y[j];
    }
    return sum / x.length;
  }

  /**
   * One iteration of gradient descent: both derivatives, then equations (8) and (9).
   *
   * @param x m samples
   * @param y m labels
   * @param alpha the learning rate
   */
  public void descend(double[][] x, int[] y, double alpha) {
    double[] dw = dw(x, y);
    double db = db(x, y);
    for (int i = 0; i < w.length; i++) {
      w[i] -= alpha * dw[i]; // (8)
    }
    b -= alpha * db; // (9)
  }

  /**
   * The predicted class of one sample.
   *
   * @param x one sample, d features
   * @return 1 if a &gt; 0.5, else 0
   */
  public int predict(double[] x) {
    return output(x) > 0.5 ? 1 : 0;
  }

  /**
   * The weights.
   *
   * @return a copy of w
   */
  public double[] weights() {
    return w.clone();
  }

  /**
   * The bias.
   *
   * @return b
   */
  public double bias() {
    return b;
  }
}
