package dev.lanewise.solve;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The inverse of the second derivative of softmax in the space of the samples, as if the columns
 * had nothing to do with one another: column k has H_k = l2 + X D_k X' and the bias, with D_k = s
 * p_k (1 - p_k), inverted by a factored m x m matrix (Woodbury's identity). Of what comes out only
 * differences of columns are kept, since losses see no more.
 */
final class SamplePreconditioner {

  // Of samples that are told apart beyond doubt, or weigh nothing; only keeps divisions finite.
  private static final double LEAST_CURVATURE = 0x1p-40;

  /** What is known of a column. */
  private static final class Column {

    /** D^1/2. */
    private final double[] root;

    /** B = l2 + D^1/2 G D^1/2. */
    private final Cholesky factor;

    /** B^-1 D^1/2 1, and the product of that with D^1/2 1. */
    private final double[] ofOnes;

    private final double onesTimes;

    Column(double[] root, Cholesky factor) {
      this.root = root;
      this.factor = factor;
      this.ofOnes = root.clone();
      factor.solve(ofOnes);
      this.onesTimes = dot(root, ofOnes);
    }
  }

  private final Objective objective;
  private final double l2;
  private final Column[] columns;

  private SamplePreconditioner(Objective objective, Column[] columns) {
    this.objective = objective;
    this.l2 = objective.l2();
    this.columns = columns;
  }

  /**
   * Where probabilities were looked for last.
   *
   * @return null where a matrix is not positive definite: G has lost it to rounding
   */
  static SamplePreconditioner of(Objective objective, SampleProducts g, SampleSoftmax softmax) {
    int count = softmax.probabilities().length;
    double[][] roots = new double[count][];
    for (int k = 0; k < count; k++) {
      roots[k] = roots(softmax, k);
    }
    Column[] columns = new Column[count];
    AtomicBoolean complete = new AtomicBoolean(true);
    objective.each(
        count,
        k -> {
          // Where all classes are as likely, at zero weights, one is as the other.
          if (k == 0 || !Arrays.equals(roots[k], roots[0])) {
            Cholesky factor = factor(g, roots[k], objective.l2());
            if (factor == null) {
              complete.set(false);
            } else {
              columns[k] = new Column(roots[k], factor);
            }
          }
        });
    for (int k = 1; k < count; k++) {
      columns[k] = columns[k] == null ? columns[0] : columns[k];
    }
    return complete.get() ? new SamplePreconditioner(objective, columns) : null;
  }

  private static double[] roots(SampleSoftmax softmax, int k) {
    double[] p = softmax.probabilities()[k];
    double[] roots = new double[p.length];
    for (int j = 0; j < roots.length; j++) {
      double curvature = softmax.weight(j) * (p[j] * (1 - p[j]));
      roots[j] = Math.sqrt(Math.max(curvature, LEAST_CURVATURE));
    }
    return roots;
  }

  private static Cholesky factor(SampleProducts g, double[] root, double l2) {
    int m = root.length;
    double[][] b = new double[m][m];
    for (int k = 0; k < m; k++) {
      double[] column = b[k];
      double[] ofG = g.column(k);
      for (int j = k; j < m; j++) {
        column[j] = root[k] * root[j] * ofG[j];
      }
      column[k] += l2;
    }
    return Cholesky.factor(b);
  }

  /**
   * Applies it: of column k, with u = B^-1 D^1/2 (G r + l2 b) and b such that the sum of D^1/2 u is
   * the bias of r,
   *
   * <pre>c = (r - D^1/2 u) / l2, G c = D^-1/2 u - b</pre>
   *
   * @param r what it is applied to
   * @param result receives the product
   */
  void apply(Combination r, Combination result) {
    objective.each(columns.length, k -> apply(k, r, result));
    center(result);
  }

  private void apply(int k, Combination r, Combination result) {
    Column column = columns[k];
    double[] root = column.root;
    double[] u = new double[root.length];
    for (int j = 0; j < u.length; j++) {
      u[j] = root[j] * r.products()[k][j];
    }
    column.factor.solve(u);
    double bias = (r.bias()[k] - dot(root, u)) / (l2 * column.onesTimes);
    double[] c = result.c()[k];
    double[] products = result.products()[k];
    for (int j = 0; j < u.length; j++) {
      double all = Math.fma(l2 * bias, column.ofOnes[j], u[j]);
      c[j] = (r.c()[k][j] - root[j] * all) / l2;
      products[j] = all / root[j] - bias;
    }
    result.bias()[k] = bias;
  }

  /** Takes the mean of the columns from each. */
  private static void center(Combination x) {
    center(x.c());
    center(x.products());
    double sum = 0;
    for (double bias : x.bias()) {
      sum += bias;
    }
    for (int k = 0; k < x.columns(); k++) {
      x.bias()[k] -= sum / x.columns();
    }
  }

  private static void center(double[][] columns) {
    for (int j = 0; j < columns[0].length; j++) {
      double sum = 0;
      for (double[] column : columns) {
        sum += column[j];
      }
      double mean = sum / columns.length;
      for (double[] column : columns) {
        column[j] -= mean;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum = Math.fma(a[j], b[j], sum);
    }
    return sum;
  }
}
