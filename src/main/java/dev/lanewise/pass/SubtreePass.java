package dev.lanewise.pass;

import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Shares out whole subtrees of blocks. Within a block, a group of samples goes forward and back
 * while its columns are in the cache, so that X is read from memory once.
 */
final class SubtreePass implements Pass {

  // A group's columns are to stay in the first-level cache between forward and gradient, and where
  // eight are more than that, in the second. Grouping changes no bit: within a block the order of
  // the samples is the same.
  private static final int GROUP_BYTES = 24 * 1024;
  private static final int GROUP_STEP = 8;

  // With several columns of weights a group's columns are used that often for each time they are
  // read that the second-level cache does, and the functions of a group's outputs work on vectors.
  private static final int GROUP_BYTES_OF_MANY = 192 * 1024;
  private static final int GROUP_STEP_OF_MANY = 16;

  private final Partition parts;
  private final Team team;
  // Arrays, because the loops over them run in each iteration and those over a list make iterators.
  private final TreePlan.Subtree[][] shares;
  private final TreePlan.Addition[] additions;
  private final Stage[] stages;
  private final int group;

  private final Sums[] slots;
  // A left branch is summed where its parent is, a right branch in the place of its level.
  private final Sums[][] scratch;

  private final Team.Task subtrees = this::sumSubtrees;
  private final Team.Task rows = this::addAndComplete;
  private Step step;
  private int share;

  SubtreePass(Arena arena, Partition parts, Team team, int columns) {
    this.parts = parts;
    this.team = team;
    TreePlan plan = new TreePlan(parts.blocks(), team.size());
    this.additions = plan.additions().toArray(TreePlan.Addition[]::new);
    this.shares = new TreePlan.Subtree[team.size()][];
    int features = parts.features();
    this.slots = new Sums[plan.slots()];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = new Sums(arena, features, columns);
    }
    this.scratch = new Sums[team.size()][];
    for (int member = 0; member < scratch.length; member++) {
      shares[member] = plan.share(member).toArray(TreePlan.Subtree[]::new);
      scratch[member] = new Sums[levels(member)];
      for (int level = 0; level < scratch[member].length; level++) {
        scratch[member][level] = new Sums(arena, features, columns);
      }
    }
    this.stages = parts.stages(arena, columns);
    long columnBytes = (long) parts.x().paddedRows() * Stage.elementBytes(parts.x(), columns);
    int step = columns == 1 ? GROUP_STEP : GROUP_STEP_OF_MANY;
    int most = columns == 1 ? GROUP_BYTES : GROUP_BYTES_OF_MANY;
    int fitting = (int) (most / columnBytes) / step * step;
    this.group = Math.min(Math.clamp(fitting, step, BlockTree.BLOCK), stages[0].width());
  }

  private int levels(int member) {
    return Arrays.stream(shares[member])
        .mapToInt(subtree -> BlockTree.depth(subtree.blocks()) - 1)
        .max()
        .orElse(0);
  }

  @Override
  public Sums run(Step next, int ofEach) {
    step = next;
    share = ofEach;
    team.run(subtrees);
    for (TreePlan.Addition addition : additions) {
      slots[addition.left()].addNumbers(slots[addition.right()]);
    }
    team.run(rows);
    return slots[0];
  }

  private void sumSubtrees(int member) {
    for (TreePlan.Subtree subtree : shares[member]) {
      sum(subtree.first(), subtree.blocks(), slots[subtree.slot()], member, 0);
    }
    stages[member].settle();
  }

  /** Sums a range of blocks, left + right. */
  private void sum(int first, int blocks, Sums sums, int member, int level) {
    if (blocks == 1) {
      block(first, sums, stages[member]);
      return;
    }
    int left = BlockTree.left(blocks);
    sum(first, left, sums, member, level);
    Sums right = scratch[member][level];
    sum(first + left, blocks - left, right, member, level + 1);
    parts.kernels().add(sums.gradient, right.gradient);
    sums.addNumbers(right);
  }

  private void block(int block, Sums sums, Stage stage) {
    int from = parts.from(block);
    int to = parts.to(block, share);
    sums.gradient.clear();
    for (int j = from; j < to; j += group) {
      int end = Math.min(to, j + group);
      SampleMatrix columns = stage.samples(j, end);
      step.forward(columns, j, end);
      step.back(columns, j, end, 0, parts.x().paddedRows(), sums.gradient);
    }
    step.sumNumbers(from, to, sums);
  }

  // The nodes above the subtrees, and what follows: each feature is a chain of its own.
  private void addAndComplete(int member) {
    int from = parts.firstRow(member);
    int to = parts.firstRow(member + 1);
    for (TreePlan.Addition addition : additions) {
      parts
          .kernels()
          .add(slots[addition.left()].gradient, slots[addition.right()].gradient, from, to);
    }
    step.complete(slots[0].gradient, from, to);
  }
}
