package dev.lanewise.train;

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
  }

  @Override
  public Sums run(boolean wanted) {
    withCost = wanted;
    team.run(samples);
    team.run(features);
    return levels[0];
  }

  private void forward(int member) {
    int from = firstSample(member);
    int to = firstSample(member + 1);
    if (from < to) {
      state.forward(from, to, withCost);
    }
  }

  private int firstSample(int member) {
    int steps = (state.samples() - 1) / STEP + 1;
    return (int) Math.min((long) steps * member / team.size() * STEP, state.samples());
  }

  private void gradientAndUpdate(int member) {
    int from = state.firstRow(member, team.size());
    int to = state.firstRow(member + 1, team.size());
    if (from < to) {
      sum(0, state.blocks(), 0, from, to);
      state.kernels.update(state.w, state.step, levels[0].gradient, from, to); // (8)
    }
    if (member == 0) {
      sumNumbers(0, state.blocks(), 0);
    }
  }

  /** Sums a range of blocks, left + right, for some features. */
  private void sum(int first, int blocks, int level, int fromRow, int toRow) {
    Sums sums = levels[level];
    if (blocks == 1) {
      sums.gradient.clear(fromRow, toRow);
      state.kernels.gradient(
          state.x,
          state.from(first),
          state.to(first),
          state.e,
          fromRow,
          toRow,
          sums.gradient); // (6)
      return;
    }
    int left = BlockTree.left(blocks);
    sum(first, left, level, fromRow, toRow);
    sum(first + left, blocks - left, level + 1, fromRow, toRow);
    state.kernels.add(sums.gradient, levels[level + 1].gradient, fromRow, toRow);
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
