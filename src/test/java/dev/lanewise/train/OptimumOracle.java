// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

/**
 * The optimum of a problem in plain double loops, independent of the product: Newton's method with
 * halved steps on features that were centred and scaled, each step by Gaussian elimination. Two
 * classes have one column of weights, more have one each.
 */
final class OptimumOracle {

  private static final int MOST_STEPS = 300;

  private final double[][] x;
  private final int[] y;
  private final double[] s;
  private final int columns;
  private final double l2;

  private final double[] means;
  private final double[] units;
  private final double[][] standard;

  /** By column: d weights of standardised features, and the bias. */
  private double[] p;

  private boolean exists;

  OptimumOracle(double[][] x, int[] y, double[] s, int classes, double l2) {
    this.x = x;
    this.y = y;
    this.s = s;
    this.columns = classes == 2 ? 1 : classes;
    this.l2 = l2;
    this.means = new double[x[0].length];
    this.units = new double[means.length];
    this.standard = new double[x.length][means.length];
    standardise();
    solve();
  }

  private void standardise() {
    double weight = 0;
    for (double one : s) {
      weight += one;
    }
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < x.length; j++) {
        means[i] += s[j] * x[j][i] / weight;
      }
      double squares = 0;
      boolean varies = false;
      double seen = Double.NaN;
      for (int j = 0; j < x.length; j++) {
        squares += s[j] * (x[j][i] - means[i]) * (x[j][i] - means[i]) / weight;
        varies |= s[j] > 0 && !Double.isNaN(seen) && x[j][i] != seen;
        seen = s[j] > 0 ? x[j][i] : seen;
      }
      units[i] = varies ? Math.sqrt(squares) : 0;
      for (int j = 0; j < x.length; j++) {
        standard[j][i] = varies ? (x[j][i] - means[i]) / units[i] : 0;
      }
    }
  }

  private double penalty(int i) {
    return units[i] == 0 ? 1 : l2 / units[i] / units[i];
  }

  private double[] scores(double[] at, double[] sample) {
    int n = means.length + 1;
    double[] z = new double[columns];
    for (int k = 0; k < columns; k++) {
      z[k] = at[k * n + n - 1];
      for (int i = 0; i < n - 1; i++) {
        z[k] += at[k * n + i] * sample[i];
      }
    }
    return z;
  }

  /** The probabilities of all classes, of two those of both. */
  private static double[] probabilities(double[] z) {
    if (z.length == 1) {
      return new double[] {1 / (1 + Math.exp(z[0])), 1 / (1 + Math.exp(-z[0]))};
    }
    double top = Double.NEGATIVE_INFINITY;
    for (double one : z) {
      top = Math.max(top, one);
    }
    double sum = 0;
    double[] all = new double[z.length];
    for (int k = 0; k < z.length; k++) {
      all[k] = Math.exp(z[k] - top);
      sum += all[k];
    }
    for (int k = 0; k < z.length; k++) {
      all[k] /= sum;
    }
    return all;
  }

  private static double loss(double[] z, int label) {
    if (z.length == 1) {
      double t = (1 - 2 * label) * z[0];
      return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
    }
    double others = 0;
    double top = z[label];
    for (double one : z) {
      top = Math.max(top, one);
    }
    boolean topSeen = false;
    for (double one : z) {
      others += one == top && !topSeen ? 0 : Math.exp(one - top);
      topSeen |= one == top;
    }
    return top - z[label] + Math.log1p(others);
  }

  private double valueOfStandard(double[] at) {
    int n = means.length + 1;
    double value = 0;
    for (int j = 0; j < x.length; j++) {
      value += s[j] == 0 ? 0 : s[j] * loss(scores(at, standard[j]), y[j]);
    }
    for (int c = 0; c < at.length; c++) {
      value += c % n == n - 1 ? 0 : penalty(c % n) / 2 * at[c] * at[c];
    }
    return value;
  }

  private void solve() {
    int n = means.length + 1;
    p = new double[columns * n];
    double value = valueOfStandard(p);
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      double[] step = step();
      double t = 1;
      double[] next = moved(step, t);
      double found = valueOfStandard(next);
      while (!(found <= value) && t > 1e-9) {
        t /= 2;
        next = moved(step, t);
        found = valueOfStandard(next);
      }
      double change = 0;
      for (int j = 0; j < x.length; j++) {
        double[] z = scores(step, standard[j]);
        for (int k = 0; s[j] > 0 && k < columns; k++) {
          // Of several columns only differences count.
          change = Math.max(change, Math.abs(columns == 1 ? z[0] : z[k] - z[y[j]]));
        }
      }
      if (found <= value) {
        p = next;
        value = found;
      }
      // Where there is no optimum, margins go on by 1 in each step.
      exists = l2 > 0 || change < 1e-6;
      if (change < 1e-11 || !(found <= value) || t <= 1e-9) {
        return;
      }
    }
  }

  private double[] moved(double[] step, double t) {
    double[] next = p.clone();
    for (int c = 0; c < next.length; c++) {
      next[c] += t * step[c];
    }
    return next;
  }

  private double[] step() {
    int n = means.length + 1;
    int all = columns * n;
    double[][] h = new double[all][all + 1];
    double[] v = new double[n];
    v[n - 1] = 1;
    for (int j = 0; j < x.length; j++) {
      if (s[j] == 0) {
        continue;
      }
      System.arraycopy(standard[j], 0, v, 0, n - 1);
      double[] q = probabilities(scores(p, standard[j]));
      for (int k = 0; k < columns; k++) {
        double own = columns == 1 ? q[1] : q[k];
        double other = columns == 1 ? q[0] : others(q, k);
        boolean isLabel = columns == 1 ? y[j] == 1 : y[j] == k;
        double error = isLabel ? -other : own;
        for (int i = 0; i < n; i++) {
          h[k * n + i][all] -= s[j] * error * v[i];
        }
        for (int l = 0; l < columns; l++) {
          double curvature = l == k ? own * other : -q[k] * q[l];
          for (int i = 0; i < n; i++) {
            double factor = s[j] * curvature * v[i];
            for (int c = 0; c < n; c++) {
              h[k * n + i][l * n + c] += factor * v[c];
            }
          }
        }
      }
    }
    for (int c = 0; c < all; c++) {
      double penalty = c % n == n - 1 ? 0 : penalty(c % n);
      h[c][all] -= penalty * p[c];
      // Where nothing decides, next to nothing does.
      h[c][c] += penalty + 1e-13 * (h[c][c] + 1e-30);
    }
    return eliminate(h);
  }

  private static double others(double[] q, int k) {
    double sum = 0;
    for (int l = 0; l < q.length; l++) {
      sum += l == k ? 0 : q[l];
    }
    return sum;
  }

  /**
   * Gaussian elimination of a matrix with its right side in the last column, along the diagonal.
   */
  private static double[] eliminate(double[][] a) {
    int n = a.length;
    double[] diagonal = new double[n];
    for (int k = 0; k < n; k++) {
      diagonal[k] = a[k][k];
    }
    for (int k = 0; k < n; k++) {
      boolean isNothing = !(a[k][k] > 1e-14 * diagonal[k]) || a[k][k] == 0;
      for (int i = k + 1; i < n && !isNothing; i++) {
        double factor = a[i][k] / a[k][k];
        for (int c = k; c <= n && factor != 0; c++) {
          a[i][c] -= factor * a[k][c];
        }
      }
      if (isNothing) {
        a[k][k] = Double.POSITIVE_INFINITY;
      }
    }
    double[] result = new double[n];
    for (int k = n - 1; k >= 0; k--) {
      double sum = a[k][n];
      for (int c = k + 1; c < n; c++) {
        sum -= a[k][c] * result[c];
      }
      result[k] = sum / a[k][k];
    }
    return result;
  }

  /** Whether there is an optimum. */
  boolean exists() {
    return exists;
  }

  /** m J at the optimum. */
  double value() {
    return valueOfStandard(p);
  }

  /** The probabilities of a sample at the optimum. */
  double[] probabilities(int j) {
    return probabilities(scores(p, standard[j]));
  }

  /** m J of a model, by w and b as they are. */
  double value(float[][] w, float[] b) {
    double value = 0;
    for (int j = 0; j < x.length; j++) {
      value += s[j] == 0 ? 0 : s[j] * loss(scoresOf(w, b, j), y[j]);
    }
    for (float[] column : w) {
      for (float weight : column) {
        value += l2 / 2 * (double) weight * weight;
      }
    }
    return value;
  }

  /** The probabilities that a model gives a sample, by w and b as they are. */
  double[] probabilities(float[][] w, float[] b, int j) {
    return probabilities(scoresOf(w, b, j));
  }

  private double[] scoresOf(float[][] w, float[] b, int j) {
    double[] z = new double[columns];
    for (int k = 0; k < columns; k++) {
      z[k] = b[k];
      for (int i = 0; i < means.length; i++) {
        z[k] += (double) w[k][i] * x[j][i];
      }
    }
    return z;
  }

  /** m J at zero weights. */
  double valueAtZero() {
    double weight = 0;
    for (double one : s) {
      weight += one;
    }
    return weight * Math.log(Math.max(2, columns));
  }
}
