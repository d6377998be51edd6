package dev.lanewise.kernel;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;

/**
 * The arithmetic of training, each operation defined to the bit by {@code docs/contract.md}: every
 * implementation gives the same bits, whatever its width and whether it is compiled or not.
 *
 * <p>X is d x m, one sample a column. w and g are d x 1; z, a, y, e and losses are m x 1, so that
 * sample j stands in row j. A range of samples is {@code from} (inclusive) to {@code to}
 * (exclusive); nothing outside it is read or written. Implementations keep nothing between calls
 * but scratch memory for each thread, allocate nothing once it has grown to what is asked of them,
 * and may be used by many threads; they assume what the caller has checked: that shapes agree, that
 * ranges lie within them, and that no output overlaps an input.
 */
public interface Kernels {

  /** Features in a section of {@link #gram}: part of the contract. */
  int GRAM_SECTION = 1024;

  /** Rows and columns of G that one call of {@link #gram} computes at most; changes no bit. */
  int GRAM_TILE = 36;

  /** Columns of the scratch of {@link #gram}: one for each entry, for its lanes. */
  int GRAM_SCRATCH = GRAM_TILE * GRAM_TILE;

  /** Rows, and columns, of H that {@link #outer} keeps together in a cache; changes no bit. */
  int OUTER_TILE = 192;

  /** Samples that {@link #outer} takes at once; changes no bit. */
  int OUTER_SAMPLES = 128;

  /** Columns of the scratch of {@link #outer}: the features of two tiles, and room for a vector. */
  int OUTER_SCRATCH = 2 * OUTER_TILE * OUTER_SAMPLES / FloatMatrix.LANES + 1;

  /**
   * The name on the command line and in JSON.
   *
   * @return {@code scalar} or {@code simd}
   */
  String name();

  /**
   * How many floats one instruction works on.
   *
   * @return 1 for the scalar kernels, else 4, 8 or 16
   */
  int lanes();

  /**
   * Turns bytes into floats: byte * scale, one rounding. Each element stands for itself, so that
   * any part of a matrix can be turned at any time.
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
   * Equation (1): z_j = w . x_j + b.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param w the weights, d x 1
   * @param bias b
   * @param z receives z_j in row j, m x 1
   */
  void forward(FloatMatrix x, int from, int to, FloatMatrix w, float bias, FloatMatrix z);

  /**
   * Equation (1) on bytes: the bits of {@link #widen}, then {@link #forward(FloatMatrix, int, int,
   * FloatMatrix, float, FloatMatrix)}.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param w the weights, d x 1
   * @param bias b
   * @param z receives z_j in row j, m x 1
   */
  void forward(ByteMatrix x, int from, int to, FloatMatrix w, float bias, FloatMatrix z);

  /**
   * Equation (1) on whatever a {@link Stage} gives: floats or bytes.
   *
   * @param x X, d x m; a {@link FloatMatrix} or a {@link ByteMatrix}
   * @param from the first sample
   * @param to the sample after the last
   * @param w the weights, d x 1
   * @param bias b
   * @param z receives z_j in row j, m x 1
   */
  default void forward(SampleMatrix x, int from, int to, FloatMatrix w, float bias, FloatMatrix z) {
    if (x instanceof ByteMatrix bytes) {
      forward(bytes, from, to, w, bias, z);
    } else {
      forward((FloatMatrix) x, from, to, w, bias, z);
    }
  }

  /**
   * Equation (1) for K classes: z_jk = w_k . x_j + b_k, each with the bits it has alone. X is read
   * once.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param w the weights, d x K
   * @param bias K numbers b_k
   * @param z receives z_jk in row j of column k, m x K
   */
  void forward(FloatMatrix x, int from, int to, FloatMatrix w, float[] bias, FloatMatrix z);

  /**
   * Equation (1) for K classes on bytes: the bits of {@link #widen}, then {@link
   * #forward(FloatMatrix, int, int, FloatMatrix, float[], FloatMatrix)}.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param w the weights, d x K
   * @param bias K numbers b_k
   * @param z receives z_jk in row j of column k, m x K
   */
  void forward(ByteMatrix x, int from, int to, FloatMatrix w, float[] bias, FloatMatrix z);

  /**
   * Equation (1) for K classes on whatever a {@link Stage} gives: floats or bytes.
   *
   * @param x X, d x m; a {@link FloatMatrix} or a {@link ByteMatrix}
   * @param from the first sample
   * @param to the sample after the last
   * @param w the weights, d x K
   * @param bias K numbers b_k
   * @param z receives z_jk in row j of column k, m x K
   */
  default void forward(
      SampleMatrix x, int from, int to, FloatMatrix w, float[] bias, FloatMatrix z) {
    if (x instanceof ByteMatrix bytes) {
      forward(bytes, from, to, w, bias, z);
    } else {
      forward((FloatMatrix) x, from, to, w, bias, z);
    }
  }

  /**
   * Equation (2): a_j = g(z_j).
   *
   * @param z m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param a receives a_j in row j, m x 1
   */
  void sigmoid(FloatMatrix z, int from, int to, FloatMatrix a);

  /**
   * The bracket of equations (6) and (7): e_j = a_j - y_j, computed as s_j g(s_j z_j) with s_j = 1
   * - 2 y_j, which is the same number without the cancellation of a - 1.
   *
   * @param z m x 1
   * @param y labels 0 or 1, m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param e receives e_j in row j, m x 1
   */
  void error(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e);

  /**
   * Equation (3): L_j = -y_j log a_j - (1 - y_j) log(1 - a_j), computed as softplus(s_j z_j) with
   * s_j = 1 - 2 y_j, so that it is finite for every finite z_j.
   *
   * @param z m x 1
   * @param y labels 0 or 1, m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param losses receives L_j in row j, m x 1
   */
  void loss(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix losses);

  /**
   * Softmax regression's equations (2), (3) and the bracket of (6) and (7). With p_jk = exp(z_jk) /
   * sum of exp(z_jl) over l, e_jk = p_jk - [k = y_j] and L_j = -log p_jk for k = y_j, computed from
   * the distances to the largest z_jk, without cancellation and without overflow.
   *
   * <p>Where a label is -1, there is no class to take away: e_jk is p_jk, and L_j of no use.
   *
   * @param z m x K
   * @param y labels, 0 to K - 1 or -1, m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param e receives e_jk in row j of column k, m x K
   * @param losses receives L_j in row j, m x 1
   */
  void softmax(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e, FloatMatrix losses);

  /**
   * The second derivative of the softmax loss by the z_jk of a sample, times a vector: v_jk = p_jk
   * (v_jk - sum of p_jl v_jl over l).
   *
   * @param p probabilities, m x K
   * @param v m x K, overwritten
   * @param from the first sample
   * @param to the sample after the last
   */
  void softmaxCurvature(FloatMatrix p, FloatMatrix v, int from, int to);

  /**
   * The second derivative of the loss by z: d_j = g(z_j) g(-z_j), which is a_j (1 - a_j) without
   * the cancellation.
   *
   * @param z m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param d receives d_j in row j, m x 1
   */
  void curvature(FloatMatrix z, int from, int to, FloatMatrix d);

  /**
   * Weighs samples: v_j = v_j * s_j.
   *
   * @param v m x K; each column is multiplied
   * @param s the weights of the samples, m x 1
   * @param from the first sample
   * @param to the sample after the last
   */
  void multiply(FloatMatrix v, FloatMatrix s, int from, int to);

  /**
   * The terms of equation (6) for one range of samples: g_ik = fma(e_jk, x_ij, g_ik), j ascending;
   * for two classes K is 1. X is read once.
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
      FloatMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g);

  /**
   * The terms of equation (6) on bytes: the bits of {@link #widen}, then {@link
   * #gradient(FloatMatrix, int, int, FloatMatrix, int, int, FloatMatrix)}.
   *
   * @param x X, d x m
   * @param from the first sample
   * @param to the sample after the last
   * @param e m x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @param g d x K, added to
   */
  void gradient(
      ByteMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g);

  /**
   * The terms of equation (6) on whatever a {@link Stage} gives: floats or bytes.
   *
   * @param x X, d x m; a {@link FloatMatrix} or a {@link ByteMatrix}
   * @param from the first sample
   * @param to the sample after the last
   * @param e m x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @param g d x K, added to
   */
  default void gradient(
      SampleMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    if (x instanceof ByteMatrix bytes) {
      gradient(bytes, from, to, e, fromRow, toRow, g);
    } else {
      gradient((FloatMatrix) x, from, to, e, fromRow, toRow, g);
    }
  }

  /**
   * {@link #gradient(SampleMatrix, int, int, FloatMatrix, int, int, FloatMatrix)} for all features.
   *
   * @param x X, d x m; a {@link FloatMatrix} or a {@link ByteMatrix}
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
   * {@link #sum(FloatMatrix, int, int, int)} of the first column.
   *
   * @param v m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @return the sum
   */
  default double sum(FloatMatrix v, int from, int to) {
    return sum(v, 0, from, to);
  }

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
   * {@link #add(FloatMatrix, FloatMatrix, int, int, int, int)} for all columns.
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
   * {@link #add(FloatMatrix, FloatMatrix, int, int)} for all features.
   *
   * @param left d x K, added to
   * @param right d x K
   */
  default void add(FloatMatrix left, FloatMatrix right) {
    add(left, right, 0, left.paddedRows());
  }

  /**
   * A rectangle of G = X'X: g_jk and g_kj for the samples j of {@code rowFrom} to {@code rowTo} and
   * k of {@code columnFrom} to {@code columnTo} with j &gt;= k; the pairs with j &lt; k are left
   * alone. Rectangles share nothing, so that threads may compute them at once, each with a scratch
   * of its own.
   *
   * @param x X, d x m
   * @param rowFrom the first j
   * @param rowTo the j after the last, at most {@link #GRAM_TILE} more
   * @param columnFrom the first k, at most {@code rowFrom}
   * @param columnTo the k after the last, at most {@link #GRAM_TILE} more
   * @param g receives g_jk in row j of column k and in row k of column j, m x m
   * @param lanes {@value FloatMatrix#LANES} x {@link #GRAM_SCRATCH}, overwritten
   */
  default void gram(
      FloatMatrix x,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      FloatMatrix g,
      FloatMatrix lanes) {
    lanes.clear();
    gram(x, rowFrom, rowTo, x, columnFrom, columnTo, 0, x.paddedRows(), lanes);
    fold(rowFrom, rowTo, columnFrom, columnTo, lanes, g);
  }

  /**
   * Some sections of a rectangle of G: adds what they give to the lanes of its entries. Sections
   * come in ascending order, and whole.
   *
   * @param rows has the samples j among its columns
   * @param rowFrom the first j
   * @param rowTo the j after the last, at most {@link #GRAM_TILE} more
   * @param columns has the samples k among its columns
   * @param columnFrom the first k, at most {@code rowFrom}
   * @param columnTo the k after the last, at most {@link #GRAM_TILE} more
   * @param from the first feature, a multiple of {@link #GRAM_SECTION}
   * @param to the feature after the last: another multiple, or the last of all with the padding
   * @param lanes {@value FloatMatrix#LANES} x {@link #GRAM_SCRATCH}, in an order of the kernels'
   *     own; +0 before the first section
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
      FloatMatrix lanes);

  /**
   * The end of a rectangle of G: folds the lanes of its entries.
   *
   * @param rowFrom the first j
   * @param rowTo the j after the last
   * @param columnFrom the first k
   * @param columnTo the k after the last
   * @param lanes what all sections left in them; may be overwritten
   * @param g receives g_jk in row j of column k and in row k of column j, for j &gt;= k, m x m
   */
  void fold(int rowFrom, int rowTo, int columnFrom, int columnTo, FloatMatrix lanes, FloatMatrix g);

  /**
   * The terms of H = X D X', the second derivative of the cost by the weights, for one range of
   * samples and a rectangle of H: h_ik = fma(x_ij * d_j, x_kj, h_ik), j ascending, the product
   * rounded once. H is symmetric but for rounding, so that only the entries at and below the
   * diagonal are wanted: of column k, the rows from the last multiple of 16 up to k on; the others
   * are left alone. Rectangles share nothing, so that threads may compute them at once, each with a
   * scratch of its own.
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
   * @param scratch {@value FloatMatrix#LANES} x {@link #OUTER_SCRATCH}, overwritten
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

  /**
   * Equation (8): w_i = fma(step, g_i, w_i). And with any factor for step, what is added to a
   * vector along another.
   *
   * @param w d x K; each column is moved
   * @param step -alpha / m, rounded to float once
   * @param g the summed gradient, not yet divided by m, d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void update(FloatMatrix w, float step, FloatMatrix g, int fromRow, int toRow);

  /**
   * {@link #update(FloatMatrix, float, FloatMatrix, int, int)} for all features.
   *
   * @param w d x K; each column is moved
   * @param step -alpha / m, rounded to float once
   * @param g the summed gradient, not yet divided by m, d x K
   */
  default void update(FloatMatrix w, float step, FloatMatrix g) {
    update(w, step, g, 0, w.paddedRows());
  }

  /**
   * Equation (8) with the squares of the weights penalised: w_i = fma(step, g_i, shrink * w_i), the
   * product rounded once. Where shrink is 1, the bits are those without it.
   *
   * @param w d x K; each column is moved
   * @param shrink 1 - alpha lambda / m, rounded to float once
   * @param step -alpha / m, rounded to float once
   * @param g the summed gradient, not yet divided by m, d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void update(FloatMatrix w, float shrink, float step, FloatMatrix g, int fromRow, int toRow);

  /**
   * The step of a penalty on the sizes of the weights: |w_i| becomes |w_i| - t, and w_i becomes +0
   * where that is not above zero.
   *
   * @param w d x K; each column is moved
   * @param t by how much, finite, at least 0
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void softThreshold(FloatMatrix w, float t, int fromRow, int toRow);

  /**
   * A running mean of squares: v_i = fma(add * g_i, g_i, keep * v_i), the products rounded once.
   *
   * @param v d x K; each column is moved
   * @param keep what stays of the mean
   * @param add what a new square counts
   * @param g d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void updateSquares(FloatMatrix v, float keep, float add, FloatMatrix g, int fromRow, int toRow);

  /**
   * A step that is shorter where squares are large: with r = sqrt(v_i) + epsilon, w_i = fma(step /
   * r, u_i, w_i), and then {@link #softThreshold} by t / r.
   *
   * @param w d x K; each column is moved
   * @param step any
   * @param t at least 0
   * @param epsilon above 0
   * @param u along what, d x K
   * @param v the squares, at least 0, d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void adaptiveStep(
      FloatMatrix w,
      float step,
      float t,
      float epsilon,
      FloatMatrix u,
      FloatMatrix v,
      int fromRow,
      int toRow);

  /**
   * v_i = factor * v_i.
   *
   * @param v d x K; each column is scaled
   * @param factor any
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void scale(FloatMatrix v, float factor, int fromRow, int toRow);
}
