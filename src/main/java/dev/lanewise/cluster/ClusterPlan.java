// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.ReductionPlan;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which samples each shard has: consecutive blocks, whose ranges begin at multiples of a power of
 * two, so that a shard has few complete subtrees of the block tree. The number of shards changes no
 * bit.
 *
 * <p>A class and no record, because Kryo 4 serialises no records.
 */
public final class ClusterPlan implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  // The ranges of a plan differ by one unit, so by an eighth or less where there are many blocks.
  private static final int UNITS_OF_SHARD = 8;

  /** m, of all shards together. */
  private final int samples;

  /** How many shards there are. */
  private final int shards;

  private transient ReductionPlan plan;
  private transient int[] ends;

  /**
   * A plan.
   *
   * @param samples m, at least 1
   * @param shards how many, at least 1; some are empty if there are fewer blocks
   */
  public ClusterPlan(int samples, int shards) {
    if (samples < 1 || shards < 1) {
      throw new IllegalArgumentException(samples + " samples in " + shards + " shards");
    }
    this.samples = samples;
    this.shards = shards;
  }

  /**
   * Returns the number of samples.
   *
   * @return m
   */
  public int samples() {
    return samples;
  }

  /**
   * Returns the number of shards.
   *
   * @return at least 1
   */
  public int shards() {
    return shards;
  }

  /**
   * Returns the shard that has a sample.
   *
   * @param sample its number, from 0 to m - 1
   * @return the shard, from 0
   */
  public int shardOf(long sample) {
    int at = Arrays.binarySearch(ends(), (int) (sample / BlockTree.BLOCK) + 1);
    if (at < 0) {
      return -at - 1;
    }
    // Empty shards end where the one before them ends.
    int[] all = ends();
    while (at > 0 && all[at - 1] == all[at]) {
      at--;
    }
    return at;
  }

  /**
   * Returns how many samples a shard has.
   *
   * @param shard from 0
   * @return at least 0
   */
  public long samplesOf(int shard) {
    int first = shard == 0 ? 0 : ends()[shard - 1];
    return Math.min((long) ends()[shard] * BlockTree.BLOCK, samples)
        - Math.min((long) first * BlockTree.BLOCK, samples);
  }

  /** The subtrees of the shards, and how their sums are added. */
  ReductionPlan reduction() {
    if (plan == null) {
      plan = new ReductionPlan(BlockTree.blocks(samples), ends());
    }
    return plan;
  }

  /** The block after the last of each shard. */
  private int[] ends() {
    if (ends == null) {
      int blocks = BlockTree.blocks(samples);
      int unit = Integer.highestOneBit(Math.max(1, blocks / shards / UNITS_OF_SHARD));
      int units = (blocks - 1) / unit + 1;
      int[] all = new int[shards];
      for (int s = 0; s < shards; s++) {
        long end = ((s + 1L) * units + shards - 1) / shards * unit;
        all[s] = (int) Math.min(end, blocks);
      }
      ends = all;
    }
    return ends;
  }
}
