package dev.lanewise.pass;

import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/**
 * Shares out the inside of the blocks, where these are too few to be shared themselves: the samples
 * of the forward pass, then the features of the gradient. Each z_j and each g_i is a chain of its
 * own.
 */
final class BlockPass implements Pass {

  // Kernels take so many columns at once; shares are whole multiples.
  private static final int STEP = 8;

  private final Partition parts;
  private final Team team;
  // A left branch is summed in the place of its parent, a right branch in that of the next level.
  private final Sums[] levels;
  private final Stage[] stages;

  private final Team.Task samples = this::forward;
  private final Team.Task features = this::back;
  private Step step;
  private int share;

  BlockPass(Arena arena, Partition parts, Team team, int columns) {
    this.parts = parts;
    this.team = team;
    this.levels = new Sums[BlockTree.depth(parts.blocks())];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = new Sums(arena, parts.features(), columns);
    }
    this.stages = parts.stages(arena, columns);
  }

  @Override
  public Sums run(Step next, int ofEach) {
    step = next;
    share = ofEach;
    team.run(samples);
    team.run(features);
    return levels[0];
  }

  private void forward(int member) {
    Stage stage = stages[member];
    int first = firstSample(member);
    int last = firstSample(member + 1);
    for (int block = first / BlockTree.BLOCK; block < parts.blocks(); block++) {
      int to = Math.min(last, parts.to(block, share));
      for (int j = Math.max(first, parts.from(block)), end; j < to; j = end) {
        end = Math.min(to - j, stage.width()) + j;
        step.forward(stage.samples(j, end), j, end);
      }
    }
    stage.settle();
  }

  private int firstSample(int member) {
    int steps = (parts.samples() - 1) / STEP + 1;
    return (int) Math.min((long) steps * member / team.size() * STEP, parts.samples());
  }

  private void back(int member) {
    int from = parts.firstRow(member);
    int to = parts.firstRow(member + 1);
    if (from < to) {
      sum(0, parts.blocks(), 0, from, to, stages[member]);
      stages[member].settle();
      step.complete(levels[0].gradient, from, to);
    }
    if (member == 0) {
      sumNumbers(0, parts.blocks(), 0);
    }
  }

  /** Sums a range of blocks, left + right, for some features. */
  private void sum(int first, int blocks, int level, int fromRow, int toRow, Stage stage) {
    Sums sums = levels[level];
    if (blocks == 1) {
      block(first, sums.gradient, fromRow, toRow, stage);
      return;
    }
    int left = BlockTree.left(blocks);
    sum(first, left, level, fromRow, toRow, stage);
    sum(first + left, blocks - left, level + 1, fromRow, toRow, stage);
    parts.kernels().add(sums.gradient, levels[level + 1].gradient, fromRow, toRow);
  }

  private void block(int block, FloatMatrix gradient, int fromRow, int toRow, Stage stage) {
    gradient.clear(fromRow, toRow);
    int to = parts.to(block, share);
    for (int j = parts.from(block), end; j < to; j = end) {
      end = Math.min(to - j, stage.width()) + j;
      SampleMatrix columns = stage.samples(j, end, fromRow, toRow);
      step.back(columns, j, end, fromRow, toRow, gradient);
    }
  }

  private void sumNumbers(int first, int blocks, int level) {
    Sums sums = levels[level];
    if (blocks == 1) {
      step.sumNumbers(parts.from(first), parts.to(first, share), sums);
      return;
    }
    int left = BlockTree.left(blocks);
    sumNumbers(first, left, level);
    sumNumbers(first + left, blocks - left, level + 1);
    sums.addNumbers(levels[level + 1]);
  }
}
