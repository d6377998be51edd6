package dev.lanewise.solve;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The inverse of a second derivative at some point, of a part of the samples perhaps. */
final class DensePreconditioner implements Preconditioner {

  private final Cholesky factor;
  private final double[] vector;

  private DensePreconditioner(Cholesky factor, int parameters) {
    this.factor = factor;
    this.vector = new double[parameters];
  }

  /**
   * Of the second derivative where an objective was computed last. Where it is singular but for
   * rounding (a feature that is always zero, no penalty), a little is added to the diagonal.
   *
   * @return null if it is not made of numbers, or zero
   */
  static DensePreconditioner of(Objective objective, int share, int features) {
    int n = features + 1;
    double[][] h = new double[n][n];
    objective.hessian(share, h);
    double trace = 0;
    for (int k = 0; k < n; k++) {
      trace += h[k][k];
    }
    double[] diagonal = new double[n];
    for (int k = 0; k < n; k++) {
      diagonal[k] = h[k][k];
    }
    for (double ridge = 0x1p-30 * trace / n; ; ridge *= 64) {
      double[][] copy = new double[n][];
      for (int k = 0; k < n; k++) {
        copy[k] = h[k].clone();
        copy[k][k] = diagonal[k] + ridge;
      }
      Cholesky factor = Cholesky.factor(copy);
      if (factor != null) {
        return new DensePreconditioner(factor, n);
      }
      if (!(ridge > 0) || Double.isInfinite(ridge)) {
        return null;
      }
    }
  }

  @Override
  public void apply(Point r, Point result) {
    int n = vector.length;
    MemorySegment from = r.weights().segment();
    for (int i = 0; i < n - 1; i++) {
      vector[i] = from.get(JAVA_FLOAT, (long) i * Float.BYTES);
    }
    vector[n - 1] = r.bias()[0];
    factor.solve(vector);
    MemorySegment to = result.weights().segment();
    for (int i = 0; i < n - 1; i++) {
      to.set(JAVA_FLOAT, (long) i * Float.BYTES, (float) vector[i]);
    }
    result.bias()[0] = (float) vector[n - 1];
  }
}
