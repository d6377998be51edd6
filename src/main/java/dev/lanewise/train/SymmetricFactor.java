// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.util.Arrays;

/**
 * A = L L' of a symmetric matrix whose diagonal is 1, which may be singular: a row that depends on
 * those before it, but for rounding, is left out, and the solution is 0 there.
 */
final class SymmetricFactor {

  // Of a row, what the rows before it do not explain: below, the row depends on them.
  private static final double LEAST = 1e-9;

  private final double[][] a;

  /** Row i of L, up to column i. */
  private final double[][] rows;

  private final boolean[] dependent;

  /**
   * Factors a matrix.
   *
   * @param a column k has its elements from k on; kept
   */
  SymmetricFactor(double[][] a) {
    int n = a.length;
    this.a = a;
    this.rows = new double[n][];
    this.dependent = new boolean[n];
    for (int i = 0; i < n; i++) {
      double[] row = new double[i + 1];
      for (int k = 0; k < i; k++) {
        row[k] = dependent[k] ? 0 : (a[k][i] - dot(row, rows[k], k)) / rows[k][k];
      }
      double pivot = a[i][i] - dot(row, row, i);
      dependent[i] = !(pivot >= LEAST);
      row[i] = dependent[i] ? 1 : Math.sqrt(pivot);
      if (dependent[i]) {
        Arrays.fill(row, 0, i, 0);
      }
      rows[i] = row;
    }
  }

  private static double dot(double[] x, double[] y, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum = Math.fma(x[i], y[i], sum);
    }
    return sum;
  }

  /** Whether a row depends on those before it. */
  boolean isDependent(int i) {
    return dependent[i];
  }

  /** How many rows do not depend on those before them. */
  int rank() {
    int rank = 0;
    for (boolean left : dependent) {
      rank += left ? 0 : 1;
    }
    return rank;
  }

  /** Solves A x = b. */
  double[] solve(double[] b) {
    double[] y = b.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] = dependent[i] ? 0 : (y[i] - dot(rows[i], y, i)) / rows[i][i];
    }
    for (int i = y.length - 1; i >= 0; i--) {
      y[i] = dependent[i] ? 0 : y[i] / rows[i][i];
      for (int k = 0; k < i; k++) {
        y[k] = Math.fma(-y[i], rows[i][k], y[k]);
      }
    }
    return y;
  }

  /** The inverse, whole. */
  double[][] inverse() {
    double[][] inverse = new double[rows.length][];
    for (int k = 0; k < rows.length; k++) {
      double[] unit = new double[rows.length];
      unit[k] = 1;
      inverse[k] = solve(unit);
    }
    return inverse;
  }

  /** The condition number in the 1-norm of the rows that depend on no others. */
  double condition(double[][] inverse) {
    double ofMatrix = 0;
    double ofInverse = 0;
    for (int k = 0; k < rows.length; k++) {
      if (dependent[k]) {
        continue;
      }
      double sum = 0;
      double sumOfInverse = 0;
      for (int i = 0; i < rows.length; i++) {
        if (dependent[i]) {
          continue;
        }
        sum += Math.abs(i < k ? a[i][k] : a[k][i]);
        sumOfInverse += Math.abs(inverse[k][i]);
      }
      ofMatrix = Math.max(ofMatrix, sum);
      ofInverse = Math.max(ofInverse, sumOfInverse);
    }
    return ofMatrix * ofInverse;
  }
}
