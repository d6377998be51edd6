// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;

/**
 * Linear algebra on blocks of samples. Shapes and ranges are those of {@link Kernels}; a {@link
 * SampleMatrix} is a {@link FloatMatrix} or a {@link ByteMatrix}, whose elements count as {@link
 * #widen} gives them.
 */
public interface BlockKernels {

  /** Features in a section of {@link #gram}: part of the contract. */
  int GRAM_SECTION = 1024;

  /** The most rows, and columns, of a rectangle of {@link #gram}; changes no bit. */
  int GRAM_SIDE = 36;

  /**
   * Bytes as floats: byte * scale, rounded once.
   *
   * @param x bytes, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @param floats receives the elements in columns of the same numbers, d rows
   */
  void widen(ByteMatrix x, int from, int to, int fromRow, int toRow, FloatMatrix floats);

  /**
   * Equation (1): z_jk = w_k . x_j + b_k.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param w the weights, d x K
   * @param biases b, K x 1
   * @param z receives z_jk in row j of column k, m x K
   */
  void forward(SampleMatrix x, int from, int to, FloatMatrix w, FloatMatrix biases, FloatMatrix z);

  /**
   * The terms of equation (6) for some samples: g_ik = fma(e_jk, x_ij, g_ik), j ascending.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e m x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @param g d x K, added to; a block starts it from +0
   */
  void gradient(
      SampleMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g);

  /**
   * {@link #gradient(SampleMatrix, int, int, FloatMatrix, int, int, FloatMatrix)} of all features.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e m x K
   * @param g d x K, added to
   */
  default void gradient(SampleMatrix x, int from, int to, FloatMatrix e, FloatMatrix g) {
    gradient(x, from, to, e, 0, x.paddedRows(), g);
  }

  /**
   * The sum within one block of equations (4) and (7), in double, j ascending, from +0.
   *
   * @param v m x K
   * @param column which column is summed
   * @param from the first sample
   * @param to the sample after the last
   * @return the sum
   */
  double sum(FloatMatrix v, int column, int from, int to);

  /**
   * One node of the tree over the blocks: left_ik = left_ik + right_ik.
   *
   * @param left d x K, added to
   * @param right d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @param fromColumn the first column
   * @param toColumn the column after the last
   */
  void add(
      FloatMatrix left, FloatMatrix right, int fromRow, int toRow, int fromColumn, int toColumn);

  /**
   * {@link #add(FloatMatrix, FloatMatrix, int, int, int, int)} of all columns.
   *
   * @param left d x K, added to
   * @param right d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  default void add(FloatMatrix left, FloatMatrix right, int fromRow, int toRow) {
    add(left, right, fromRow, toRow, 0, left.columns());
  }

  /**
   * {@link #add(FloatMatrix, FloatMatrix, int, int)} of all features.
   *
   * @param left d x K, added to
   * @param right d x K
   */
  default void add(FloatMatrix left, FloatMatrix right) {
    add(left, right, 0, left.paddedRows());
  }

  /**
   * A scratch for {@link #gram}; each thread needs its own.
   *
   * @param workspace gives the memory
   * @return a matrix of +0, whose order is known to these kernels only
   */
  FloatMatrix gramScratch(Workspace workspace);

  /**
   * A rectangle of G = X'X: g_jk and g_kj with j &gt;= k. Rectangles share no entry.
   *
   * @param x X, d x m
   * @param rowFrom the first j
   * @param rowTo the j after the last, at most {@link #GRAM_SIDE} more
   * @param columnFrom the first k, at most {@code rowFrom}
   * @param columnTo the k after the last, at most {@link #GRAM_SIDE} more
   * @param g receives g_jk in row j of column k and in row k of column j, m x m
   * @param scratch of {@link #gramScratch}, overwritten
   */
  default void gram(
      FloatMatrix x,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      FloatMatrix g,
      FloatMatrix scratch) {
    scratch.clear();
    gram(x, rowFrom, rowTo, x, columnFrom, columnTo, 0, x.paddedRows(), scratch);
    fold(rowFrom, rowTo, columnFrom, columnTo, scratch, g);
  }

  /**
   * Some sections of a rectangle of G: adds their terms to the lanes of the entries g_jk with j
   * &gt;= k. Sections come in ascending order, and whole.
   *
   * @param rows has the samples j among its columns
   * @param rowFrom the first j
   * @param rowTo the j after the last, at most {@link #GRAM_SIDE} more
   * @param columns has the samples k among its columns
   * @param columnFrom the first k, at most {@code rowFrom}
   * @param columnTo the k after the last, at most {@link #GRAM_SIDE} more
   * @param from the first feature, a multiple of {@link #GRAM_SECTION}
   * @param to the feature after the last: another multiple, or the last of all with the padding
   * @param scratch of {@link #gramScratch}; {@link FloatMatrix#clear} it before the first section
   */
  void gram(
      FloatMatrix rows,
      int rowFrom,
      int rowTo,
      FloatMatrix columns,
      int columnFrom,
      int columnTo,
      int from,
      int to,
      FloatMatrix scratch);

  /**
   * The end of a rectangle of G: folds the lanes of its entries.
   *
   * @param rowFrom the first j
   * @param rowTo the j after the last
   * @param columnFrom the first k
   * @param columnTo the k after the last
   * @param scratch what all sections left in it
   * @param g receives g_jk in row j of column k and in row k of column j, for j &gt;= k, m x m
   */
  void fold(
      int rowFrom, int rowTo, int columnFrom, int columnTo, FloatMatrix scratch, FloatMatrix g);

  /**
   * A scratch for {@link #outer}; each thread needs its own.
   *
   * @param workspace gives the memory
   * @return a matrix whose order is known to these kernels only
   */
  FloatMatrix outerScratch(Workspace workspace);

  /**
   * The terms of H = X D X' for some samples and a rectangle of H: h_ik = fma(x_ij * d_j, x_kj,
   * h_ik), j ascending, the product rounded once. Of column k, the rows from the last multiple of
   * 16 up to k on are computed; the others are left alone. Rectangles share no entry.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param d the diagonal of D, m x 1
   * @param fromRow the first i, a multiple of 16
   * @param toRow the i after the last, a multiple of 16
   * @param fromColumn the first k, a multiple of 16
   * @param toColumn the k after the last, at most d
   * @param h d x d, added to; a block starts it from +0. It may have moved to the columns wanted
   * @param scratch of {@link #outerScratch}, overwritten
   */
  void outer(
      FloatMatrix x,
      int from,
      int to,
      FloatMatrix d,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      FloatMatrix h,
      FloatMatrix scratch);
}
