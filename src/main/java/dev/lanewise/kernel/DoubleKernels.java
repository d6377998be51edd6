// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * Linear algebra in double precision, for the descent of networks in the space of the samples. As
 * all {@link Kernels}, implementations give the same bits, allocate nothing once their scratch
 * memory has grown, may be used by many threads, and do not check their arguments.
 */
public interface DoubleKernels {

  /** Terms in a section of {@link #addProduct}: part of the contract. */
  int SECTION = 256;

  /** Rows are padded to a multiple of this number, which changes no bit. */
  int ROWS = 8;

  /**
   * Adds a product of matrices to a matrix: for each section of {@link #SECTION} terms i,
   * ascending, the last perhaps shorter,
   *
   * <pre>
   * part = fma(a_ji, v_ik, part)      from +0, i ascending
   * out_jk = out_jk + part
   * </pre>
   *
   * <p>Each element is a chain of its own.
   *
   * @param a J x terms, with rowStep 1
   * @param v terms x K
   * @param terms how many, at least 1
   * @param from the first row j, a multiple of {@link #ROWS}
   * @param to the row after the last, another one
   * @param columns K
   * @param out J x K, with rowStep 1; shares no element with a and v
   */
  void addProduct(
      DoubleView a, DoubleView v, int terms, int from, int to, int columns, DoubleView out);
}
