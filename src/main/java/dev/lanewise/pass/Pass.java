package dev.lanewise.pass;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/**
 * A way to go through all samples, forward and back, on the threads of a team; every way gives the
 * same bits. X is read once. A pass is made once for a run and allocates nothing after that.
 */
public interface Pass {

  /**
   * Goes through all samples once.
   *
   * @param step what to do with them
   * @return the sums over all samples, until the next run
   */
  default Sums run(Step step) {
    return run(step, 1);
  }

  /**
   * Goes through a part of the samples once: the first of each block. So a part is like the whole
   * where samples lie sorted, and its sums are those of the same tree.
   *
   * @param step what to do with them
   * @param share one in so many: 1, or a power of two up to {@link BlockTree#BLOCK}
   * @return the sums over these samples, until the next run
   */
  Sums run(Step step, int share);

  /**
   * How many samples there are in a part.
   *
   * @param samples how many there are in all
   * @param share one in so many
   * @return at least 1
   */
  static int samples(int samples, int share) {
    int ofBlock = BlockTree.BLOCK / share;
    int whole = samples / BlockTree.BLOCK;
    return whole * ofBlock + Math.min(samples % BlockTree.BLOCK, ofBlock);
  }

  /**
   * The way that suits a problem and a team.
   *
   * @param arena owns the memory of the partial sums; shared, if the team has several members
   * @param kernels what computes
   * @param team who computes
   * @param x X, d x m
   * @param columns K of the weights, 1 for one neuron
   * @return a pass
   */
  static Pass over(Arena arena, Kernels kernels, Team team, SampleMatrix x, int columns) {
    Partition parts = new Partition(kernels, x, team.size());
    return hasFewBlocks(parts.blocks(), team.size())
        ? new BlockPass(arena, parts, team, columns)
        : new SubtreePass(arena, parts, team, columns);
  }

  /**
   * The memory that a pass takes.
   *
   * @param x X, d x m
   * @param members the size of the team
   * @param columns K of the weights, 1 for one neuron
   * @return the size in bytes
   */
  static long byteSize(SampleMatrix x, int members, int columns) {
    int blocks = BlockTree.blocks(x.columns());
    long depth = BlockTree.depth(blocks);
    long sums =
        hasFewBlocks(blocks, members)
            ? depth
            : new TreePlan(blocks, members).slots() + members * (depth - 1);
    return sums * FloatMatrix.byteSize(x.rows(), columns) + members * Stage.byteSize(x);
  }

  // With fewer blocks, whole ones could not be shared out evenly.
  private static boolean hasFewBlocks(int blocks, int members) {
    return members > 1 && blocks < 2 * members;
  }
}
