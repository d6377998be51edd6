package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;

/**
 * How the samples are cut into blocks, and in which order the blocks are summed (rule 4 of the
 * contract). Both depend on the number of samples alone.
 */
final class BlockTree {

  /** Samples in a block; the last block may have fewer. */
  static final int BLOCK = 256;

  private BlockTree() {}

  /** The number of blocks for a number of samples, at least 1. */
  static int blocks(int samples) {
    return (samples - 1) / BLOCK + 1;
  }

  /** How many of a range's blocks go left: the largest power of two below their number. */
  static int left(int blocks) {
    return Integer.highestOneBit(blocks - 1);
  }

  /** How many partial sums stand at once, at most, while a range is summed. */
  static int depth(int blocks) {
    return 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(blocks - 1));
  }

  /** The sum over all samples of the elements of an m x 1 matrix: within blocks, then the tree. */
  static double sum(Kernels kernels, FloatMatrix v) {
    return sum(kernels, v, 0, blocks(v.rows()));
  }

  private static double sum(Kernels kernels, FloatMatrix v, int first, int blocks) {
    if (blocks == 1) {
      return kernels.sum(v, first * BLOCK, end(first, v.rows()));
    }
    int left = left(blocks);
    return sum(kernels, v, first, left) + sum(kernels, v, first + left, blocks - left);
  }

  /** The sample after the last one of a block. */
  static int end(int block, int samples) {
    int from = block * BLOCK;
    return Math.min(samples - from, BLOCK) + from;
  }
}
