package dev.lanewise.optim;

import dev.lanewise.loss.Objective;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The inverse of the second derivative of softmax in the space of the samples, as if the columns
 * had nothing to do with one another: column k has H_k = l2 + X D_k X' and the bias, with D_k = s
 * p_k (1 - p_k), inverted by a factored m x m matrix (Woodbury's identity). Of what comes out only
 * differences of columns are kept, since losses see no more.
 */
final class SamplePreconditioner {

  private final Objective objective;
  private final double l2;
  private final SampleFactor[] columns;

  private SamplePreconditioner(Objective objective, SampleFactor[] columns) {
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
    SampleFactor[] columns = new SampleFactor[count];
    AtomicBoolean complete = new AtomicBoolean(true);
    objective.each(
        count,
        k -> {
          // Where all classes are as likely, at zero weights, one is as the other.
          if (k == 0 || !Arrays.equals(roots[k], roots[0])) {
            columns[k] = SampleFactor.of(g.columns(), roots[k], objective.l2());
            if (columns[k] == null) {
              complete.set(false);
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
      roots[j] = SampleFactor.root(softmax.weight(j) * (p[j] * (1 - p[j])));
    }
    return roots;
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
    SampleFactor column = columns[k];
    double[] u = r.products()[k].clone();
    double bias = column.solve(u, r.bias()[k]);
    double[] c = result.c()[k];
    double[] products = result.products()[k];
    for (int j = 0; j < u.length; j++) {
      c[j] = (r.c()[k][j] - column.root(j) * u[j]) / l2;
      products[j] = u[j] / column.root(j) - bias;
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
}
