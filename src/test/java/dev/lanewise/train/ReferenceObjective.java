// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.options.Penalty;
import dev.lanewise.reference.Samples;
import java.util.Arrays;

/**
 * m times the cost with weights and penalties, in plain double loops, and slow ways to its least.
 * The last of the d + 1 parameters is the bias.
 */
final class ReferenceObjective {

  private final double[][] x;
  private final int[] y;
  private final double[] s;
  private final Penalty penalty;

  ReferenceObjective(Dataset data, double[] sampleWeights, Penalty penalty) {
    this.x = Samples.of(data);
    this.y = data.labels();
    this.s = sampleWeights;
    this.penalty = penalty;
  }

  int dimensions() {
    return x[0].length + 1;
  }

  int samples() {
    return x.length;
  }

  private double score(double[] p, int j) {
    double z = p[p.length - 1];
    for (int i = 0; i < x[j].length; i++) {
      z += p[i] * x[j][i];
    }
    return z;
  }

  double value(double[] p) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double t = y[j] == 1 ? -score(p, j) : score(p, j);
      sum += s[j] * (Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))));
    }
    for (int i = 0; i < p.length - 1; i++) {
      sum += penalty.l2() / 2 * p[i] * p[i] + penalty.l1() * Math.abs(p[i]);
    }
    return sum;
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** Of all but the sizes of the weights. */
  double[] smoothGradient(double[] p) {
    double[] g = new double[p.length];
    for (int j = 0; j < x.length; j++) {
      double e = s[j] * (sigmoid(score(p, j)) - y[j]);
      for (int i = 0; i < x[j].length; i++) {
        g[i] += e * x[j][i];
      }
      g[p.length - 1] += e;
    }
    for (int i = 0; i < p.length - 1; i++) {
      g[i] += penalty.l2() * p[i];
    }
    return g;
  }

  double[][] hessian(double[] p) {
    int n = p.length;
    double[][] h = new double[n][n];
    for (int j = 0; j < x.length; j++) {
      double a = sigmoid(score(p, j));
      double weight = s[j] * a * (1 - a);
      double[] column = Arrays.copyOf(x[j], n);
      column[n - 1] = 1;
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          h[i][k] += weight * column[i] * column[k];
        }
      }
    }
    for (int i = 0; i < n - 1; i++) {
      h[i][i] += penalty.l2();
    }
    return h;
  }

  /** The least without a penalty on sizes: Newton with halved steps. */
  double[] newton() {
    double[] p = new double[dimensions()];
    for (int iteration = 0; iteration < 100; iteration++) {
      double[] step = solve(hessian(p), smoothGradient(p));
      double value = value(p);
      double t = 1;
      while (t > 1e-10 && !(value(moved(p, -t, step)) <= value)) {
        t /= 2;
      }
      p = moved(p, -t, step);
      if (norm(step) < 1e-13 * (1 + norm(p))) {
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
      curvature += s[j] * squares / 4;
    }
    double[] p = new double[dimensions()];
    double[] q = p.clone();
    double momentum = 1;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] next = moved(q, -1 / curvature, smoothGradient(q));
      for (int i = 0; i < next.length - 1; i++) {
        double size = Math.max(0, Math.abs(next[i]) - penalty.l1() / curvature);
        next[i] = Math.signum(next[i]) * size;
      }
      double following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double uphill = 0;
      for (int i = 0; i < next.length; i++) {
        uphill += (q[i] - next[i]) * (next[i] - p[i]);
      }
      if (uphill > 0) {
        following = 1;
      }
      double[] ahead = new double[next.length];
      for (int i = 0; i < next.length; i++) {
        ahead[i] = next[i] + (uphill > 0 ? 0 : (momentum - 1) / following) * (next[i] - p[i]);
      }
      p = next;
      q = ahead;
      momentum = following;
    }
    return p;
  }

  static double[] moved(double[] p, double step, double[] direction) {
    double[] result = p.clone();
    for (int i = 0; i < p.length; i++) {
      result[i] += step * direction[i];
    }
    return result;
  }

  static double norm(double[] v) {
    double sum = 0;
    for (double value : v) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** Gauss with pivots. */
  static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = Arrays.copyOf(matrix[i], n + 1);
      a[i][n] = right[i];
    }
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      double[] row = a[pivot];
      a[pivot] = a[k];
      a[k] = row;
      if (row[k] == 0) {
        continue;
      }
      for (int i = k + 1; i < n; i++) {
        double factor = a[i][k] / row[k];
        for (int c = k; c <= n; c++) {
          a[i][c] -= factor * row[c];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double sum = a[i][n];
      for (int c = i + 1; c < n; c++) {
        sum -= a[i][c] * solution[c];
      }
      solution[i] = a[i][i] == 0 ? 0 : sum / a[i][i];
    }
    return solution;
  }
}
