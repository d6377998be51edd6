package dev.lanewise.pass;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;

/**
 * How the samples are cut into blocks, and in which order the blocks are summed (rule 4 of the
 * contract). Both depend on the number of samples alone.
 */
public final class BlockTree {

  /** Samples in a block; the last block may have fewer. */
  public static final int BLOCK = 256;

  private BlockTree() {}

  /**
   * The number of blocks.
   *
   * @param samples how many samples there are, at least 1
   * @return at least 1
   */
  public static int blocks(int samples) {
    return (samples - 1) / BLOCK + 1;
  }

  /**
   * How many of a range's blocks go left: the largest power of two below their number.
   *
   * @param blocks how many the range has, at least 2
   * @return at least 1
   */
  public static int left(int blocks) {
    return Integer.highestOneBit(blocks - 1);
  }

  /**
   * How many partial sums stand at once, at most, while a range is summed.
   *
   * @param blocks how many blocks the range has, at least 1
   * @return at least 1
   */
  public static int depth(int blocks) {
    return 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(blocks - 1));
  }

  /**
   * The sum over all samples of the elements of a vector: within blocks, then the tree.
   *
   * @param kernels what computes
   * @param v m x 1
   * @return the sum
   */
  public static double sum(Kernels kernels, FloatMatrix v) {
    return sum(kernels, v, 0, blocks(v.rows()));
  }

  private static double sum(Kernels kernels, FloatMatrix v, int first, int blocks) {
    if (blocks == 1) {
      return kernels.sum(v, 0, first * BLOCK, end(first, v.rows()));
    }
    int left = left(blocks);
    return sum(kernels, v, first, left) + sum(kernels, v, first + left, blocks - left);
  }

  /**
   * The sample after the last one of a block.
   *
   * @param block its number, from 0
   * @param samples how many samples there are
   * @return at most {@code samples}
   */
  public static int end(int block, int samples) {
    int from = block * BLOCK;
    return Math.min(samples - from, BLOCK) + from;
  }
}
