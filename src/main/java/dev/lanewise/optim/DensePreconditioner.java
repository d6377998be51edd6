// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.Parameters;
import java.lang.foreign.MemorySegment;

/** The inverse of a second derivative of a single output, perhaps of a subset of the samples. */
final class DensePreconditioner implements Preconditioner {

  private static final double[] ONE = {1};

  private final Cholesky factor;
  private final Scales scales;
  private final double[] vector;

  private DensePreconditioner(Cholesky factor, Scales scales, int parameters) {
    this.factor = factor;
    this.scales = scales;
    this.vector = new double[parameters];
  }

  /**
   * Returns the inverse of an objective's second derivative.
   *
   * @return null if the second derivative is not finite, or zero
   */
  static DensePreconditioner of(
      ConvexObjective objective, int fraction, int features, Scales scales) {
    int n = features + 1;
    double[][] h = new double[n][n];
    objective.hessian(ONE, fraction, h);
    scales.divide(h);
    Cholesky factor = Cholesky.factorIndependent(h, Curvature.ROUNDING);
    return factor == null ? null : new DensePreconditioner(factor, scales, n);
  }

  @Override
  public boolean isSingular() {
    return factor.isSingular();
  }

  @Override
  public void apply(Parameters r, Parameters result) {
    int n = vector.length;
    MemorySegment from = r.weights().segment();
    for (int i = 0; i < n - 1; i++) {
      vector[i] = from.get(JAVA_FLOAT, (long) i * Float.BYTES);
    }
    vector[n - 1] = r.bias(0);
    scales.divide(vector);
    factor.solve(vector);
    scales.divide(vector);
    MemorySegment to = result.weights().segment();
    for (int i = 0; i < n - 1; i++) {
      to.set(JAVA_FLOAT, (long) i * Float.BYTES, (float) vector[i]);
    }
    result.setBias(0, (float) vector[n - 1]);
  }
}
