// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ExactObjective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.StopReason;
import java.util.Arrays;

/**
 * The end of every solver: evaluates the objective in double, estimates the distance from the
 * optimum, and takes a few more Newton steps where that is too far. Only it decides that a run has
 * converged.
 *
 * <p>The distance is estimated by Newton's method: a step p at a gradient g predicts a decrease of
 * -g.p / 2. If there are few parameters, p is computed in double from the whole second derivative;
 * else by the method of the solver ({@link NewtonSteps}), or by conjugate gradients. With an l1
 * penalty, a zero weight whose least subgradient is zero stays zero.
 */
public final class Finish {

  // The most Newton steps if a step is expensive; near the optimum a few are enough.
  private static final int MOST = 20;
  private static final int MOST_PRODUCTS = 500;
  // The relative rounding error of second derivatives that were summed in double.
  private static final double ROUNDING = 0x1p-48;
  private static final double LEAST_STEP = 0x1p-10;

  // In units of the tolerance: the largest relative error of the objective, the largest error of
  // probabilities, and that of margins if there is no penalty.
  private static final double OF_GAP = 0.25;
  private static final double OF_PROBABILITIES = 50;
  private static final double OF_MARGINS = 1e4;

  // Near the minimum, a step that raises a margin by so much, and lowers none, shows that there is
  // no optimum: it is 1 where a loss is exp(-margin), as it is for separable samples.
  private static final double NEAR = 1e-4;
  private static final double MARGIN = 0.5;
  private static final double BACK = 1e-4;

  private final ParameterSpace space;
  private final Scales scales;
  private StopRule rule;
  private final Orthant orthant;
  private final ConjugateGradients cg;

  /** Preconditioners use one sample in this many; 0 if none are made. */
  private final int fraction;

  private final Parameters step;
  private Parameters gradient;
  private Parameters trial;
  private Parameters trialGradient;

  private ExactObjective objective;
  private Preconditioner preconditioner;
  private NewtonSteps steps;
  private double value;
  private double gap;

  /** The gap that features may hide that are linearly dependent except for rounding. */
  private double hidden;

  private boolean exact;
  private ExactObjective.Change change;

  /**
   * The result.
   *
   * @param solution the parameters, their gradient, and why this is the end
   * @param gap an estimate of how far the objective is above its minimum; infinite if unknown
   * @param dependent whether the gap is that of features that differ from linear combinations of
   *     others by rounding only
   */
  public record Verdict(Solution solution, double gap, boolean dependent) {}

  /**
   * A finish for one use.
   *
   * @param space of the parameters
   * @param scales have the coordinates of the parameters
   * @param samples m, if there may be room for a second derivative of all parameters; else 0
   */
  public Finish(ParameterSpace space, Scales scales, int samples) {
    this.space = space;
    this.scales = scales;
    this.fraction = samples == 0 ? 0 : Curvature.fraction(samples, space.features());
    this.orthant = new Orthant(space);
    this.cg = new ConjugateGradients(space);
    this.step = space.zero();
    this.gradient = space.zero();
    this.trial = space.zero();
    this.trialGradient = space.zero();
    if (samples > 0) {
      // The second derivative of each output, and two factors by columns and by rows.
      long parameters = space.features() + 1L;
      space.workspace().count(4 * Double.BYTES * parameters * parameters * space.outputs());
    }
  }

  /**
   * Evaluates the result of a solver, and takes more steps if they are needed.
   *
   * @param problem the objective in double
   * @param stopRule when to stop, with the iterations that are left
   * @param start the initial parameters of that solver; the result is not above them
   * @param found where a solver stopped; its parameters become the end
   * @param monitor receives every step
   * @return the verdict
   */
  public Verdict look(
      ExactObjective problem,
      StopRule stopRule,
      Parameters start,
      Solution found,
      Monitor monitor) {
    rule = stopRule;
    objective = problem;
    preconditioner = found.curvature();
    steps = found.steps();
    orthant.penalise(problem.l1());
    Parameters at = found.parameters();
    boolean begun = !space.isZero(start);
    double atStart = begun ? valueAndGradient(start, gradient) : problem.valueAtZero();
    value = valueAndGradient(at, gradient);
    if (begun && !(value <= atStart)) {
      at.copy(start);
      preconditioner = null;
      steps = null;
      value = valueAndGradient(at, gradient);
    }
    int iterations = found.iterations();
    StopReason reason = found.reason();
    if (!(value <= problem.valueAtZero())) {
      at.clear();
      preconditioner = null;
      steps = null;
      value = valueAndGradient(at, gradient);
    }
    for (int count = 0; ; count++) {
      Parameters slope = orthant.slope(at, gradient);
      if (!Double.isFinite(value) || !Double.isFinite(space.norm(slope))) {
        reason = StopReason.DIVERGED;
        gap = Double.POSITIVE_INFINITY;
        break;
      }
      findStep(at, slope);
      if (isFree() && goesOnForEver()) {
        reason = StopReason.NO_OPTIMUM;
        break;
      }
      if (isOptimum(slope)) {
        reason = StopReason.GRADIENT;
        break;
      }
      if (iterations >= rule.iterations()) {
        reason = StopReason.ITERATIONS;
        break;
      }
      if (count == MOST && !problem.isSmall() || !take(at, slope)) {
        if (steps != null) {
          // These steps are computed in the space of the samples, with its rounding errors.
          steps = null;
          continue;
        }
        reason = StopReason.NO_PROGRESS;
        break;
      }
      iterations++;
      double norm = space.norm(orthant.slope(at, gradient));
      monitor.iterated(iterations, 1, value, norm, objective.passes());
    }
    Parameters slope = orthant.slope(at, gradient);
    Solution end =
        new Solution(
            at,
            value,
            space.norm(slope),
            scales.size(slope),
            iterations,
            objective.passes(),
            reason,
            preconditioner,
            steps);
    boolean dependent = exact && hidden > OF_GAP * rule.tolerance() * value;
    return new Verdict(end, exact ? gap : Double.POSITIVE_INFINITY, dependent);
  }

  private double valueAndGradient(Parameters at, Parameters result) {
    return objective.valueAndGradient(at, result) + orthant.penalty(at);
  }

  private boolean isFree() {
    return objective.l1() == 0 && objective.l2() == 0;
  }

  private boolean goesOnForEver() {
    return exact
        && gap <= NEAR * value
        && change.highest() >= MARGIN
        && -change.lowest() <= BACK * change.highest();
  }

  private boolean isOptimum(Parameters slope) {
    return scales.size(slope) <= rule.tolerance()
        && exact
        && gap <= OF_GAP * rule.tolerance() * value
        && change.probability() <= OF_PROBABILITIES * rule.tolerance()
        && !(isFree()
            && Math.max(change.highest(), -change.lowest()) > OF_MARGINS * rule.tolerance());
  }

  /** Computes the step, and the decrease of the objective that it predicts. */
  private void findStep(Parameters at, Parameters slope) {
    hidden = 0;
    if (space.isZero(slope)) {
      step.clear();
      exact = true;
    } else if (objective.isSmall() && solve(at, slope)) {
      exact = true;
    } else if (steps != null) {
      steps.from(at, slope, step);
      exact = true;
    } else {
      if (preconditioner == null && fraction > 0) {
        preconditioner = Curvature.of(objective, fraction, space, scales);
      }
      if (preconditioner == null) {
        preconditioner = scales::apply;
      }
      cg.solveFor(
          (v, product) -> {
            objective.hessianTimes(v, product);
            hold(at, slope, product);
          },
          slope,
          (r, result) -> {
            preconditioner.apply(r, result);
            hold(at, slope, result);
          },
          preconditioner.isSingular() ? scales.rounding(space.outputs()) : 0,
          MOST_PRODUCTS,
          step);
      exact = cg.isComplete();
    }
    if (space.outputs() > 1 && objective.l2() > 0 && !orthant.isPenalised()) {
      stepToMeans(at);
    }
    gap = Math.max(hidden, -space.dot(slope, step) / 2);
    change = objective.change(step);
  }

  /**
   * Makes a step lead to weights whose mean over the outputs is zero for each feature. The losses
   * of several outputs do not depend on that mean, so only the penalty does.
   */
  private void stepToMeans(Parameters at) {
    for (int i = 0; i < space.features(); i++) {
      double mean = 0;
      for (int k = 0; k < space.outputs(); k++) {
        mean += (double) at.weights().get(i, k) + step.weights().get(i, k);
      }
      mean /= space.outputs();
      for (int k = 0; k < space.outputs(); k++) {
        step.weights().set(i, k, (float) (step.weights().get(i, k) - mean));
      }
    }
  }

  /** Whether the l1 penalty keeps a weight at zero. */
  private boolean isHeld(Parameters at, Parameters slope, int output, int feature) {
    return orthant.isPenalised()
        && at.weights().get(feature, output) == 0
        && slope.weights().get(feature, output) == 0;
  }

  private void hold(Parameters at, Parameters slope, Parameters vector) {
    for (int k = 0; orthant.isPenalised() && k < space.outputs(); k++) {
      for (int i = 0; i < space.features(); i++) {
        if (isHeld(at, slope, k, i)) {
          vector.weights().set(i, k, 0);
        }
      }
    }
  }

  /** Solves in double; false if the second derivative is not finite. */
  private boolean solve(Parameters at, Parameters slope) {
    double[][] h = objective.hessian();
    int n = space.features() + 1;
    double[] p = new double[h.length];
    for (int c = 0; c < p.length; c++) {
      int feature = c % n;
      double unit = scales.unit(feature);
      if (unit == 0 || feature < n - 1 && isHeld(at, slope, c / n, feature)) {
        clear(h, c);
      } else {
        p[c] = -element(slope, c / n, feature) / unit;
      }
    }
    Cholesky factor = Cholesky.factorIndependent(h, ROUNDING);
    if (factor == null) {
      return false;
    }
    if (factor.isSingular()) {
      hidden = hidden(h, p);
    }
    factor.solve(p);
    double mean = 0;
    for (int k = 0; k < space.outputs() && space.outputs() > 1; k++) {
      mean += p[k * n + n - 1] / space.outputs();
    }
    for (int c = 0; c < p.length; c++) {
      double unit = scales.unit(c % n);
      float element = unit == 0 ? 0 : (float) (p[c] / unit);
      if (c % n < n - 1) {
        step.weights().set(c % n, c / n, element);
      } else {
        // The mean of several biases changes no probability, so it is kept.
        step.setBias(c / n, unit == 0 ? 0 : (float) ((p[c] - mean) / unit));
      }
    }
    return true;
  }

  /**
   * The decrease that a step would predict if rounding errors of features counted as differences.
   */
  private static double hidden(double[][] h, double[] slope) {
    double[] p = slope.clone();
    Cholesky.factorNear(h, ROUNDING).solve(p);
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      sum = Math.fma(slope[c], p[c], sum);
    }
    return Math.max(0, sum / 2);
  }

  private static void clear(double[][] h, int c) {
    for (int k = 0; k < c; k++) {
      h[k][c] = 0;
    }
    Arrays.fill(h[c], 0);
    h[c][c] = 1;
  }

  private double element(Parameters of, int output, int feature) {
    return feature < space.features() ? of.weights().get(feature, output) : of.bias(output);
  }

  /** Takes the step, shortened until the objective falls; false if it does not fall. */
  private boolean take(Parameters at, Parameters slope) {
    double size = scales.size(slope);
    orthant.choose(at, slope);
    for (double t = 1; t >= LEAST_STEP; t /= 2) {
      trial.copy(at);
      space.add(trial, t, step);
      if (orthant.isPenalised()) {
        orthant.project(trial);
      }
      double next = valueAndGradient(trial, trialGradient);
      boolean falls = next < value - objective.noise(value);
      // If rounding hides the decrease of the objective, the gradient decides.
      boolean falling = next <= value + objective.noise(value);
      if (falls || falling && scales.size(orthant.slope(trial, trialGradient)) < size / 2) {
        at.copy(trial);
        Parameters other = gradient;
        gradient = trialGradient;
        trialGradient = other;
        value = next;
        if (steps != null && !objective.isSmall()) {
          steps.taken(t);
        }
        return true;
      }
      orthant.slope(at, gradient);
    }
    // The objective's other results must be those at the current parameters.
    value = valueAndGradient(at, gradient);
    return false;
  }
}
