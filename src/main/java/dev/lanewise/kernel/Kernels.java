// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * The arithmetic of training, each operation defined to the bit by {@code docs/contract.md}: every
 * implementation gives the same bits, whatever its width and whether it is compiled or not.
 *
 * <p>X is d x m, one sample a column. w and g are d x K; z, e and v are m x K; a, y and losses are
 * m x 1, so that sample j stands in row j. Of two classes K is 1. A range of samples is {@code
 * from} (inclusive) to {@code to} (exclusive); nothing outside it is read or written. Kernels keep
 * nothing between calls but scratch memory for each thread, allocate nothing once it has grown, and
 * may be used by many threads. They do not check their arguments: the caller makes sure that shapes
 * agree, ranges lie within them, and no output overlaps an input.
 */
public interface Kernels
    extends BlockKernels, LossKernels, NetworkKernels, UpdateKernels, RowKernels {

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
   * The kernels of double precision.
   *
   * @return always the same ones
   */
  DoubleKernels doubles();
}
