// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.SampleSpace;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.StopReason;

/**
 * Newton's method in the space of the samples, for few samples of many features. At the minimum,
 * the weights are a combination of the samples, w = X c, so it is enough to find the scores X'w + b
 * = G c + b with G = X'X. Everything is in double; each step factors an m x m matrix.
 *
 * <p>Given weights to start from need not be such a combination. But a step of Newton's method
 * depends on scores only, so the first step is taken from the scores of these weights, and is used
 * if its objective is below that of zero weights.
 *
 * <p>G and w have rounding errors of float32. {@link Finish} corrects these with more steps that
 * use the last matrix.
 */
public final class SampleNewton implements Solver {

  private static final int MOST_STEPS = 60;

  // A smaller gradient is within the rounding error of G.
  private static final double ROUGHLY = 1e-5;

  private final ParameterSpace space;
  private final Scales scales;
  private final Parameters ofModel;
  private StopRule rule;

  private SampleSpace objective;
  private int m;
  private double[][] g;
  private double[] y;
  private double[] s;
  private double l2;

  private double[] c;
  private double bias;
  private double[] z;
  private double[] e;
  private double value;
  private SampleFactor factor;
  private int iterations;

  /**
   * A solver for one use.
   *
   * @param space the space of the parameters
   * @param scales have the coordinates of the parameters
   * @param samples m
   */
  public SampleNewton(ParameterSpace space, Scales scales, int samples) {
    this.space = space;
    this.scales = scales;
    this.ofModel = space.zero();
    // B, and its factor by rows.
    space.workspace().count(2L * Double.BYTES * samples * samples);
  }

  /**
   * {@inheritDoc}
   *
   * @param problem a {@link SampleSpace}
   * @param start the initial parameters; receives the result
   */
  @Override
  public Solution minimise(
      ConvexObjective problem, StopRule stopRule, Parameters start, Monitor monitor) {
    rule = stopRule;
    objective = (SampleSpace) problem;
    read();
    findErrors();
    double atZero = gradientNorm();
    if (!space.isZero(start)) {
      if (rule.iterations() == 0) {
        return solution(start, StopReason.ITERATIONS);
      }
      stepFrom(start, monitor);
    }
    StopReason reason = findScores(atZero, monitor);
    factorise();
    start.clear();
    objective.combine(new double[][] {c}, start);
    scales.setBias(start, 0, bias);
    return solution(start, reason);
  }

  private Solution solution(Parameters end, StopReason reason) {
    NewtonSteps steps = factor == null ? null : (at, gradient, step) -> direction(gradient, step);
    return new Solution(
        end, value, Double.NaN, Double.NaN, iterations, objective.passes(), reason, null, steps);
  }

  private void read() {
    g = objective.gram();
    y = objective.labels();
    s = objective.sampleWeights();
    l2 = objective.l2();
    m = y.length;
    c = new double[m];
    z = new double[m];
    e = new double[m];
    value = objective(c, z, 0);
  }

  /** The gradient is X v with v = e + l2 c, so that its square is v'G v, and that of the bias. */
  private double gradientNorm() {
    double sum = 0;
    double[] v = new double[m];
    for (int j = 0; j < m; j++) {
      sum += e[j];
      v[j] = Math.fma(l2, c[j], e[j]);
    }
    double ofBias = scales.hasIntercept() ? sum : 0;
    return Math.sqrt(Math.max(0, SampleFactor.dot(v, times(v))) + ofBias * ofBias);
  }

  /** The step from the scores of given weights, if its objective is below that of zero weights. */
  private void stepFrom(Parameters start, Monitor monitor) {
    double[] atZero = z;
    z = new double[m];
    objective.project(start, new double[][] {z});
    for (int j = 0; j < m; j++) {
      z[j] += scales.bias(start, 0);
    }
    findErrors();
    if (factorise()) {
      Scores next = next();
      double found = objective(next.c, next.z, next.bias);
      if (found < value) {
        c = next.c;
        z = next.z;
        bias = next.bias;
        value = found;
        iterations = 1;
        findErrors();
        monitor.iterated(iterations, 1, value, gradientNorm(), objective.passes());
        return;
      }
    }
    z = atZero;
    findErrors();
  }

  private StopReason findScores(double atZero, Monitor monitor) {
    while (iterations < MOST_STEPS) {
      if (iterations > 0 && gradientNorm() <= ROUGHLY * atZero) {
        return StopReason.NO_PROGRESS;
      }
      if (!Double.isFinite(value)) {
        return StopReason.DIVERGED;
      }
      if (iterations >= rule.iterations()) {
        return StopReason.ITERATIONS;
      }
      if (!factorise()) {
        return StopReason.NO_PROGRESS;
      }
      double before = value;
      boolean moved = step();
      iterations++;
      findErrors();
      monitor.iterated(iterations, 1, value, gradientNorm(), objective.passes());
      // Finish continues on the data themselves.
      if (!moved || before - value <= 0x1p-28 * before) {
        return StopReason.NO_PROGRESS;
      }
    }
    return StopReason.NO_PROGRESS;
  }

  private void findErrors() {
    for (int j = 0; j < m; j++) {
      double sign = 1 - 2 * y[j];
      double a = sigmoid(sign * z[j]);
      e[j] = s[j] * sign * a;
    }
  }

  /** B at the scores; false if it is not positive definite. */
  private boolean factorise() {
    double[] root = new double[m];
    for (int j = 0; j < m; j++) {
      root[j] = SampleFactor.root(s[j] * (sigmoid(z[j]) * sigmoid(-z[j])));
    }
    SampleFactor next = SampleFactor.of(g, root, l2, scales.hasIntercept());
    factor = next == null ? factor : next;
    return next != null;
  }

  /** The result of a step. */
  private record Scores(double[] c, double[] z, double bias) {}

  /**
   * One step: c := D^1/2 u with B u = D^1/2 (z - b) - D^-1/2 e, and b such that the sum of c is
   * zero, as the bias is free of penalty.
   */
  private Scores next() {
    double[] u = new double[m];
    for (int j = 0; j < m; j++) {
      u[j] = factor.root(j) * z[j] - e[j] / factor.root(j);
    }
    double newBias = factor.solveFree(u);
    double[] newC = new double[m];
    for (int j = 0; j < m; j++) {
      newC[j] = factor.root(j) * u[j];
    }
    double[] newZ = times(newC);
    for (int j = 0; j < m; j++) {
      newZ[j] += newBias;
    }
    return new Scores(newC, newZ, newBias);
  }

  private boolean step() {
    Scores next = next();
    for (double t = 1; t > 0x1p-30; t /= 2) {
      double[] trialC = between(c, next.c, t);
      double[] trialZ = between(z, next.z, t);
      double trialBias = bias + t * (next.bias - bias);
      double trial = objective(trialC, trialZ, trialBias);
      if (trial < value) {
        c = trialC;
        z = trialZ;
        bias = trialBias;
        value = trial;
        return true;
      }
    }
    return false;
  }

  private double objective(double[] at, double[] scores, double atBias) {
    double losses = 0;
    double squares = 0;
    for (int j = 0; j < m; j++) {
      double t = (1 - 2 * y[j]) * scores[j];
      losses += s[j] * (Math.max(t, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(t))));
      squares = Math.fma(at[j], scores[j] - atBias, squares);
    }
    return losses + l2 / 2 * squares;
  }

  /**
   * The Newton step for a gradient g, with the last factor: -(g + X q) / l2, where q is such that H
   * maps the step to -g.
   */
  private void direction(Parameters gradient, Parameters step) {
    ofModel.copy(gradient);
    scales.center(ofModel.weights(), 0, -gradient.bias(0));
    double[] q = new double[m];
    objective.project(ofModel, new double[][] {q});
    double stepOfBias = -factor.solve(q, gradient.bias(0));
    for (int j = 0; j < m; j++) {
      q[j] *= factor.root(j);
    }
    objective.combine(new double[][] {q}, step);
    space.combine(step, 1 / l2, -1 / l2, ofModel);
    scales.setBias(step, 0, stepOfBias);
  }

  private double[] times(double[] v) {
    double[] product = new double[m];
    for (int k = 0; k < m; k++) {
      double factorOfColumn = v[k];
      double[] column = g[k];
      for (int j = 0; j < m; j++) {
        product[j] = Math.fma(factorOfColumn, column[j], product[j]);
      }
    }
    return product;
  }

  private static double[] between(double[] from, double[] to, double t) {
    double[] result = new double[from.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = from[j] + t * (to[j] - from[j]);
    }
    return result;
  }

  // StrictMath, because its bits are specified.
  private static double sigmoid(double t) {
    return 1 / (1 + StrictMath.exp(-t));
  }
}
