package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.Step;
import dev.lanewise.pass.Sums;
import java.lang.foreign.Arena;

/** Equations (1) to (8) in one pass: the weights, and room for z, e and L. */
final class DescentStep implements Step {

  private final Kernels kernels;

  private final Problem problem;

  /** w, d x 1. */
  private final FloatMatrix w;

  /** b. */
  private float bias;

  /** -alpha / m, rounded to float once. */
  private final float step;

  /** 1 - alpha l2 / m, rounded to float once. */
  private final float shrink;

  /** alpha l1 / m, rounded to float once. */
  private final float threshold;

  /** (1), m x 1. */
  private final FloatMatrix z;

  /** a - y, m x 1. */
  private final FloatMatrix e;

  /** (3), m x 1. */
  private final FloatMatrix losses;

  private boolean withCost;

  DescentStep(
      Arena arena,
      Kernels kernels,
      Problem problem,
      FloatMatrix w,
      float bias,
      double learningRate) {
    this.kernels = kernels;
    this.problem = problem;
    this.w = w;
    this.bias = bias;
    int samples = problem.samples();
    this.step = (float) (-learningRate / samples);
    this.shrink = (float) (1 - learningRate * problem.penalty().l2() / samples);
    this.threshold = (float) (learningRate * problem.penalty().l1() / samples);
    this.z = FloatMatrix.allocate(arena, samples, 1);
    this.e = FloatMatrix.allocate(arena, samples, 1);
    this.losses = FloatMatrix.allocate(arena, samples, 1);
  }

  /** Says whether the next pass is to sum the losses of (4). */
  void want(boolean cost) {
    withCost = cost;
  }

  FloatMatrix weights() {
    return w;
  }

  float bias() {
    return bias;
  }

  void moveBias(float newBias) {
    bias = newBias;
  }

  @Override
  public void forward(SampleMatrix columns, int from, int to) {
    kernels.forward(columns, from, to, w, bias, z); // (1)
    kernels.error(z, problem.y(), from, to, e); // (2) and the bracket of (6), (7)
    if (withCost) {
      kernels.loss(z, problem.y(), from, to, losses); // (3)
    }
    if (problem.weights() != null) {
      kernels.multiply(e, problem.weights(), from, to);
      if (withCost) {
        kernels.multiply(losses, problem.weights(), from, to);
      }
    }
  }

  @Override
  public void back(
      SampleMatrix columns, int from, int to, int fromRow, int toRow, FloatMatrix sum) {
    kernels.gradient(columns, from, to, e, fromRow, toRow, sum); // (6)
  }

  @Override
  public void sumNumbers(int from, int to, Sums sums) {
    sums.set(kernels.sum(e, from, to), withCost ? kernels.sum(losses, from, to) : 0);
  }

  @Override
  public void complete(FloatMatrix sum, int fromRow, int toRow) {
    // (8), with the gradient of the squared penalty: w := (1 - alpha l2 / m) w - alpha dw.
    kernels.update(w, shrink, step, sum, fromRow, toRow);
    if (threshold != 0) {
      // The proximal step of the penalty on sizes.
      kernels.softThreshold(w, threshold, fromRow, toRow);
    }
  }
}
