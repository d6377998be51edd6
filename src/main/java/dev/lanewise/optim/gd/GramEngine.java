// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.Executor;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.loss.Loss;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleCombination;
import dev.lanewise.loss.SampleScores;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.reduce.BlockSums;
import dev.lanewise.reduce.PartialShape;
import java.lang.foreign.MemorySegment;

/**
 * Gradient descent that does not store w. Each step adds a combination of the samples to w, so that
 * w = w0 + X c, and z = X'w + b = X'w0 + G c + b with G = X'X, computed once. An iteration takes m
 * * m multiply-adds instead of 2 * d * m. With an l2 penalty each step first multiplies w by a
 * factor, so that w = s w0 + X c.
 */
public final class GramEngine implements Engine {

  private final Kernels kernels;
  private final Problem problem;
  private final Loss loss;
  private final int samples;

  /** Evaluates sums over the samples that are needed once in a run. */
  private final Executor once;

  private final Kernels kernelsOfOnce;
  private final PartialShape combination;

  private final Parameters start;

  /** The factor of w0, s; 1 without a penalty. */
  private double scale = 1;

  /** X'w0, and whether any w0_i is not zero. */
  private final FloatMatrix z0;

  private boolean hasStart;

  private final FloatMatrix g;

  private final FloatMatrix c;

  /** b, 1 x 1. */
  private final FloatMatrix bias;

  private final FloatMatrix noBias;

  /** Saved copies of c, the bias and the scale; NaN if none were saved. */
  private final FloatMatrix remembered;

  private float rememberedBias = Float.NaN;
  private double rememberedScale;

  /** -alpha / m. */
  private final double step;

  /** 1 - alpha l2 / m, and the same rounded to float once. */
  private final double shrink;

  private final float shrinkOfC;

  private final FloatMatrix z;
  private final FloatMatrix e;
  private final FloatMatrix losses;
  private final Parameters parameters;

  /**
   * An engine.
   *
   * @param workspace gives the memory
   * @param compute computes G and the iterations
   * @param once computes sums that are needed once in a run, with scalar kernels: Java compiles
   *     only code that runs often, and SIMD code that is not compiled takes a second where scalar
   *     code takes milliseconds
   * @param problem what is minimised, of one output
   * @param start the initial parameters; its weights are read until the end
   * @param learningRate alpha
   * @param grams gives G
   */
  public GramEngine(
      Workspace workspace,
      Compute compute,
      Compute once,
      Problem problem,
      Parameters start,
      double learningRate,
      GramSource grams) {
    this.kernels = compute.kernels();
    this.problem = problem;
    this.loss = Loss.of(kernels, problem.y(), problem.weights(), 1);
    this.samples = problem.samples();
    this.combination = PartialShape.gradient(problem.layout(), 0);
    this.once = once.executor(workspace, problem.x());
    this.once.reserve(combination);
    this.kernelsOfOnce = once.kernels();
    this.start = start;
    this.step = -learningRate / samples;
    this.shrink = 1 - learningRate * problem.penalty().l2() / samples;
    this.shrinkOfC = (float) shrink;
    this.g = grams.gram(compute, workspace, problem.x());
    this.c = workspace.floats(samples, 1);
    this.z = workspace.floats(samples, 1);
    this.z0 = workspace.floats(samples, 1);
    this.e = workspace.floats(samples, 1);
    this.losses = workspace.floats(samples, 1);
    this.remembered = workspace.floats(samples, 1);
    this.bias = workspace.floats(1, 1);
    this.noBias = workspace.floats(1, 1);
    this.parameters = new Parameters(workspace, problem.layout());
    if (!workspace.isDryRun()) {
      bias.set(0, 0, start.bias(0));
      project();
    }
  }

  private void project() {
    hasStart = !isZero(start.weights());
    if (hasStart) {
      once.run(new SampleScores(kernelsOfOnce, start.weights(), noBias, z0));
    }
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
    if (hasStart) {
      kernels.update(z, (float) scale, z0);
    }
    loss.compare(z, 0, samples, e, losses, withCost); // (2), (3) and the bracket of (6), (7)
    double errors = BlockSums.sum(kernels, e); // (7)
    if (!Double.isFinite(errors)) {
      throw new NotFiniteException(reason());
    }
    double cost = withCost ? cost() : Double.NaN;
    // (8) as w := shrink w - alpha dw = shrink s w0 + X (shrink c - (alpha/m) e).
    kernels.update(c, shrinkOfC, (float) step, e, 0, c.paddedRows());
    scale *= shrink;
    // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
    if (problem.intercept()) {
      bias.set(0, 0, (float) Math.fma(step, errors, (double) bias.get(0, 0)));
    }
    return cost;
  }

  private double cost() {
    double sum = BlockSums.sum(kernels, losses);
    if (problem.penalty().l2() != 0) {
      sum += problem.penalty().l2() / 2 * squares();
    }
    return sum / samples; // (4)
  }

  /** |w|^2 = s^2 |w0|^2 + 2 s c'X'w0 + c'G c. */
  private double squares() {
    kernels.forward(g, 0, samples, c, noBias, losses);
    double squares = Vectors.dot(c, losses);
    if (hasStart) {
      FloatMatrix w0 = start.weights();
      squares += scale * (scale * Vectors.dot(w0, w0) + 2 * Vectors.dot(c, z0));
    }
    return squares;
  }

  private String reason() {
    for (int j = 0; j < samples; j++) {
      if (!Float.isFinite(g.get(j, j))) {
        return "products of features exceed float32 (which the primal engine does not form)";
      }
    }
    return "the outputs are no longer numbers";
  }

  @Override
  public void transfer(State state) {
    state.matrix("start_weights", start.weights());
    if (state.isKept()) {
      project();
    }
    state.matrix("coefficients", c);
    scale = state.number("scale", scale);
    state.matrix("bias", bias);
  }

  @Override
  public void remember() {
    if (Vectors.isFinite(bias) && Vectors.isFinite(c)) {
      copy(c, remembered);
      rememberedBias = bias.get(0, 0);
      rememberedScale = scale;
    }
  }

  @Override
  public boolean recall() {
    copy(remembered, c);
    bias.set(0, 0, rememberedBias);
    scale = rememberedScale;
    return Float.isFinite(rememberedBias);
  }

  private static void copy(FloatMatrix from, FloatMatrix to) {
    MemorySegment.copy(from.segment(), 0, to.segment(), 0, to.segment().byteSize());
  }

  /** For G, and for w. */
  @Override
  public double passes(int iterations) {
    return 2;
  }

  /** The weights s w0 + X c. */
  @Override
  public Parameters parameters() {
    FloatMatrix w = parameters.weights();
    FloatMatrix sum =
        once.run(new SampleCombination(kernelsOfOnce, c, combination)).gradient().weights();
    copy(sum, w);
    kernelsOfOnce.update(w, (float) scale, start.weights());
    parameters.setBias(0, bias.get(0, 0));
    return parameters;
  }
}
