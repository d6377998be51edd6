// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import dev.lanewise.reduce.BlockTree.Subtree;
import java.util.ArrayList;
import java.util.List;

/**
 * How the sums of subtrees that were formed in several places are added to the root of the {@link
 * BlockTree}. The places own consecutive ranges of blocks; each forms the sums of the complete
 * subtrees that cover its range. The number of places decides where a node is computed and never
 * which nodes there are, so it changes no bit.
 *
 * <p>Immutable.
 */
public final class ReductionPlan {

  /**
   * A complete subtree that one place sums.
   *
   * @param subtree its blocks
   * @param slot where its sum is kept
   */
  public record Leaf(Subtree subtree, int slot) {}

  /**
   * A node above the leaves: the sum in slot {@code right} is added to the one in {@code left}.
   *
   * @param left the slot of the left branch, which becomes that of the node
   * @param right the slot of the right branch
   */
  public record Addition(int left, int right) {}

  private final List<List<Leaf>> places;
  private final List<Addition> additions;
  private final int slots;

  /**
   * A plan.
   *
   * @param blocks how many blocks there are, at least 1
   * @param ends the block after the last of each place, ascending; the last is {@code blocks}
   * @throws IllegalArgumentException if the ranges are not those of all blocks
   */
  public ReductionPlan(int blocks, int... ends) {
    Builder builder = new Builder(ends);
    if (ends.length == 0 || ends[ends.length - 1] != blocks || !builder.isAscending()) {
      throw new IllegalArgumentException(
          "ranges that end at " + List.of(boxed(ends)) + " are not those of " + blocks + " blocks");
    }
    builder.plan(0, blocks);
    this.places = builder.places.stream().map(List::copyOf).toList();
    this.additions = List.copyOf(builder.additions);
    this.slots = builder.slots;
  }

  /**
   * A plan of ranges that differ in size by one block at most.
   *
   * @param blocks how many blocks there are, at least 1
   * @param places how many places share them, at least 1
   * @return the plan
   */
  public static ReductionPlan even(int blocks, int places) {
    int[] ends = new int[places];
    for (int place = 0; place < places; place++) {
      // Rounded up, so that block b belongs to place b * places / blocks.
      ends[place] = (int) (((place + 1L) * blocks + places - 1) / places);
    }
    return new ReductionPlan(blocks, ends);
  }

  private static Integer[] boxed(int[] values) {
    Integer[] boxed = new Integer[values.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }

  /** Collects the parts of a plan. */
  private static final class Builder {

    private final int[] ends;
    private final List<List<Leaf>> places = new ArrayList<>();
    private final List<Addition> additions = new ArrayList<>();
    private int slots;

    Builder(int[] ends) {
      this.ends = ends;
      for (int i = 0; i < ends.length; i++) {
        places.add(new ArrayList<>());
      }
    }

    boolean isAscending() {
      int last = 0;
      for (int end : ends) {
        if (end < last) {
          return false;
        }
        last = end;
      }
      return true;
    }

    private int placeOf(int block) {
      int place = 0;
      while (block >= ends[place]) {
        place++;
      }
      return place;
    }

    /** Plans a node; returns the slot of its sum. */
    int plan(int first, int blocks) {
      int place = placeOf(first);
      if (blocks == 1 || placeOf(first + blocks - 1) == place) {
        places.get(place).add(new Leaf(new Subtree(first, blocks), slots));
        return slots++;
      }
      int left = BlockTree.left(blocks);
      int leftSlot = plan(first, left);
      int rightSlot = plan(first + left, blocks - left);
      additions.add(new Addition(leftSlot, rightSlot));
      return leftSlot;
    }
  }

  /**
   * Returns the subtrees that a place sums.
   *
   * @param place from 0
   * @return the subtrees, ascending
   */
  public List<Leaf> leaves(int place) {
    return places.get(place);
  }

  /**
   * Returns the nodes above the leaves.
   *
   * @return each node after its branches; in the end slot 0 has the sum of the root
   */
  public List<Addition> additions() {
    return additions;
  }

  /**
   * Returns how many sums there are.
   *
   * @return at least 1
   */
  public int slots() {
    return slots;
  }
}
