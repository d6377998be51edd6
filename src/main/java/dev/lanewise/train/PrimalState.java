package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/**
 * What the passes of the primal engine work on: the problem, the weights, and room for z, e and L.
 */
final class PrimalState {

  final Kernels kernels;

  /** X, d x m. */
  final SampleMatrix x;

  /** y, m x 1. */
  final FloatMatrix y;

  /** w, d x 1. */
  final FloatMatrix w;

  /** b. */
  float bias;

  /** -alpha / m, rounded to float once. */
  final float step;

  /** (1), m x 1. */
  final FloatMatrix z;

  /** a - y, m x 1. */
  final FloatMatrix e;

  /** (3), m x 1. */
  final FloatMatrix losses;

  PrimalState(
      Arena arena,
      Kernels kernels,
      SampleMatrix x,
      FloatMatrix y,
      FloatMatrix w,
      float bias,
      double learningRate) {
    this.kernels = kernels;
    this.x = x;
    this.y = y;
    this.w = w;
    this.bias = bias;
    this.step = (float) (-learningRate / x.columns());
    this.z = FloatMatrix.allocate(arena, x.columns(), 1);
    this.e = FloatMatrix.allocate(arena, x.columns(), 1);
    this.losses = FloatMatrix.allocate(arena, x.columns(), 1);
  }

  /** A stage for each member of a team. */
  Stage[] stages(Arena arena, int members) {
    Stage[] stages = new Stage[members];
    for (int member = 0; member < members; member++) {
      stages[member] = new Stage(arena, kernels, x);
    }
    return stages;
  }

  int samples() {
    return x.columns();
  }

  int blocks() {
    return BlockTree.blocks(samples());
  }

  /** The first sample of a block. */
  int from(int block) {
    return block * BlockTree.BLOCK;
  }

  /** The sample after the last of a block. */
  int to(int block) {
    return BlockTree.end(block, samples());
  }

  /**
   * Equations (1), (2) and the bracket of (6) and (7) for some samples; (3) if it is wanted.
   *
   * @param columns has these samples
   */
  void forward(FloatMatrix columns, int from, int to, boolean withCost) {
    kernels.forward(columns, from, to, w, bias, z);
    kernels.error(z, y, from, to, e);
    if (withCost) {
      kernels.loss(z, y, from, to, losses);
    }
  }

  /** A block's part of the sums (4) and (7). */
  void sumNumbers(int block, Sums sums, boolean withCost) {
    sums.errors = kernels.sum(e, from(block), to(block));
    sums.losses = withCost ? kernels.sum(losses, from(block), to(block)) : 0;
  }

  /**
   * Where a member's share of the features begins; where it ends is where the next one's begins.
   */
  int firstRow(int member, int members) {
    int lines = x.paddedRows() / FloatMatrix.LANES;
    return (int) ((long) lines * member / members) * FloatMatrix.LANES;
  }
}
