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

  /** y, m x 1. */
  private final FloatMatrix y;

  /** w, d x 1. */
  private final FloatMatrix w;

  /** b. */
  private float bias;

  /** -alpha / m, rounded to float once. */
  private final float step;

  /** (1), m x 1. */
  private final FloatMatrix z;

  /** a - y, m x 1. */
  private final FloatMatrix e;

  /** (3), m x 1. */
  private final FloatMatrix losses;

  private boolean withCost;

  DescentStep(
      Arena arena, Kernels kernels, FloatMatrix y, FloatMatrix w, float bias, double learningRate) {
    this.kernels = kernels;
    this.y = y;
    this.w = w;
    this.bias = bias;
    int samples = y.rows();
    this.step = (float) (-learningRate / samples);
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
    kernels.error(z, y, from, to, e); // (2) and the bracket of (6), (7)
    if (withCost) {
      kernels.loss(z, y, from, to, losses); // (3)
    }
  }

  @Override
  public FloatMatrix coefficients() {
    return e;
  }

  @Override
  public void sumNumbers(int from, int to, Sums sums) {
    sums.set(kernels.sum(e, from, to), withCost ? kernels.sum(losses, from, to) : 0);
  }

  @Override
  public void complete(FloatMatrix sum, int fromRow, int toRow) {
    kernels.update(w, step, sum, fromRow, toRow); // (8)
  }
}
