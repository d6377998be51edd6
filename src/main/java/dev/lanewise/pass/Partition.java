package dev.lanewise.pass;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/**
 * How X is cut up: its samples into blocks, its features into the shares of a team.
 *
 * @param kernels what computes
 * @param x X, d x m
 * @param members the size of the team
 */
record Partition(Kernels kernels, SampleMatrix x, int members) {

  int samples() {
    return x.columns();
  }

  int features() {
    return x.rows();
  }

  int blocks() {
    return BlockTree.blocks(samples());
  }

  /** The first sample of a block. */
  int from(int block) {
    return block * BlockTree.BLOCK;
  }

  /** The sample after the last of a block's part. */
  int to(int block, int share) {
    return Math.min(from(block) + (BlockTree.BLOCK / share), BlockTree.end(block, samples()));
  }

  /**
   * Where a member's share of the features begins; where it ends is where the next one's begins.
   */
  int firstRow(int member) {
    int lines = x.paddedRows() / FloatMatrix.LANES;
    return (int) ((long) lines * member / members) * FloatMatrix.LANES;
  }

  /** A stage for each member of the team, for a pass with so many columns of weights. */
  Stage[] stages(Arena arena, int columns) {
    Stage[] stages = new Stage[members];
    for (int member = 0; member < members; member++) {
      stages[member] = Stage.forPass(arena, kernels, x, columns);
    }
    return stages;
  }
}
