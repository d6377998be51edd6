// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.SampleSpace;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.StopReason;

/**
 * Newton's method for softmax in the space of few samples of many features: at the least the
 * weights are combinations of the samples, W = X C, and the scores G C + b with G = X'X are all
 * that there is to find. G is made once. From then on there is no pass over the samples until the
 * weights are made; each step is found by conjugate gradients with products with G, everything in
 * double.
 *
 * <p>The preconditioner is a factored m x m matrix for each class, where all are as likely one for
 * all, and stays until it helps no longer.
 *
 * <p>As in {@link SampleNewton}, a start counts by its scores, and {@link Finish} takes away what
 * is rounding.
 */
public final class SoftmaxSampleNewton implements Solver {

  private static final int MOST_STEPS = 60;
  private static final int MOST_PRODUCTS = 500;

  // A gradient below that is the rounding of G.
  private static final double ROUGHLY = 1e-5;

  // More products than that, and a new preconditioner pays.
  private static final int SLOW = 12;

  // How much of the right side is left where scores of a start, or weights, are corrected.
  private static final double CLOSELY = 1e-6;
  private static final double NEARLY = 1e-3;

  private final ParameterSpace space;
  private final Scales scales;
  private StopRule rule;

  private SampleSpace objective;
  private SampleProducts g;
  private SampleSoftmax softmax;
  private SampleGradients cg;
  private SamplePreconditioner preconditioner;
  private int outputs;
  private int m;
  private double l2;

  private Combination at;
  private Combination residual;
  private Combination direction;
  private double value;
  private double norm;
  private int iterations;

  /**
   * A solver for one use.
   *
   * @param space of the parameters, of K outputs
   * @param scales have the coordinates of the parameters
   * @param samples m
   */
  public SoftmaxSampleNewton(ParameterSpace space, Scales scales, int samples) {
    this.space = space;
    this.scales = scales;
    // B of each output, and its factor by rows.
    space.workspace().count(2L * Double.BYTES * space.outputs() * samples * samples);
  }

  /**
   * {@inheritDoc}
   *
   * @param problem a {@link SampleSpace} of K outputs
   * @param start where to begin, and receives the end
   */
  @Override
  public Solution minimise(
      ConvexObjective problem, StopRule stopRule, Parameters start, Monitor monitor) {
    rule = stopRule;
    read((SampleSpace) problem);
    look();
    double atZero = norm;
    if (!space.isZero(start)) {
      if (rule.iterations() == 0) {
        return solution(start, StopReason.ITERATIONS);
      }
      stepFrom(start, monitor);
    }
    StopReason reason = findScores(atZero, monitor);
    start.clear();
    objective.combine(at.c(), start);
    setBias(start);
    return solution(start, reason);
  }

  private Solution solution(Parameters end, StopReason reason) {
    NewtonSteps steps = preconditioner == null ? null : new Steps();
    return new Solution(
        end, value, Double.NaN, Double.NaN, iterations, objective.passes(), reason, null, steps);
  }

  private void read(SampleSpace problem) {
    objective = problem;
    outputs = space.outputs();
    l2 = problem.l2();
    g = new SampleProducts(problem, problem.gram());
    m = g.samples();
    softmax = new SampleSoftmax(problem.labels(), problem.sampleWeights(), outputs);
    cg = new SampleGradients(g, softmax, l2, outputs, scales.hasIntercept());
    at = Combination.zero(outputs, m);
    residual = Combination.zero(outputs, m);
    direction = Combination.zero(outputs, m);
    value = objective(at);
  }

  private void setBias(Parameters parameters) {
    for (int k = 0; k < outputs; k++) {
      scales.setBias(parameters, k, at.bias()[k]);
    }
  }

  private double[][] scores(Combination x) {
    double[][] z = new double[outputs][m];
    for (int k = 0; k < outputs; k++) {
      for (int j = 0; j < m; j++) {
        z[k][j] = x.products()[k][j] + x.bias()[k];
      }
    }
    return z;
  }

  private double objective(Combination x) {
    return softmax.losses(scores(x)) + l2 / 2 * x.squares();
  }

  /** Finds p, and the gradient X (E + l2 C) with its sign turned. */
  private void look() {
    softmax.look(scores(at));
    findResidual();
    norm = Math.sqrt(Math.max(0, residual.dot(residual)));
  }

  private void findResidual() {
    double[][] errors = softmax.errors();
    g.times(errors, residual.products());
    for (int k = 0; k < outputs; k++) {
      double sum = 0;
      for (int j = 0; j < m; j++) {
        sum += errors[k][j];
        residual.c()[k][j] = -Math.fma(l2, at.c()[k][j], errors[k][j]);
        residual.products()[k][j] = -Math.fma(l2, at.products()[k][j], residual.products()[k][j]);
      }
      residual.bias()[k] = scales.hasIntercept() ? -sum : 0;
    }
  }

  /** The step from the scores of a start, if it leads below where all is zero. */
  private void stepFrom(Parameters start, Monitor monitor) {
    double[][] z = scores(start);
    softmax.look(z);
    preconditioner = SamplePreconditioner.of(objective, g, softmax, scales.hasIntercept());
    if (preconditioner != null) {
      // Where the step leads: l2 C + D (G C + b) = D Z - E.
      softmax.curve(z, z);
      for (int k = 0; k < outputs; k++) {
        double[] errors = softmax.errors()[k];
        double sum = 0;
        for (int j = 0; j < m; j++) {
          residual.c()[k][j] = z[k][j] - errors[j];
          sum += residual.c()[k][j];
        }
        residual.bias()[k] = scales.hasIntercept() ? sum : 0;
      }
      g.times(residual.c(), residual.products());
      Combination next = Combination.zero(outputs, m);
      cg.solve(preconditioner, residual, CLOSELY, MOST_PRODUCTS, next);
      double found = objective(next);
      if (found < value) {
        at = next;
        value = found;
        iterations = 1;
        look();
        monitor.iterated(iterations, 1, value, norm, objective.passes());
        return;
      }
    }
    preconditioner = null;
    look();
  }

  private StopReason findScores(double atZero, Monitor monitor) {
    while (iterations < MOST_STEPS) {
      if (iterations > 0 && norm <= ROUGHLY * atZero) {
        return StopReason.NO_PROGRESS;
      }
      if (!Double.isFinite(value) || !Double.isFinite(norm)) {
        return StopReason.DIVERGED;
      }
      if (iterations >= rule.iterations()) {
        return StopReason.ITERATIONS;
      }
      if (preconditioner == null || cg.iterations() > SLOW) {
        preconditioner = SamplePreconditioner.of(objective, g, softmax, scales.hasIntercept());
      }
      if (preconditioner == null) {
        return StopReason.NO_PROGRESS;
      }
      double reduction = Math.min(0.25, Math.sqrt(norm / atZero));
      cg.solve(preconditioner, residual, reduction, MOST_PRODUCTS, direction);
      double before = value;
      boolean moved = step();
      iterations++;
      look();
      monitor.iterated(iterations, 1, value, norm, objective.passes());
      // The rest is for the data themselves to say.
      if (!moved || before - value <= 0x1p-28 * before) {
        return StopReason.NO_PROGRESS;
      }
    }
    return StopReason.NO_PROGRESS;
  }

  private boolean step() {
    Combination trial = Combination.zero(outputs, m);
    for (double t = 1; t > 0x1p-30; t /= 2) {
      trial.copy(at);
      trial.add(t, direction);
      double next = objective(trial);
      if (next < value) {
        at = trial;
        value = next;
        return true;
      }
    }
    return false;
  }

  private final class Steps implements NewtonSteps {

    @Override
    public void from(Parameters parameters, Parameters gradient, Parameters step) {
      direction(parameters, step);
    }

    @Override
    public void taken(double length) {
      at.add(length, direction);
    }
  }

  /**
   * The step on the weights themselves, W about X C: from their own scores, in the space of the
   * samples.
   */
  private void direction(Parameters parameters, Parameters step) {
    softmax.look(scores(parameters));
    findResidual();
    cg.solve(preconditioner, residual, NEARLY, MOST_PRODUCTS, direction);
    objective.combine(direction.c(), step);
    for (int k = 0; k < outputs; k++) {
      scales.setBias(step, k, direction.bias()[k]);
    }
  }

  /** The scores of weights and biases, from the samples. */
  private double[][] scores(Parameters parameters) {
    double[][] z = new double[outputs][m];
    objective.project(parameters, z);
    for (int k = 0; k < outputs; k++) {
      double bias = scales.bias(parameters, k);
      for (int j = 0; j < m; j++) {
        z[k][j] += bias;
      }
    }
    return z;
  }
}
