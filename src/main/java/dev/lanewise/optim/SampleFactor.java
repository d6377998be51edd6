// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

/**
 * The second derivative of one output in the space of the samples, factored: B = l2 + D^1/2 G
 * D^1/2, with the bias beside it.
 */
final class SampleFactor {

  // The smallest value, for samples of probability 0 or 1 or of weight 0; keeps divisions finite.
  private static final double LEAST_CURVATURE = 0x1p-40;

  private final Cholesky factor;
  private final double l2;

  /** D^1/2. */
  private final double[] root;

  /** B^-1 D^1/2 1, and the product of that with D^1/2 1. */
  private final double[] ofOnes;

  private final double onesTimes;

  private final boolean intercept;

  private SampleFactor(double[] root, Cholesky factor, double l2, boolean intercept) {
    this.root = root;
    this.intercept = intercept;
    this.factor = factor;
    this.l2 = l2;
    this.ofOnes = root.clone();
    factor.solve(ofOnes);
    this.onesTimes = dot(root, ofOnes);
  }

  /** D^1/2 of the curvature of a sample. */
  static double root(double curvature) {
    return Math.sqrt(Math.max(curvature, LEAST_CURVATURE));
  }

  /**
   * Factors.
   *
   * @param root D^1/2, which is kept
   * @param intercept whether there is a bias; else it is 0
   * @return null if B is not positive definite, because of the rounding errors of G
   */
  static SampleFactor of(double[][] g, double[] root, double l2, boolean intercept) {
    int m = root.length;
    double[][] b = new double[m][m];
    for (int k = 0; k < m; k++) {
      double[] column = b[k];
      double[] ofG = g[k];
      for (int j = k; j < m; j++) {
        column[j] = root[k] * root[j] * ofG[j];
      }
      column[k] += l2;
    }
    Cholesky factor = Cholesky.factor(b);
    return factor == null ? null : new SampleFactor(root, factor, l2, intercept);
  }

  double root(int j) {
    return root[j];
  }

  /**
   * Solves l2 w + X q = r and sum q = r_b, with q = D (X'w + b): B u = D^1/2 (X'r + l2 b), q =
   * D^1/2 u (Woodbury's identity).
   *
   * @param products X'r; u in the end
   * @param ofBias r_b
   * @return b
   */
  double solve(double[] products, double ofBias) {
    for (int j = 0; j < root.length; j++) {
      products[j] *= root[j];
    }
    factor.solve(products);
    if (!intercept) {
      return 0;
    }
    double bias = (ofBias - dot(root, products)) / (l2 * onesTimes);
    for (int j = 0; j < root.length; j++) {
      products[j] = Math.fma(l2 * bias, ofOnes[j], products[j]);
    }
    return bias;
  }

  /**
   * Solves B u = r in the place of r, and then for the b that makes the sum of D^1/2 (u - b B^-1
   * D^1/2 1) zero.
   */
  double solveFree(double[] r) {
    factor.solve(r);
    if (!intercept) {
      return 0;
    }
    double bias = dot(root, r) / onesTimes;
    for (int j = 0; j < root.length; j++) {
      r[j] -= bias * ofOnes[j];
    }
    return bias;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum = Math.fma(a[j], b[j], sum);
    }
    return sum;
  }
}
