// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import dev.lanewise.options.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Section 20 of the contract on plain arrays. Layers are numbered from 0 here. */
final class NetworkGramOracle {

  private static final int SECTION = 256;

  private final double[][] x;
  private final int[] y;
  private final double[] s;
  private final Activation activation;
  private final double alpha;
  private final double l2;

  /** By layer, unit and input. */
  private final double[][][] w;

  private final double[][] b;
  private final int m;
  private final double[][] gram;
  private final double[][] z0;
  private final double[][] c;
  private double scale = 1;

  /**
   * A run at its beginning.
   *
   * @param features m samples
   * @param pixels whether they are pixels
   * @param y the labels
   * @param weights of the samples; null for none
   * @param start the initial weights, by layer, unit and input
   * @param biases the initial biases, by layer and unit
   */
  NetworkGramOracle(
      float[][] features,
      boolean pixels,
      int[] y,
      float[] weights,
      Activation activation,
      double alpha,
      double l2,
      float[][][] start,
      float[][] biases) {
    this.m = features.length;
    this.y = y;
    this.activation = activation;
    this.alpha = alpha;
    this.l2 = l2;
    this.s = new double[m];
    Arrays.setAll(s, j -> weights == null ? 1 : weights[j]);
    this.x = new double[m][features[0].length];
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < x[j].length; i++) {
        x[j][i] = pixels ? pixel(features[j][i]) : features[j][i];
      }
    }
    this.w = new double[start.length][][];
    this.b = new double[start.length][];
    for (int l = 0; l < w.length; l++) {
      w[l] = new double[start[l].length][start[l][0].length];
      b[l] = new double[w[l].length];
      for (int k = 0; k < b[l].length; k++) {
        b[l][k] = biases[l][k];
        for (int i = 0; i < w[l][k].length; i++) {
          w[l][k][i] = start[l][k][i];
        }
      }
    }
    this.gram = new double[m][m];
    this.z0 = new double[m][b[0].length];
    for (int j = 0; j < m; j++) {
      for (int k = 0; k < m; k++) {
        gram[j][k] = sum(0, x[j], x[k]);
      }
      for (int k = 0; k < b[0].length; k++) {
        z0[j][k] = sum(0, x[j], w[0][k]);
      }
    }
    this.c = new double[b[0].length][m];
  }

  private static double pixel(float feature) {
    for (int v = 0; v < 256; v++) {
      if (v * 0x1.010102p-8f == feature) {
        return v / 255.0;
      }
    }
    return feature;
  }

  private static double sum(double start, double[] a, double[] b) {
    double sum = start;
    for (int first = 0; first < a.length; first += SECTION) {
      double part = 0;
      for (int i = first; i < Math.min(a.length, first + SECTION); i++) {
        part = Math.fma(a[i], b[i], part);
      }
      sum += part;
    }
    return sum;
  }

  /** An iteration; returns the cost before it. */
  double iterate() {
    int last = w.length - 1;
    // By layer, unit and sample.
    double[][][] a = new double[w.length][][];
    for (int l = 0; l <= last; l++) {
      a[l] = new double[b[l].length][m];
      for (int k = 0; k < b[l].length; k++) {
        for (int j = 0; j < m; j++) {
          double z =
              l == 0
                  ? sum(Math.fma(scale, z0[j][k], b[l][k]), gram[j], c[k])
                  : sum(b[l][k], at(a[l - 1], j), w[l][k]);
          a[l][k][j] = l < last ? activate(z) : z;
        }
      }
    }
    double losses = 0;
    double[][][] e = new double[w.length][][];
    e[last] = new double[b[last].length][m];
    for (int j = 0; j < m; j++) {
      losses += s[j] * compare(at(a[last], j), y[j], s[j], e[last], j);
    }
    for (int l = last - 1; l >= 0; l--) {
      e[l] = new double[b[l].length][m];
      for (int i = 0; i < b[l].length; i++) {
        for (int j = 0; j < m; j++) {
          e[l][i][j] = sum(0, at(e[l + 1], j), at(w[l + 1], i));
          e[l][i][j] = timesDerivative(e[l][i][j], a[l][i][j]);
        }
      }
    }
    double cost = l2 == 0 ? losses / m : (losses + l2 / 2 * squares()) / m;
    update(a, e);
    return cost;
  }

  private void update(double[][][] a, double[][][] e) {
    double step = -alpha / m;
    double shrink = 1 - alpha * l2 / m;
    double[] ones = new double[m];
    Arrays.fill(ones, 1);
    for (int l = 0; l < w.length; l++) {
      for (int k = 0; k < b[l].length; k++) {
        for (int i = 0; l > 0 && i < w[l][k].length; i++) {
          w[l][k][i] = Math.fma(step, sum(0, a[l - 1][i], e[l][k]), shrink * w[l][k][i]);
        }
        b[l][k] = Math.fma(step, sum(0, ones, e[l][k]), b[l][k]);
        for (int j = 0; l == 0 && j < m; j++) {
          c[k][j] = Math.fma(step, e[0][k][j], shrink * c[k][j]);
        }
      }
    }
    scale *= shrink;
  }

  private double squares() {
    double q0 = 0;
    double q1 = 0;
    double q2 = 0;
    for (int k = 0; k < c.length; k++) {
      for (double weight : w[0][k]) {
        q0 = Math.fma(weight, weight, q0);
      }
      for (int j = 0; j < m; j++) {
        q1 = Math.fma(c[k][j], z0[j][k], q1);
        q2 = Math.fma(c[k][j], sum(0, gram[j], c[k]), q2);
      }
    }
    double squares = Math.fma(scale, Math.fma(scale, q0, 2 * q1), q2);
    for (int l = 1; l < w.length; l++) {
      double ofLayer = 0;
      for (double[] unit : w[l]) {
        for (double weight : unit) {
          ofLayer = Math.fma(weight, weight, ofLayer);
        }
      }
      squares += ofLayer;
    }
    return squares;
  }

  /** Element j of each row. */
  private static double[] at(double[][] rows, int j) {
    double[] column = new double[rows.length];
    Arrays.setAll(column, k -> rows[k][j]);
    return column;
  }

  private double activate(double z) {
    switch (activation) {
      case RELU:
        return z > 0 ? z : 0;
      case TANH:
        return StrictMath.tanh(z);
      case SIGMOID:
        return 1 / (1 + StrictMath.exp(-z));
      default:
        return z;
    }
  }

  private double timesDerivative(double error, double a) {
    switch (activation) {
      case RELU:
        return a > 0 ? error : 0;
      case TANH:
        return error * Math.fma(-a, a, 1);
      case SIGMOID:
        return error * (a * (1 - a));
      default:
        return error;
    }
  }

  /** Sets the errors of a sample, and returns its loss without its weight. */
  private static double compare(double[] z, int label, double weight, double[][] e, int j) {
    if (z.length == 1) {
      double sign = 1 - 2 * label;
      double t = sign * z[0];
      double p = StrictMath.exp(-Math.abs(t));
      e[0][j] = weight * (sign * (t > 0 ? 1 : p) / (1 + p));
      return Math.max(t, 0) + StrictMath.log1p(p);
    }
    int top = 0;
    for (int k = 1; k < z.length; k++) {
      top = z[k] > z[top] ? k : top;
    }
    double all = 0;
    double others = 0;
    double below = 0;
    List<Double> p = new ArrayList<>();
    for (int k = 0; k < z.length; k++) {
      double power = StrictMath.exp(z[k] - z[top]);
      p.add(power);
      all += power;
      others += k == label ? 0 : power;
      below += k == top ? 0 : power;
    }
    for (int k = 0; k < z.length; k++) {
      e[k][j] = weight * ((k == label ? -others : p.get(k)) / all);
    }
    return z[top] - z[label] + StrictMath.log1p(below);
  }

  /** The weights of all layers, rounded to float32. */
  float[][][] weights() {
    float[][][] rounded = new float[w.length][][];
    for (int l = 0; l < w.length; l++) {
      rounded[l] = new float[w[l].length][w[l][0].length];
      for (int k = 0; k < w[l].length; k++) {
        for (int i = 0; i < w[l][k].length; i++) {
          double weight = l == 0 ? Math.fma(scale, w[0][k][i], sum(0, at(x, i), c[k])) : w[l][k][i];
          rounded[l][k][i] = (float) weight;
        }
      }
    }
    return rounded;
  }

  /** The biases of all layers, rounded to float32. */
  float[][] biases() {
    float[][] rounded = new float[b.length][];
    for (int l = 0; l < b.length; l++) {
      rounded[l] = new float[b[l].length];
      for (int k = 0; k < b[l].length; k++) {
        rounded[l][k] = (float) b[l][k];
      }
    }
    return rounded;
  }
}
