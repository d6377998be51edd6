// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.Executor;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.loss.LocalSums;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleSums;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.Partial;
import java.util.Locale;

/**
 * Gradient descent by the tutorial's equations, on the weights themselves. An iteration allocates
 * nothing, except a few bytes if the cost with its penalty is computed.
 */
public final class PrimalEngine implements Engine {

  private final Kernels kernels;
  private final Problem problem;
  private final SampleSums samples;
  private final Executor.WeightTask update = this::update;

  private final int layers;
  private final Parameters parameters;
  private final Parameters remembered;
  private boolean isRemembered;

  /** -alpha / m. */
  private final double step;

  /** 1 - alpha l2 / m, rounded to float once. */
  private final float shrink;

  /** alpha l1 / m, rounded to float once. */
  private final float threshold;

  private Partial sums;

  /**
   * An engine.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   * @param start the initial parameters; updated
   * @param learningRate alpha
   */
  public PrimalEngine(
      Workspace workspace,
      Compute compute,
      Problem problem,
      Parameters start,
      double learningRate) {
    this(
        workspace,
        compute,
        problem,
        new LocalSums(workspace, compute, problem),
        start,
        learningRate);
  }

  /**
   * An engine on samples that may be elsewhere.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   * @param samples sums over its samples
   * @param start the initial parameters; updated
   * @param learningRate alpha
   */
  public PrimalEngine(
      Workspace workspace,
      Compute compute,
      Problem problem,
      SampleSums samples,
      Parameters start,
      double learningRate) {
    this.kernels = compute.kernels();
    this.problem = problem;
    this.samples = samples;
    this.layers = problem.layout().layers().size();
    this.parameters = start;
    this.remembered = new Parameters(workspace, problem.layout());
    this.step = -learningRate / problem.samples();
    this.shrink = (float) (1 - learningRate * problem.penalty().l2() / problem.samples());
    this.threshold = (float) (learningRate * problem.penalty().l1() / problem.samples());
  }

  @Override
  public String name() {
    return "primal";
  }

  @Override
  public double iterate(boolean withCost) {
    double penalty = withCost ? problem.penaltyAt(parameters) : 0;
    sums = samples.gradient(parameters, withCost, 1); // (1) to (7)
    samples.weights(update);
    int unit = 0;
    for (int l = 0; l < layers; l++) {
      FloatMatrix biases = parameters.biases(l);
      for (int k = 0; k < biases.rows(); k++, unit++) {
        double errors = sums.number(unit);
        if (!Double.isFinite(errors)) {
          throw new NotFiniteException(notFinite(l));
        }
        if (problem.intercept()) {
          // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
          biases.set(k, 0, (float) Math.fma(step, errors, (double) biases.get(k, 0)));
        }
      }
    }
    // (4) J = (1/m) times the summed losses, and the penalty.
    return withCost ? (samples.losses(sums) + penalty) / problem.samples() : Double.NaN;
  }

  /** (8), with the gradient of the squared penalty: w := (1 - alpha l2 / m) w - alpha dw. */
  private void update(int fromLine, int toLine) {
    for (int s = 0; s < parameters.stretches(); s++) {
      FloatMatrix w = parameters.stretch(s);
      int from = parameters.rowOf(s, fromLine);
      int to = parameters.rowOf(s, toLine);
      if (from < to) {
        kernels.update(w, shrink, (float) step, sums.gradient().stretch(s), from, to);
        if (threshold != 0) {
          // The proximal step of the l1 penalty.
          kernels.softThreshold(w, threshold, from, to);
        }
      }
    }
  }

  private String notFinite(int layer) {
    return layers == 1
        ? "the outputs are no longer numbers"
        : String.format(Locale.ROOT, "the errors of layer %d are no longer numbers", layer + 1);
  }

  @Override
  public double passes(int iterations) {
    return iterations;
  }

  @Override
  public void transfer(State state) {
    state.parameters("", parameters);
  }

  @Override
  public void remember() {
    if (parameters.isFinite()) {
      remembered.copy(parameters);
      isRemembered = true;
    }
  }

  @Override
  public boolean recall() {
    parameters.copy(remembered);
    return isRemembered;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }
}
