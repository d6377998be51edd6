package dev.lanewise.train;

import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.BlockTree;
import dev.lanewise.pass.GramMatrix;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Vectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Gradient descent that never needs w. Each step adds a combination of the samples to w, so that w
 * = w0 + X c, and z = X'w + b = X'w0 + G c + b with G = X'X, made once. An iteration takes m * m
 * multiply-adds instead of 2 * d * m. A penalty on squares shrinks w first, so that w = s w0 + X c.
 */
final class GramEngine implements Engine {

  private static final float[] NO_BIAS = {0f};

  private final Arena arena;
  private final Kernels kernels;

  // For what is done once in a run. Java compiles only what is done often, and until then SIMD code
  // takes a second for what scalar code does in milliseconds; the bits are the same.
  private final Kernels once = KernelChoice.choose(KernelRequest.scalar(), warning -> {});

  private final Stage stage;
  private final Problem problem;
  private final int samples;

  private final FloatMatrix w0;

  /** What is left of w0; 1 without a penalty. */
  private double scale = 1;

  /** X'w0, or null where every w0_i is zero. */
  private FloatMatrix z0;

  private final FloatMatrix g;

  private final FloatMatrix c;
  private final float[] bias;

  /** c, the bias and the scale that were remembered; NaN if none were. */
  private final FloatMatrix remembered;

  private float rememberedBias = Float.NaN;
  private double rememberedScale;

  private final double learningRate;
  private final float step;

  /** 1 - alpha l2 / m, and the same rounded to float once. */
  private final double shrink;

  private final float shrinkOfC;

  private final FloatMatrix z;
  private final FloatMatrix e;
  private final FloatMatrix losses;

  // Partial sums of the tree that forms w, as in PrimalEngine.
  private final FloatMatrix[] sums;
  private final FloatMatrix w;

  GramEngine(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      FloatMatrix initialWeights,
      float[] initialBias,
      double learningRate) {
    this(arena, kernels, team, problem, initialWeights, initialBias, learningRate, GramSource.OWN);
  }

  GramEngine(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      FloatMatrix initialWeights,
      float[] initialBias,
      double learningRate,
      GramSource grams) {
    SampleMatrix x = problem.x();
    this.arena = arena;
    this.kernels = kernels;
    this.problem = problem;
    this.stage = Stage.forPass(arena, once, x);
    this.samples = x.columns();
    this.w0 = initialWeights;
    this.bias = initialBias.clone();
    this.learningRate = learningRate;
    this.step = (float) (-learningRate / samples);
    this.shrink = 1 - learningRate * problem.penalty().l2() / samples;
    this.shrinkOfC = (float) shrink;
    this.g = grams.gram(arena, kernels, team, x);
    this.c = FloatMatrix.allocate(arena, samples, 1);
    this.z = FloatMatrix.allocate(arena, samples, 1);
    this.e = FloatMatrix.allocate(arena, samples, 1);
    this.losses = FloatMatrix.allocate(arena, samples, 1);
    this.remembered = FloatMatrix.allocate(arena, samples, 1);
    this.z0 = project(arena);
    this.w = FloatMatrix.allocate(arena, x.rows(), 1);
    this.sums = new FloatMatrix[BlockTree.depth(BlockTree.blocks(samples))];
    for (int level = 0; level < sums.length; level++) {
      sums[level] = FloatMatrix.allocate(arena, x.rows(), 1);
    }
  }

  /** The memory that a run on X takes at most, in bytes. */
  static long byteSize(SampleMatrix x, int members) {
    long depth = BlockTree.depth(BlockTree.blocks(x.columns()));
    return GramMatrix.byteSize(x, members)
        + (2 + depth) * FloatMatrix.byteSize(x.rows(), 1) // w0, w and its partial sums
        + 9 * FloatMatrix.byteSize(x.columns(), 1) // y, s, c twice, z, z0 twice, e and losses
        + Stage.byteSize(x);
  }

  private FloatMatrix project(Arena arena) {
    if (isZero(w0)) {
      return null;
    }
    FloatMatrix products = FloatMatrix.allocate(arena, samples, 1);
    for (int j = 0, end; j < samples; j = end) {
      end = Math.min(samples - j, stage.width()) + j;
      once.forward(stage.samples(j, end), j, end, w0, NO_BIAS, products);
    }
    return products;
  }

  private static boolean isZero(FloatMatrix w) {
    for (int i = 0; i < w.rows(); i++) {
      if (w.get(i, 0) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return "gram";
  }

  @Override
  public double iterate(boolean withCost) {
    kernels.forward(g, 0, samples, c, bias, z); // (1), as G c + b
    if (z0 != null) {
      kernels.update(z, (float) scale, z0);
    }
    kernels.error(z, problem.y(), 0, samples, e); // (2) and the bracket of (6), (7)
    if (problem.weights() != null) {
      kernels.multiply(e, problem.weights(), 0, samples);
    }
    double errors = BlockTree.sum(kernels, e); // (7)
    if (!Double.isFinite(errors)) {
      throw new TrainingException(what());
    }
    double cost = withCost ? cost() : Double.NaN;
    // (8) as w := shrink w - alpha dw = shrink s w0 + X (shrink c - (alpha/m) e).
    kernels.update(c, shrinkOfC, step, e, 0, c.paddedRows());
    scale *= shrink;
    // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
    bias[0] = (float) Math.fma(-learningRate / samples, errors, (double) bias[0]);
    return cost;
  }

  private double cost() {
    kernels.loss(z, problem.y(), 0, samples, losses); // (3)
    if (problem.weights() != null) {
      kernels.multiply(losses, problem.weights(), 0, samples);
    }
    double sum = BlockTree.sum(kernels, losses);
    if (problem.penalty().l2() != 0) {
      sum += problem.penalty().l2() / 2 * squares();
    }
    return sum / samples; // (4)
  }

  /** |w|^2 = s^2 |w0|^2 + 2 s c'X'w0 + c'G c. */
  private double squares() {
    kernels.forward(g, 0, samples, c, NO_BIAS, losses);
    double squares = Vectors.dot(c, losses);
    if (z0 != null) {
      squares += scale * (scale * Vectors.dot(w0, w0) + 2 * Vectors.dot(c, z0));
    }
    return squares;
  }

  private String what() {
    for (int j = 0; j < samples; j++) {
      if (!Float.isFinite(g.get(j, j))) {
        return "products of features exceed float32 (which the primal engine does not form)";
      }
    }
    return "the outputs are no longer numbers";
  }

  @Override
  public void transfer(State state) {
    state.matrix("start_weights", w0);
    if (state.isKept()) {
      z0 = project(arena);
    }
    state.matrix("coefficients", c);
    scale = state.number("scale", scale);
    state.floats("bias", bias);
  }

  @Override
  public void remember() {
    if (Float.isFinite(bias[0]) && Vectors.isFinite(c)) {
      copy(c, remembered);
      rememberedBias = bias[0];
      rememberedScale = scale;
    }
  }

  @Override
  public boolean recall() {
    copy(remembered, c);
    bias[0] = rememberedBias;
    scale = rememberedScale;
    return Float.isFinite(bias[0]);
  }

  private static void copy(FloatMatrix from, FloatMatrix to) {
    MemorySegment.copy(from.segment(), 0, to.segment(), 0, to.segment().byteSize());
  }

  /** For G, and for w. */
  @Override
  public double passes(int iterations) {
    return 2;
  }

  @Override
  public FloatMatrix weights() {
    sum(0, BlockTree.blocks(samples), 0);
    MemorySegment.copy(sums[0].segment(), 0, w.segment(), 0, w.segment().byteSize());
    once.update(w, (float) scale, w0);
    return w;
  }

  /** X c over a range of blocks into the place of a level, left + right. */
  private void sum(int first, int blocks, int level) {
    if (blocks == 1) {
      sums[level].clear();
      int to = BlockTree.end(first, samples);
      for (int j = first * BlockTree.BLOCK, end; j < to; j = end) {
        end = Math.min(to - j, stage.width()) + j;
        once.gradient(stage.samples(j, end), j, end, c, sums[level]);
      }
      return;
    }
    int left = BlockTree.left(blocks);
    sum(first, left, level);
    sum(first + left, blocks - left, level + 1);
    once.add(sums[level], sums[level + 1]);
  }

  @Override
  public float[] bias() {
    return bias.clone();
  }
}
