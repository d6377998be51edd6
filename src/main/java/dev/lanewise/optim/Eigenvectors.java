// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

/** The eigenvectors of a small symmetric matrix, by Jacobi's rotations in a fixed order. */
final class Eigenvectors {

  private static final int MOST_SWEEPS = 30;
  private static final double ENOUGH = 0x1p-50;

  private Eigenvectors() {}

  /**
   * Finds them.
   *
   * @param a n x n, symmetric, overwritten
   * @return n vectors of unit length, orthogonal but for rounding, in no particular order
   */
  static double[][] of(double[][] a) {
    int n = a.length;
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    boolean turned = true;
    for (int sweep = 0; sweep < MOST_SWEEPS && turned; sweep++) {
      turned = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (Math.abs(a[p][q]) > ENOUGH * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) {
            turn(a, p, q, vectors);
            turned = true;
          }
        }
      }
    }
    return vectors;
  }

  /** Makes a_pq zero (Golub and Van Loan, Matrix Computations, 8.5). */
  private static void turn(double[][] a, int p, int q, double[][] vectors) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double root = Math.sqrt(1 + theta * theta);
    double t = theta >= 0 ? 1 / (theta + root) : 1 / (theta - root);
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    for (int i = 0; i < a.length; i++) {
      double ip = a[i][p];
      double iq = a[i][q];
      a[i][p] = c * ip - s * iq;
      a[i][q] = s * ip + c * iq;
    }
    rotate(a[p], a[q], c, s);
    rotate(vectors[p], vectors[q], c, s);
  }

  private static void rotate(double[] p, double[] q, double c, double s) {
    for (int i = 0; i < p.length; i++) {
      double ip = p[i];
      double iq = q[i];
      p[i] = c * ip - s * iq;
      q[i] = s * ip + c * iq;
    }
  }
}
