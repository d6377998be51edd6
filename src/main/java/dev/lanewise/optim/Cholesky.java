// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

/**
 * A = L L' of a symmetric positive definite matrix, in double, and solutions with it.
 *
 * <p>Columns are arrays of their own and loops run down them, one multiply-add for each element:
 * Java's compiler makes vector instructions of such loops without changing a bit, where sums along
 * a row would stay scalar.
 */
final class Cholesky {

  // So many columns at once stay in the second-level cache while the others are updated.
  private static final int PANEL = 32;

  // Pivots up to this multiple of the rounding error of a matrix count as rounding errors.
  private static final double DEPENDENT = 16;

  private final int n;

  /** Of the pivots, each divided by the size of its element of the diagonal. */
  private final double smallest;

  private final double least;

  /** Column k of L, from row k on. */
  private final double[][] columns;

  /** Row k of L, up to column k: the columns once more, for the solution with L'. */
  private final double[][] rows;

  private Cholesky(int n, double[][] columns, double smallest, double least) {
    this.n = n;
    this.smallest = smallest;
    this.least = least;
    this.columns = columns;
    this.rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = new double[i + 1];
    }
    for (int k = 0; k < n; k++) {
      double[] column = columns[k];
      for (int i = k; i < n; i++) {
        rows[i][k] = column[i];
      }
    }
  }

  /**
   * Factors a matrix in its place.
   *
   * @param a column k has n elements, of which those from row k on are read, and overwritten
   * @return the factor, which keeps {@code a}; null if the matrix is not positive definite
   */
  static Cholesky factor(double[][] a) {
    return factor(a, new double[a.length], 0);
  }

  /**
   * The same of a matrix that may be singular but for rounding.
   *
   * @param sizes of the elements of the diagonal
   * @param least a pivot up to this fraction of its size is rounding: its row depends on those
   *     before, and the size takes the place of the pivot; 0 for none
   */
  private static Cholesky factor(double[][] a, double[] sizes, double least) {
    int n = a.length;
    double smallest = Double.POSITIVE_INFINITY;
    for (int from = 0; from < n; from += PANEL) {
      int to = Math.min(n, from + PANEL);
      for (int k = from; k < to; k++) {
        double[] column = a[k];
        update(column, k, a, from, k, n);
        double pivot = column[k];
        smallest = Math.min(smallest, pivot / sizes[k]);
        if (least > 0 && pivot <= least * sizes[k]) {
          pivot = sizes[k];
        }
        if (!(pivot > 0) || Double.isInfinite(pivot)) {
          return null;
        }
        double root = Math.sqrt(pivot);
        column[k] = root;
        scale(column, 1 / root, k + 1, n);
      }
      for (int k = to; k < n; k++) {
        update(a[k], k, a, from, to, n);
      }
    }
    return new Cholesky(n, a, smallest, least);
  }

  /**
   * Factors a matrix that may be singular but for rounding: a feature is there twice, or every
   * level of a column has one, and there is no penalty. Each element of its diagonal grows by its
   * rounding, or more where that is not enough.
   *
   * @param h column k has n elements, of which those from row k on are read
   * @param rounding of its elements, relative to those of the diagonal
   * @return the factor; null if the matrix is not made of numbers
   */
  static Cholesky factorNear(double[][] h, double rounding) {
    for (double ridge = rounding; ridge < 1; ridge *= 64) {
      Cholesky factor = factor(grown(h, ridge), sizes(h), 0);
      if (factor != null) {
        return factor;
      }
    }
    return null;
  }

  /**
   * The same, but where nothing but rounding is left of a pivot, a solution, which would consist of
   * rounding, has what its own row alone says.
   *
   * @param h column k has n elements, of which those from row k on are read
   * @param rounding of its elements, relative to those of the diagonal
   * @return the factor; null if the matrix is not made of numbers
   */
  static Cholesky factorIndependent(double[][] h, double rounding) {
    Cholesky near = factorNear(h, rounding);
    double least = DEPENDENT * rounding;
    // What is added to the diagonal comes together in the pivots of rows that depend on others.
    if (near == null || near.smallest > h.length * least) {
      return near;
    }
    Cholesky factor = factor(grown(h, 0), sizes(h), least);
    return factor != null && factor.isSingular() ? factor : near;
  }

  private static double[][] grown(double[][] h, double ridge) {
    int n = h.length;
    double[][] copy = new double[n][];
    for (int k = 0; k < n; k++) {
      copy[k] = h[k].clone();
      copy[k][k] = h[k][k] == 0 ? 1 : h[k][k] * (1 + ridge);
    }
    return copy;
  }

  private static double[] sizes(double[][] h) {
    double[] sizes = new double[h.length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = h[k][k] == 0 ? 1 : h[k][k];
    }
    return sizes;
  }

  /** Whether a row depends on those before it, but for rounding. */
  boolean isSingular() {
    return smallest <= least;
  }

  /** Takes from column k what the columns {@code from} to {@code to} of L make of it. */
  private static void update(double[] column, int k, double[][] l, int from, int to, int n) {
    int p = from;
    for (; p + 4 <= to; p += 4) {
      subtract(column, l[p], l[p + 1], l[p + 2], l[p + 3], k, n);
    }
    for (; p < to; p++) {
      add(column, -l[p][k], l[p], k, n);
    }
  }

  // y -= x0[k] x0 + ... + x3[k] x3, one after the other.
  private static void subtract(
      double[] y, double[] x0, double[] x1, double[] x2, double[] x3, int k, int n) {
    double c0 = -x0[k];
    double c1 = -x1[k];
    double c2 = -x2[k];
    double c3 = -x3[k];
    for (int i = k; i < n; i++) {
      double sum = Math.fma(c0, x0[i], y[i]);
      sum = Math.fma(c1, x1[i], sum);
      sum = Math.fma(c2, x2[i], sum);
      y[i] = Math.fma(c3, x3[i], sum);
    }
  }

  private static void add(double[] y, double factor, double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.fma(factor, x[i], y[i]);
    }
  }

  private static void scale(double[] y, double factor, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] *= factor;
    }
  }

  /**
   * Solves A x = b in the place of b.
   *
   * @param b n numbers
   */
  void solve(double[] b) {
    for (int k = 0; k < n; k++) {
      double value = b[k] / columns[k][k];
      b[k] = value;
      add(b, -value, columns[k], k + 1, n);
    }
    for (int k = n - 1; k >= 0; k--) {
      double value = b[k] / rows[k][k];
      b[k] = value;
      add(b, -value, rows[k], 0, k);
    }
  }
}
