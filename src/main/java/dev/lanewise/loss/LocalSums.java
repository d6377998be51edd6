// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.Compute;
import dev.lanewise.exec.Executor;
import dev.lanewise.exec.LocalExecutor;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.Doubles;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import java.util.function.IntConsumer;

/** The sums over samples in the memory of this process, each a block function. */
public final class LocalSums implements SampleSums {

  private final Workspace workspace;
  private final Kernels kernels;
  private final LocalExecutor executor;
  private final Problem problem;
  private final Loss loss;

  /** z, then e and other factors of samples, and L. */
  private final CrossEntropy crossEntropy;

  private CrossEntropy withoutGradient;
  private LocalCurvature curvature;
  private LocalExactSums exact;

  /**
   * The sums of a problem.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem has the samples
   */
  public LocalSums(Workspace workspace, Compute compute, Problem problem) {
    this.workspace = workspace;
    this.kernels = compute.kernels();
    // Dropout is for the batches of sgd: the cost is that of the whole network.
    this.problem = problem.withoutDropout();
    this.executor = compute.executor(workspace, problem.x());
    this.loss = Loss.of(kernels, problem.y(), problem.weights(), problem.outputs());
    this.crossEntropy =
        CrossEntropy.withGradient(workspace, kernels, loss, problem.samples(), this.problem);
    executor.reserve(crossEntropy.shape());
  }

  @Override
  public PartialShape shape() {
    return crossEntropy.shape();
  }

  @Override
  public Partial gradient(Parameters model, boolean withLosses, int fraction) {
    forgetCurvature();
    return executor.run(crossEntropy.at(model, withLosses), fraction);
  }

  private void forgetCurvature() {
    if (curvature != null) {
      curvature.forget();
    }
  }

  @Override
  public Partial cost(Parameters model) {
    return executor.run(withoutGradient.at(model, true));
  }

  @Override
  public void reserveCost() {
    withoutGradient = crossEntropy.withoutGradient(workspace);
    executor.reserve(withoutGradient.shape());
  }

  @Override
  public void reserveCurvature() {
    if (curvature == null) {
      curvature = new LocalCurvature(workspace, kernels, executor, problem, loss, crossEntropy);
    }
  }

  @Override
  public void reserveSquare() {
    curvature.reserveSquare();
  }

  @Override
  public void reserveExact() {
    if (exact == null) {
      exact = new LocalExactSums(workspace, executor, problem);
    }
  }

  @Override
  public void weights(Executor.WeightTask task) {
    executor.weights(crossEntropy.shape().gradient(), task);
  }

  @Override
  public void each(int count, IntConsumer task) {
    executor.each(count, task);
  }

  @Override
  public Scales scales() {
    return ScaleSums.scales(executor, problem);
  }

  @Override
  public Partial product(Parameters v, int fraction) {
    return curvature.product(v, fraction);
  }

  @Override
  public Partial coupling(int fraction) {
    return curvature.coupling(fraction);
  }

  @Override
  public Partial border(double[] combination, int fraction) {
    return curvature.border(combination, fraction);
  }

  @Override
  public void square(Scales scales, int fraction, double factor, double[][] result) {
    curvature.square(scales, fraction, factor, result);
  }

  /**
   * Returns the second derivatives along the combination of the last {@link #border}.
   *
   * @return D, m x 1
   */
  public FloatMatrix diagonal() {
    return curvature.diagonal();
  }

  @Override
  public Partial exactGradient(double[][] w, Parameters model) {
    Partial sums = exact.gradient(w, model);
    setScores(exact.scores());
    return sums;
  }

  @Override
  public ExactObjective.Change change(double[][] w, double[] bias) {
    return exact.change(w, bias);
  }

  @Override
  public double predictionError(Parameters model) {
    return exact.distance(scores(model));
  }

  @Override
  public double[][] exactHessian(Scales scales) {
    return exact.hessian(scales);
  }

  @Override
  public boolean isSeparatedBy(Parameters model) {
    FloatMatrix z = problem.hidden().isNone() ? scores(model) : outputs(model);
    for (int j = 0; j < problem.samples(); j++) {
      int label = problem.label(j);
      boolean right = z.columns() > 1 || (2 * label - 1) * z.get(j, 0) > 0;
      for (int k = 0; z.columns() > 1 && k < z.columns(); k++) {
        right &= k == label || z.get(j, label) > z.get(j, k);
      }
      if (!right && problem.weight(j) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Computes the outputs of a network: m x K, valid until the next pass. */
  private FloatMatrix outputs(Parameters model) {
    cost(model); // (1), (2)
    return withoutGradient.outputs();
  }

  /** Sets the scores at which second derivatives are computed: K arrays of m numbers. */
  private void setScores(double[][] z) {
    Doubles.round(z, crossEntropy.outputs());
    forgetCurvature();
  }

  /**
   * Computes the scores of a model, at which second derivatives are computed from then on.
   *
   * @param model the parameters as they are in the model
   */
  public void moveTo(Parameters model) {
    scores(model);
  }

  /**
   * Computes the sums that scales are made from.
   *
   * @param centre as {@link ScaleSums#centre}
   * @return the sums
   */
  public Partial scaleSums(float[] centre) {
    return executor.run(new ScaleSums(problem, centre));
  }

  /** Computes the scores of a model in float32: m x K, valid until the next pass. */
  private FloatMatrix scores(Parameters model) {
    FloatMatrix scores = crossEntropy.outputs();
    executor.run(new SampleScores(kernels, model.weights(), model.biases(), scores));
    forgetCurvature();
    return scores;
  }

  /** Computes X C of K arrays of m numbers. */
  Partial combine(double[][] c) {
    Doubles.round(c, crossEntropy.errors());
    return executor.run(
        new SampleCombination(kernels, crossEntropy.errors(), crossEntropy.shape()));
  }

  /** Computes X'V, without biases, of each output. */
  void project(Parameters v, double[][] products) {
    FloatMatrix factors = crossEntropy.errors();
    executor.run(new SampleScores(kernels, v.weights(), curvature.noBias(), factors));
    Doubles.copy(factors, products);
  }
}
