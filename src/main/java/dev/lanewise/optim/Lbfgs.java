// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.Objective;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.StopReason;

/**
 * L-BFGS: a direction from the last ten steps and, before there are any, from the diagonal of the
 * second derivative at zero weights; and a line search along it. With a penalty on the sizes of the
 * weights it is OWL-QN (Andrew and Gao, 2007): the least subgradient instead of the gradient, and
 * steps that do not cross zero.
 */
public final class Lbfgs implements Solver {

  private static final double FALL = 1e-4;
  private static final double ROUNDING = 0x1p-24;
  private static final double LEAST_STEP = 0x1p-30;

  private final ParameterSpace space;
  private StopRule rule;
  private final History history;
  private final Parameters direction;
  private Parameters at;
  private Parameters gradient;
  private Parameters trial;
  private Parameters trialGradient;
  private final Orthant orthant;

  private Objective objective;
  private double value;
  private int iterations;

  /**
   * A solver for one use.
   *
   * @param space of the parameters
   * @param first the inverse of the second derivative before there are steps
   */
  public Lbfgs(ParameterSpace space, Preconditioner first) {
    this.space = space;
    this.history = new History(space, first);
    this.direction = space.zero();
    this.at = space.zero();
    this.gradient = space.zero();
    this.trial = space.zero();
    this.trialGradient = space.zero();
    this.orthant = new Orthant(space);
  }

  @Override
  public Solution minimise(
      ConvexObjective problem, StopRule stopRule, Parameters start, Monitor monitor) {
    return descend(problem, stopRule, start, monitor);
  }

  /**
   * Minimises an objective that need not be convex, to where its gradient is small enough.
   *
   * @param problem what is minimised
   * @param stopRule when to stop
   * @param start the parameters to start from; overwritten with the solution
   * @param monitor receives every iteration
   * @return where it stopped; its parameters are {@code start}
   */
  public Solution descend(Objective problem, StopRule stopRule, Parameters start, Monitor monitor) {
    rule = stopRule;
    objective = problem;
    orthant.penalise(problem.l1());
    at.copy(start);
    value = objective.valueAndGradient(at, gradient) + orthant.penalty(at);
    if (objective.isConvex() && !(value <= objective.valueAtZero())) {
      at.clear();
      value = objective.valueAndGradient(at, gradient);
    }
    StopReason reason = descend(monitor);
    Parameters slope = orthant.slope(at, gradient);
    start.copy(at);
    return new Solution(
        start,
        value,
        space.norm(slope),
        rule.size().size(slope),
        iterations,
        objective.passes(),
        reason,
        null,
        null);
  }

  private StopReason descend(Monitor monitor) {
    double norm = space.norm(orthant.slope(at, gradient));
    int withoutFall = 0;
    while (true) {
      if (!Double.isFinite(value) || !Double.isFinite(norm)) {
        return StopReason.DIVERGED;
      }
      if (rule.isMet(orthant.slope(at, gradient))) {
        return StopReason.GRADIENT;
      }
      if (iterations >= rule.iterations()) {
        return StopReason.ITERATIONS;
      }
      double before = value;
      if (!step()) {
        if (history.isEmpty()) {
          return StopReason.NO_PROGRESS;
        }
        // Rounding may have spoiled the history: straight downhill once more.
        history.forget();
        continue;
      }
      iterations++;
      norm = space.norm(orthant.slope(at, gradient));
      monitor.iterated(iterations, 1, value, norm, objective.passes());
      withoutFall = before - value > ROUNDING * Math.abs(value) / 16 ? 0 : withoutFall + 1;
      if (withoutFall == 10) {
        return StopReason.NO_PROGRESS;
      }
    }
  }

  private boolean step() {
    Parameters slope = orthant.slope(at, gradient);
    direction.copy(slope);
    history.apply(direction);
    space.scale(direction, -1);
    orthant.align(direction, slope);
    double along = space.dot(slope, direction);
    if (!(along < 0)) {
      return false;
    }
    return orthant.isPenalised() ? backtrack(slope) : search(along);
  }

  private boolean search(double along) {
    LineSearch.Line line =
        new LineSearch.Line() {
          private double found;

          @Override
          public void at(double t) {
            trial.copy(at);
            space.add(trial, t, direction);
            found = objective.valueAndGradient(trial, trialGradient);
          }

          @Override
          public double value() {
            return found;
          }

          @Override
          public double slope() {
            return space.dot(trialGradient, direction);
          }
        };
    if (new LineSearch(line, objective.noise(value)).search(value, along, 1) == 0) {
      return false;
    }
    accept(line.value());
    return true;
  }

  private boolean backtrack(Parameters slope) {
    orthant.choose(at, slope);
    for (double t = 1; t >= LEAST_STEP; t /= 2) {
      trial.copy(at);
      space.add(trial, t, direction);
      orthant.project(trial);
      double next = objective.valueAndGradient(trial, trialGradient) + orthant.penalty(trial);
      double fall = space.dot(slope, trial) - space.dot(slope, at);
      if (next <= value + FALL * fall && fall < 0) {
        accept(next);
        return true;
      }
    }
    return false;
  }

  private void accept(double next) {
    history.add(at, trial, gradient, trialGradient);
    value = next;
    Parameters other = at;
    at = trial;
    trial = other;
    other = gradient;
    gradient = trialGradient;
    trialGradient = other;
  }
}
