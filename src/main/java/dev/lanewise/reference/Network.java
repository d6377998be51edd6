// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import dev.lanewise.options.Activation;

/**
 * Layers of neurons: equations (1) to (9) for each layer, and the errors of hidden layers by
 * back-propagation.
 *
 * <p>Slow and plain on purpose, as {@link Neuron}. Layers are numbered from 1, as in the course;
 * layer 0 are the features. Layer l has the weights {@code w[l][k][i]}, of unit k for number i of
 * the layer before, and the biases {@code b[l][k]}; {@code w[0]} and {@code b[0]} are empty. The
 * last layer gives the outputs: one with the sigmoid, for two classes, or one for each class with
 * softmax. Samples are arrays: {@code x[j][i]} is feature i of sample j, {@code y[j]} its class,
 * from 0. Nothing is checked.
 */
public final class Network {

  /**
   * The derivatives of the cost, in the shape of the parameters.
   *
   * @param dw by the weights
   * @param db by the biases
   */
  public record Gradients(double[][][] dw, double[][] db) {}

  private final Activation activation;
  private final double[][][] w;
  private final double[][] b;
  private final int last;

  /**
   * A network with these weights, and biases of 0.
   *
   * @param activation f of the hidden layers
   * @param weights of the layers 1, 2 and so on: in each an array of weights for each unit; copied
   */
  public Network(Activation activation, double[][]... weights) {
    this.activation = activation;
    this.last = weights.length;
    this.w = new double[last + 1][0][];
    this.b = new double[last + 1][0];
    for (int l = 1; l <= last; l++) {
      w[l] = weights[l - 1].clone();
      for (int k = 0; k < w[l].length; k++) {
        w[l][k] = w[l][k].clone();
      }
      b[l] = new double[w[l].length];
    }
  }

  /**
   * Equation (1) of a layer: z_k = w_k . a + b_k.
   *
   * @param l the layer, from 1
   * @param a what the layer before gives: its activations, or the features
   * @return z of each unit
   */
  public double[] z(int l, double[] a) {
    double[] z = b[l].clone();
    for (int k = 0; k < z.length; k++) {
      for (int i = 0; i < a.length; i++) {
        z[k] += w[l][k][i] * a[i];
      }
    }
    return z;
  }

  /**
   * Equation (2) of a hidden layer: a = f(z).
   *
   * @param f the function
   * @param z any number
   * @return the activation
   */
  public static double activate(Activation f, double z) {
    switch (f) {
      case RELU:
        return Math.max(0, z);
      case TANH:
        return Math.tanh(z);
      case SIGMOID:
        return Neuron.sigmoid(z);
      default:
        return z;
    }
  }

  /**
   * The derivative of f, from its value.
   *
   * @param f the function
   * @param a f(z)
   * @return f'(z); of ReLU at 0 it is 0
   */
  public static double derivative(Activation f, double a) {
    switch (f) {
      case RELU:
        return a > 0 ? 1 : 0;
      case TANH:
        return 1 - a * a;
      case SIGMOID:
        return a * (1 - a);
      default:
        return 1;
    }
  }

  /**
   * Forward: equations (1) and (2), layer after layer.
   *
   * @param x one sample, d features
   * @return the features, the activations of each hidden layer, and z of the last layer
   */
  public double[][] forward(double[] x) {
    double[][] a = new double[last + 1][];
    a[0] = x;
    for (int l = 1; l <= last; l++) {
      a[l] = z(l, a[l - 1]); // (1)
      for (int k = 0; l < last && k < a[l].length; k++) {
        a[l][k] = activate(activation, a[l][k]); // (2)
      }
    }
    return a;
  }

  /**
   * Equation (2) of the last layer: g(z) of one output, softmax of more.
   *
   * @param z of the outputs
   * @return one probability, that of class 1; or one for each class
   */
  public static double[] probabilities(double[] z) {
    if (z.length == 1) {
      return new double[] {Neuron.sigmoid(z[0])};
    }
    double max = max(z);
    double sum = 0;
    double[] p = new double[z.length];
    for (int k = 0; k < z.length; k++) {
      p[k] = Math.exp(z[k] - max);
      sum += p[k];
    }
    for (int k = 0; k < z.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /**
   * Equation (3): L = -log of the probability of the label, from z.
   *
   * @param z of the outputs
   * @param y the label
   * @return at least 0
   */
  public static double loss(double[] z, int y) {
    if (z.length == 1) {
      return Neuron.loss(z[0], y);
    }
    double max = max(z);
    double sum = 0;
    for (double output : z) {
      sum += Math.exp(output - max);
    }
    return Math.log(sum) + max - z[y];
  }

  private static double max(double[] z) {
    double max = z[0];
    for (double output : z) {
      max = Math.max(max, output);
    }
    return max;
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
      sum += loss(forward(x[j])[last], y[j]);
    }
    return sum / x.length;
  }

  /**
   * Equations (6) and (7) of each layer, by back-propagation.
   *
   * @param x m samples
   * @param y m labels
   * @return the derivatives of the cost
   */
  public Gradients gradients(double[][] x, int[] y) {
    double[][][] dw = new double[last + 1][0][];
    double[][] db = new double[last + 1][0];
    for (int l = 1; l <= last; l++) {
      dw[l] = new double[w[l].length][w[l][0].length];
      db[l] = new double[w[l].length];
    }
    for (int j = 0; j < x.length; j++) {
      double[][] a = forward(x[j]);
      double[] error = outputErrors(a[last], y[j]);
      for (int l = last; l >= 1; l--) {
        for (int k = 0; k < error.length; k++) {
          db[l][k] += error[k] / x.length; // (7)
          for (int i = 0; i < a[l - 1].length; i++) {
            dw[l][k][i] += error[k] * a[l - 1][i] / x.length; // (6)
          }
        }
        if (l > 1) {
          error = errorsBelow(l, error, a[l - 1]);
        }
      }
    }
    return new Gradients(dw, db);
  }

  /** The bracket of (6) and (7) for the last layer: a - y, where y is 1 for the label's output. */
  private static double[] outputErrors(double[] z, int y) {
    double[] error = probabilities(z);
    if (error.length == 1) {
      error[0] -= y;
    } else {
      error[y] -= 1;
    }
    return error;
  }

  /**
   * Back-propagation: the derivative of the loss by z of the layer below, e_i = (sum of w_ki e_k
   * over k) f'(z_i).
   */
  private double[] errorsBelow(int l, double[] error, double[] a) {
    double[] below = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < error.length; k++) {
        below[i] += w[l][k][i] * error[k];
      }
      below[i] *= derivative(activation, a[i]);
    }
    return below;
  }

  /**
   * One iteration of gradient descent: all derivatives, then equations (8) and (9) of each layer.
   *
   * @param x m samples
   * @param y m labels
   * @param alpha the learning rate
   */
  public void descend(double[][] x, int[] y, double alpha) {
    Gradients gradients = gradients(x, y);
    for (int l = 1; l <= last; l++) {
      for (int k = 0; k < b[l].length; k++) {
        for (int i = 0; i < w[l][k].length; i++) {
          w[l][k][i] -= alpha * gradients.dw[l][k][i]; // (8)
        }
        b[l][k] -= alpha * gradients.db[l][k]; // (9)
      }
    }
  }

  /**
   * The predicted class of one sample.
   *
   * @param x one sample, d features
   * @return with one output 1 if a &gt; 0.5, else 0; with more the first of the most likely
   */
  public int predict(double[] x) {
    double[] p = probabilities(forward(x)[last]);
    if (p.length == 1) {
      return p[0] > 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < p.length; k++) {
      best = p[k] > p[best] ? k : best;
    }
    return best;
  }

  /**
   * The weights of a layer.
   *
   * @param l the layer, from 1
   * @return those of each unit; a change of them changes the network
   */
  public double[][] weights(int l) {
    return w[l];
  }

  /**
   * The biases of a layer.
   *
   * @param l the layer, from 1
   * @return one for each unit; a change of them changes the network
   */
  public double[] biases(int l) {
    return b[l];
  }
}
