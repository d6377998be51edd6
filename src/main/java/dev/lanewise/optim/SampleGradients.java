// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

/**
 * H x = r of softmax by conjugate gradients in the space of the samples, in double: with H (C, b) =
 * (l2 C + D V, the sums of D V), V = G C + b. Each iteration takes one product with G, and no pass
 * over the samples.
 */
final class SampleGradients {

  private final SampleProducts g;
  private final SampleSoftmax softmax;
  private final double l2;
  private final boolean intercept;
  private final Combination preconditioned;
  private final Combination direction;
  private final Combination product;
  private final double[][] curved;
  private int iterations;

  SampleGradients(
      SampleProducts g, SampleSoftmax softmax, double l2, int outputs, boolean intercept) {
    this.intercept = intercept;
    this.g = g;
    this.softmax = softmax;
    this.l2 = l2;
    this.preconditioned = Combination.zero(outputs, g.samples());
    this.direction = Combination.zero(outputs, g.samples());
    this.product = Combination.zero(outputs, g.samples());
    this.curved = new double[outputs][g.samples()];
  }

  /**
   * Solves, from zero.
   *
   * @param preconditioner about the inverse of H
   * @param r the right side; the residual in the end
   * @param reduction of the residual's norm, measured by the preconditioner
   * @param most how many iterations there are at most
   * @param x receives the solution
   */
  void solve(
      SamplePreconditioner preconditioner,
      Combination r,
      double reduction,
      int most,
      Combination x) {
    x.clear();
    preconditioner.apply(r, preconditioned);
    direction.copy(preconditioned);
    double size = r.dot(preconditioned);
    double enough = reduction * reduction * size;
    for (iterations = 0; iterations < most && size > enough; iterations++) {
      multiply();
      double curvature = direction.dot(product);
      if (!(curvature > 0)) {
        break;
      }
      double step = size / curvature;
      x.add(step, direction);
      r.add(-step, product);
      preconditioner.apply(r, preconditioned);
      double next = r.dot(preconditioned);
      direction.combine(next / size, 1, preconditioned);
      size = next;
    }
    // What the steps have left of the products is rounding of another kind than theirs.
    g.times(x.c(), x.products());
  }

  /** H times the direction. */
  private void multiply() {
    int outputs = direction.outputs();
    for (int k = 0; k < outputs; k++) {
      for (int j = 0; j < g.samples(); j++) {
        curved[k][j] = direction.products()[k][j] + direction.bias()[k];
      }
    }
    softmax.curve(curved, curved);
    g.times(curved, product.products());
    for (int k = 0; k < outputs; k++) {
      double sum = 0;
      for (int j = 0; j < g.samples(); j++) {
        sum += curved[k][j];
        product.c()[k][j] = Math.fma(l2, direction.c()[k][j], curved[k][j]);
        product.products()[k][j] =
            Math.fma(l2, direction.products()[k][j], product.products()[k][j]);
      }
      product.bias()[k] = intercept ? sum : 0;
    }
  }

  /** How many iterations the last solution took. */
  int iterations() {
    return iterations;
  }
}
