package dev.lanewise.train;

import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/**
 * Shares out the inside of the blocks, where these are too few to be shared themselves: the samples
 * of the forward pass, then the features of the gradient. Each z_j and each g_i is a chain of its
 * own.
 */
final class BlockPass implements Pass {

  // Kernels take so many columns at once; shares are whole multiples.
  private static final int STEP = 8;

  private final PrimalState state;
  private final Team team;
  // A left branch is summed in the place of its parent, a right branch in that of the next level.
  private final Sums[] levels;
  private final Stage[] stages;

  private final Team.Task samples = this::forward;
  private final Team.Task features = this::gradientAndUpdate;
  private boolean withCost;

  BlockPass(Arena arena, PrimalState state, Team team) {
    this.state = state;
    this.team = team;
    this.levels = new Sums[BlockTree.depth(state.blocks())];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = new Sums(arena, state.x.rows());
    }
    this.stages = state.stages(arena, team.size());
  }

  @Override
  public Sums run(boolean wanted) {
    withCost = wanted;
    team.run(samples);
    team.run(features);
    return levels[0];
  }

  private void forward(int member) {
    Stage stage = stages[member];
    int to = firstSample(member + 1);
    for (int j = firstSample(member), end; j < to; j = end) {
      end = Math.min(to - j, stage.width()) + j;
      state.forward(stage.columns(j, end), j, end, withCost);
    }
    stage.settle();
  }

  private int firstSample(int member) {
    int steps = (state.samples() - 1) / STEP + 1;
    return (int) Math.min((long) steps * member / team.size() * STEP, state.samples());
  }

  private void gradientAndUpdate(int member) {
    int from = state.firstRow(member, team.size());
    int to = state.firstRow(member + 1, team.size());
    if (from < to) {
      sum(0, state.blocks(), 0, from, to, stages[member]);
      stages[member].settle();
      state.kernels.update(state.w, state.step, levels[0].gradient, from, to); // (8)
    }
    if (member == 0) {
      sumNumbers(0, state.blocks(), 0);
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
    state.kernels.add(sums.gradient, levels[level + 1].gradient, fromRow, toRow);
  }

  private void block(int block, FloatMatrix gradient, int fromRow, int toRow, Stage stage) {
    gradient.clear(fromRow, toRow);
    int to = state.to(block);
    for (int j = state.from(block), end; j < to; j = end) {
      end = Math.min(to - j, stage.width()) + j;
      FloatMatrix columns = stage.columns(j, end, fromRow, toRow);
      state.kernels.gradient(columns, j, end, state.e, fromRow, toRow, gradient); // (6)
    }
  }

  private void sumNumbers(int first, int blocks, int level) {
    Sums sums = levels[level];
    if (blocks == 1) {
      state.sumNumbers(first, sums, withCost);
      return;
    }
    int left = BlockTree.left(blocks);
    sumNumbers(first, left, level);
    sumNumbers(first + left, blocks - left, level + 1);
    sums.addNumbers(levels[level + 1]);
  }
}
