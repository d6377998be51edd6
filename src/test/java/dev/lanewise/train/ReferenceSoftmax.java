// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.options.Penalty;
import dev.lanewise.reference.Samples;

/**
 * m times the cost of softmax regression with weights and penalties, in plain double loops, and
 * slow ways to its least. The parameters are column after column, each its d weights and its bias.
 */
final class ReferenceSoftmax {

  private final double[][] x;
  private final int[] y;
  private final double[] s;
  private final Penalty penalty;
  private final int columns;
  private final int features;

  ReferenceSoftmax(Dataset data, double[] sampleWeights, Penalty penalty) {
    this.x = Samples.of(data);
    this.y = data.labels();
    this.s = sampleWeights;
    this.penalty = penalty;
    this.columns = data.classNames().size();
    this.features = data.width();
  }

  int dimensions() {
    return columns * (features + 1);
  }

  private int at(int column, int row) {
    return column * (features + 1) + row;
  }

  private double[] scores(double[] p, int j) {
    double[] z = new double[columns];
    for (int k = 0; k < columns; k++) {
      z[k] = p[at(k, features)];
      for (int i = 0; i < features; i++) {
        z[k] += p[at(k, i)] * x[j][i];
      }
    }
    return z;
  }

  private static double logSum(double[] z) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      most = Math.max(most, value);
    }
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value - most);
    }
    return most + Math.log(sum);
  }

  private double[] probabilities(double[] p, int j) {
    double[] z = scores(p, j);
    double log = logSum(z);
    for (int k = 0; k < columns; k++) {
      z[k] = Math.exp(z[k] - log);
    }
    return z;
  }

  double value(double[] p) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double[] z = scores(p, j);
      sum += s[j] * (logSum(z) - z[y[j]]);
    }
    for (int k = 0; k < columns; k++) {
      for (int i = 0; i < features; i++) {
        double w = p[at(k, i)];
        sum += penalty.l2() / 2 * w * w + penalty.l1() * Math.abs(w);
      }
    }
    return sum;
  }

  /** Of all but the sizes of the weights. */
  double[] smoothGradient(double[] p) {
    double[] g = new double[p.length];
    for (int j = 0; j < x.length; j++) {
      double[] e = probabilities(p, j);
      e[y[j]] -= 1;
      for (int k = 0; k < columns; k++) {
        for (int i = 0; i < features; i++) {
          g[at(k, i)] += s[j] * e[k] * x[j][i];
        }
        g[at(k, features)] += s[j] * e[k];
      }
    }
    for (int k = 0; k < columns; k++) {
      for (int i = 0; i < features; i++) {
        g[at(k, i)] += penalty.l2() * p[at(k, i)];
      }
    }
    return g;
  }

  double[][] hessian(double[] p) {
    double[][] h = new double[p.length][p.length];
    for (int j = 0; j < x.length; j++) {
      double[] a = probabilities(p, j);
      for (int k = 0; k < columns; k++) {
        for (int l = 0; l < columns; l++) {
          double curvature = s[j] * a[k] * ((k == l ? 1 : 0) - a[l]);
          for (int i = 0; i <= features; i++) {
            double scaled = curvature * (i < features ? x[j][i] : 1);
            for (int n = 0; n <= features; n++) {
              h[at(k, i)][at(l, n)] += scaled * (n < features ? x[j][n] : 1);
            }
          }
        }
      }
    }
    for (int k = 0; k < columns; k++) {
      for (int i = 0; i < features; i++) {
        h[at(k, i)][at(k, i)] += penalty.l2();
      }
    }
    return h;
  }

  /** The least without a penalty on sizes: Newton with halved steps, singular or not. */
  double[] newton() {
    double[] p = new double[dimensions()];
    for (int iteration = 0; iteration < 100; iteration++) {
      double[][] h = hessian(p);
      for (int i = 0; i < p.length; i++) {
        h[i][i] += 1e-7;
      }
      double[] step = ReferenceObjective.solve(h, smoothGradient(p));
      double value = value(p);
      double t = 1;
      while (t > 1e-10 && !(value(ReferenceObjective.moved(p, -t, step)) <= value)) {
        t /= 2;
      }
      p = ReferenceObjective.moved(p, -t, step);
      if (ReferenceObjective.norm(step) < 1e-12 * (1 + ReferenceObjective.norm(p))) {
        break;
      }
    }
    return p;
  }

  /** The least with any penalty: proximal gradient descent with momentum, restarted. */
  double[] proximal(int iterations) {
    double curvature = penalty.l2();
    for (int j = 0; j < x.length; j++) {
      double squares = 1;
      for (double value : x[j]) {
        squares += value * value;
      }
      curvature += s[j] * squares / 2;
    }
    double[] p = new double[dimensions()];
    double[] q = p.clone();
    double momentum = 1;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] next = ReferenceObjective.moved(q, -1 / curvature, smoothGradient(q));
      for (int k = 0; k < columns; k++) {
        for (int i = 0; i < features; i++) {
          double w = next[at(k, i)];
          next[at(k, i)] = Math.signum(w) * Math.max(0, Math.abs(w) - penalty.l1() / curvature);
        }
      }
      double uphill = 0;
      for (int i = 0; i < next.length; i++) {
        uphill += (q[i] - next[i]) * (next[i] - p[i]);
      }
      double following = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double ahead = uphill > 0 ? 0 : (momentum - 1) / following;
      q = next.clone();
      for (int i = 0; i < next.length; i++) {
        q[i] += ahead * (next[i] - p[i]);
      }
      p = next;
      momentum = following;
    }
    return p;
  }
}
