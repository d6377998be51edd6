// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;

/** Sums of the elements of a vector in double: within blocks, then by the tree. */
public final class BlockSums {

  private BlockSums() {}

  /**
   * Returns the sum of all elements. Allocates nothing.
   *
   * @param kernels sum within blocks
   * @param v m x 1
   * @return the sum
   */
  public static double sum(Kernels kernels, FloatMatrix v) {
    return sum(kernels, v, 0, BlockTree.blocks(v.rows()));
  }

  private static double sum(Kernels kernels, FloatMatrix v, int first, int blocks) {
    if (blocks == 1) {
      return kernels.sum(v, 0, BlockTree.start(first), BlockTree.end(first, v.rows()));
    }
    int left = BlockTree.left(blocks);
    return sum(kernels, v, first, left) + sum(kernels, v, first + left, blocks - left);
  }
}
