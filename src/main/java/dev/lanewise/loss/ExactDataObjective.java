// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.matrix.Doubles;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.reduce.Partial;
import java.util.function.IntConsumer;

/**
 * m times the cost of a problem with value and gradient in double, in the coordinates of scales.
 * Products with the second derivative are those of the objective in float32, at the scores that
 * were found in double.
 */
public final class ExactDataObjective implements ExactObjective {

  // Parameters of a second derivative that is made in double, and multiply-adds that it may take.
  private static final int MOST_PARAMETERS = 768;
  private static final double MOST_WORK = 1 << 27;

  private final Problem problem;
  private final DataObjective objective;
  private final SampleSums sums;
  private final Scales scales;
  private final Parameters model;
  private final int features;
  private final int outputs;
  private double passes;

  /**
   * An objective in double.
   *
   * @param workspace gives the memory
   * @param problem what is minimised
   * @param objective the same in float32
   * @param scales have the coordinates of parameters
   */
  public ExactDataObjective(
      Workspace workspace, Problem problem, DataObjective objective, Scales scales) {
    this.problem = problem;
    this.objective = objective;
    this.sums = objective.sums();
    this.scales = scales;
    this.features = problem.x().rows();
    this.outputs = problem.outputs();
    this.model = new Parameters(workspace, problem.layout());
    sums.reserveExact();
    if (isSmall()) {
      long n = outputs * (features + 1L);
      // H, and the factor by columns and by rows.
      workspace.count(3 * n * n * Double.BYTES);
    }
  }

  @Override
  public double valueAndGradient(Parameters at, Parameters gradient) {
    double[][] w = Doubles.columns(at.weights());
    Partial partial = evaluate(at, w);
    for (int k = 0; k < outputs; k++) {
      double ofBias = problem.intercept() ? partial.number(k) : 0;
      double[] ofWeights = partial.doubles(k);
      for (int i = 0; i < features; i++) {
        double slope = ofWeights[i] - scales.mean(i) * ofBias;
        gradient.weights().set(i, k, (float) (slope + l2() * w[k][i]));
      }
      gradient.setBias(k, (float) ofBias);
    }
    return value(at, partial);
  }

  @Override
  public double value(Parameters at) {
    return value(at, evaluate(at, Doubles.columns(at.weights())));
  }

  private Partial evaluate(Parameters at, double[][] w) {
    scales.toModel(at, model);
    passes++;
    return sums.exactGradient(w, model);
  }

  private double value(Parameters at, Partial partial) {
    double value = partial.number(outputs);
    return l2() == 0 ? value : value + l2() / 2 * Vectors.dot(at.weights(), at.weights());
  }

  @Override
  public Change change(Parameters step) {
    double[] bias = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      bias[k] = scales.bias(step, k);
    }
    passes++;
    return sums.change(Doubles.columns(step.weights()), bias);
  }

  /**
   * Returns how far the probabilities of the model in float32 are from those in double.
   *
   * @param at where the value was computed last
   * @return the largest difference of all samples and classes
   */
  public double predictionError(Parameters at) {
    scales.toModel(at, model);
    return sums.predictionError(model);
  }

  @Override
  public boolean isSmall() {
    double n = outputs * (features + 1.0);
    return n <= MOST_PARAMETERS && n * n / 2 * problem.samples() <= MOST_WORK;
  }

  @Override
  public double[][] hessian() {
    int n = features + 1;
    double[][] h = sums.exactHessian(scales);
    passes++;
    for (int c = 0; c < outputs * n; c++) {
      double unit = scales.unit(c % n);
      boolean isBias = c % n == features;
      h[c][c] += isBias || unit == 0 ? 0 : l2() / unit / unit;
    }
    return h;
  }

  @Override
  public double noise(double value) {
    return 0x1p-48 * Math.abs(value);
  }

  @Override
  public void hessianTimes(Parameters v, Parameters result) {
    objective.hessianTimes(v, result);
  }

  @Override
  public void hessian(double[] combination, int fraction, double[][] h) {
    objective.hessian(combination, fraction, h);
  }

  @Override
  public double[][] coupling(int fraction) {
    return objective.coupling(fraction);
  }

  @Override
  public void each(int count, IntConsumer task) {
    objective.each(count, task);
  }

  @Override
  public ConvexObjective subset(int fraction) {
    return objective.subset(fraction);
  }

  @Override
  public double valueAtZero() {
    return objective.valueAtZero();
  }

  @Override
  public boolean hasEveryClass() {
    return objective.hasEveryClass();
  }

  @Override
  public double l2() {
    return objective.l2();
  }

  @Override
  public double l1() {
    return objective.l1();
  }

  @Override
  public double passes() {
    return objective.passes() + passes;
  }
}
