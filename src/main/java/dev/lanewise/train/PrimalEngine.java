package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/**
 * The equations as they stand, fused: a group of samples goes forward and back while its columns
 * are in the cache, so that X is read from memory once in an iteration.
 */
final class PrimalEngine implements Engine {

  // A group's columns are to stay in the second-level cache between forward and gradient. Grouping
  // changes no bit: within a block the order of the samples is the same.
  private static final int GROUP_BYTES = 384 * 1024;
  private static final int GROUP_STEP = 8;

  private final Kernels kernels;
  private final FloatMatrix x;
  private final FloatMatrix y;
  private final int samples;
  private final int group;

  private final FloatMatrix w;
  private float bias;

  private final double learningRate;
  private final float step;

  private final FloatMatrix z;
  private final FloatMatrix e;
  private final FloatMatrix losses;

  // Partial sums of the tree: a left branch reuses its parent's place, a right branch the next one.
  private final FloatMatrix[] gradients;
  private final double[] errorSums;
  private final double[] lossSums;

  PrimalEngine(
      Arena arena,
      Kernels kernels,
      FloatMatrix x,
      FloatMatrix y,
      FloatMatrix initialWeights,
      float initialBias,
      double learningRate) {
    this.kernels = kernels;
    this.x = x;
    this.y = y;
    this.samples = x.columns();
    this.w = initialWeights;
    this.bias = initialBias;
    this.learningRate = learningRate;
    this.step = (float) (-learningRate / samples);
    this.z = FloatMatrix.allocate(arena, samples, 1);
    this.e = FloatMatrix.allocate(arena, samples, 1);
    this.losses = FloatMatrix.allocate(arena, samples, 1);
    int depth = BlockTree.depth(BlockTree.blocks(samples));
    this.gradients = new FloatMatrix[depth];
    for (int level = 0; level < depth; level++) {
      gradients[level] = FloatMatrix.allocate(arena, x.rows(), 1);
    }
    this.errorSums = new double[depth];
    this.lossSums = new double[depth];
    int fitting = (int) (GROUP_BYTES / ((long) x.stride() * Float.BYTES)) / GROUP_STEP * GROUP_STEP;
    this.group = Math.clamp(fitting, GROUP_STEP, BlockTree.BLOCK);
  }

  @Override
  public String name() {
    return "primal";
  }

  @Override
  public double iterate(boolean withCost) {
    sum(0, BlockTree.blocks(samples), 0, withCost);
    if (!Double.isFinite(errorSums[0])) {
      throw new TrainingException("the outputs are no longer numbers");
    }
    // (8) w := w - alpha dw, where dw = (1/m) times the summed gradient (6).
    kernels.update(w, step, gradients[0]);
    // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
    bias = (float) Math.fma(-learningRate / samples, errorSums[0], (double) bias);
    // (4) J = (1/m) times the summed losses.
    return withCost ? lossSums[0] / samples : Double.NaN;
  }

  /** Sums a range of blocks into the places of a level, left + right. */
  private void sum(int first, int blocks, int level, boolean withCost) {
    if (blocks == 1) {
      block(first, level, withCost);
      return;
    }
    int left = BlockTree.left(blocks);
    sum(first, left, level, withCost);
    sum(first + left, blocks - left, level + 1, withCost);
    kernels.add(gradients[level], gradients[level + 1]);
    errorSums[level] += errorSums[level + 1];
    lossSums[level] += lossSums[level + 1];
  }

  private void block(int block, int level, boolean withCost) {
    int from = block * BlockTree.BLOCK;
    int to = BlockTree.end(block, samples);
    gradients[level].clear();
    for (int j = from; j < to; j += group) {
      int end = Math.min(to, j + group);
      kernels.forward(x, j, end, w, bias, z); // (1)
      kernels.error(z, y, j, end, e); // (2) and the bracket of (6), (7)
      kernels.gradient(x, j, end, e, gradients[level]); // (6)
    }
    errorSums[level] = kernels.sum(e, from, to); // (7)
    if (withCost) {
      kernels.loss(z, y, from, to, losses); // (3)
      lossSums[level] = kernels.sum(losses, from, to); // (4)
    } else {
      lossSums[level] = 0;
    }
  }

  @Override
  public FloatMatrix weights() {
    return w;
  }

  @Override
  public float bias() {
    return bias;
  }
}
