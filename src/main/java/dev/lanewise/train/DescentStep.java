package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.CrossEntropy;
import dev.lanewise.pass.Step;
import dev.lanewise.pass.Sums;
import java.lang.foreign.Arena;

/** Equations (1) to (8) in one pass: the weights, and room for z, e and L. */
final class DescentStep implements Step {

  private final Kernels kernels;

  /** w, d x K. */
  private final FloatMatrix w;

  /** b, K numbers. */
  private final float[] bias;

  /** -alpha / m, rounded to float once. */
  private final float step;

  /** 1 - alpha l2 / m, rounded to float once. */
  private final float shrink;

  /** alpha l1 / m, rounded to float once. */
  private final float threshold;

  /** (1) to (3). */
  private final CrossEntropy crossEntropy;

  private boolean withCost;

  DescentStep(
      Arena arena,
      Kernels kernels,
      Problem problem,
      FloatMatrix w,
      float[] bias,
      double learningRate) {
    this.kernels = kernels;
    this.w = w;
    this.bias = bias;
    int samples = problem.samples();
    this.step = (float) (-learningRate / samples);
    this.shrink = (float) (1 - learningRate * problem.penalty().l2() / samples);
    this.threshold = (float) (learningRate * problem.penalty().l1() / samples);
    this.crossEntropy =
        new CrossEntropy(arena, kernels, problem.y(), problem.weights(), problem.columns());
  }

  /** Says whether the next pass is to sum the losses of (4). */
  void want(boolean cost) {
    withCost = cost;
  }

  FloatMatrix weights() {
    return w;
  }

  float[] bias() {
    return bias;
  }

  @Override
  public void forward(SampleMatrix columns, int from, int to) {
    crossEntropy.forward(columns, from, to, w, bias); // (1)
    crossEntropy.compare(from, to, withCost); // (2), (3)
  }

  @Override
  public void back(
      SampleMatrix columns, int from, int to, int fromRow, int toRow, FloatMatrix sum) {
    kernels.gradient(columns, from, to, crossEntropy.errors(), fromRow, toRow, sum); // (6)
  }

  @Override
  public void sumNumbers(int from, int to, Sums sums) {
    crossEntropy.sum(from, to, withCost, sums);
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
