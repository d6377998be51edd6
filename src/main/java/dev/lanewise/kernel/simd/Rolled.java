// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import dev.lanewise.matrix.FloatMatrix;

/**
 * Keeps the compiler from unrolling a loop that goes from line to line of a column.
 *
 * <p>C2 of JDK 25 unrolls a loop of vectors whose step is at most one register as often as a
 * register has bytes: 64 times with AVX-512. It then loads hundreds of vectors ahead and spills
 * them to the stack, and {@code forward} took two to four times as long. A bounds check that stays
 * in the loop forbids it.
 */
final class Rolled {

  // A step of 64 bytes is longer than a register of AVX2: there the loop stays as it is anyway.
  private static final int WHOLE_LINES =
      Lanes.widest() == FloatMatrix.LANES ? -FloatMatrix.ALIGNMENT : -1;

  private Rolled() {}

  /**
   * The same offset, by an operation that the compiler does not see through: it checks the bounds
   * of what is loaded from there in each round. One load of a round is enough.
   *
   * @param offset a multiple of 64 bytes
   */
  static int offset(int offset) {
    return offset & WHOLE_LINES;
  }
}
