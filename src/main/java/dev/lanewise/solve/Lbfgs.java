package dev.lanewise.solve;

/**
 * L-BFGS: a direction from the last ten steps, and a line search along it. With a penalty on the
 * sizes of the weights it is OWL-QN (Andrew and Gao, 2007): the least subgradient in the place of
 * the gradient, and steps that do not cross zero.
 */
public final class Lbfgs implements Solver {

  private static final double FALL = 1e-4;
  private static final double ROUNDING = 0x1p-24;
  private static final double LEAST_STEP = 0x1p-30;

  private final VectorSpace space;
  private final StopRule rule;
  private final History history;
  private final Point direction;
  private Point at;
  private Point gradient;
  private Point trial;
  private Point trialGradient;
  private final Orthant orthant;

  private Objective objective;
  private double value;
  private int iterations;

  /**
   * A solver for one use.
   *
   * @param space of the parameters
   * @param rule when to stop
   */
  public Lbfgs(VectorSpace space, StopRule rule) {
    this.space = space;
    this.rule = rule;
    this.history = new History(space);
    this.direction = space.zero();
    this.at = space.zero();
    this.gradient = space.zero();
    this.trial = space.zero();
    this.trialGradient = space.zero();
    this.orthant = new Orthant(space);
  }

  @Override
  public Solution minimise(Objective problem, Point start, Monitor monitor) {
    objective = problem;
    orthant.penalise(problem.l1());
    value = objective.valueAndGradient(at, gradient);
    double atZero = space.norm(orthant.slope(at, gradient));
    if (!space.isZero(start)) {
      space.copy(start, at);
      value = objective.valueAndGradient(at, gradient);
    }
    value += orthant.penalty(at);
    StopReason reason = descend(atZero, monitor);
    double norm = space.norm(orthant.slope(at, gradient));
    space.copy(at, start);
    return new Solution(start, value, norm, atZero, iterations, objective.passes(), reason);
  }

  private StopReason descend(double atZero, Monitor monitor) {
    double norm = space.norm(orthant.slope(at, gradient));
    int withoutFall = 0;
    while (true) {
      if (!Double.isFinite(value) || !Double.isFinite(norm)) {
        return StopReason.DIVERGED;
      }
      if (norm <= rule.tolerance() * atZero) {
        return StopReason.GRADIENT;
      }
      if (iterations >= rule.iterations()) {
        return StopReason.ITERATIONS;
      }
      double before = value;
      if (!step(norm)) {
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
        return norm <= rule.tolerance() * atZero ? StopReason.GRADIENT : StopReason.NO_PROGRESS;
      }
    }
  }

  private boolean step(double norm) {
    Point slope = orthant.slope(at, gradient);
    space.copy(slope, direction);
    history.apply(direction);
    space.scale(direction, -1);
    orthant.align(direction, slope);
    double along = space.dot(slope, direction);
    if (!(along < 0)) {
      return false;
    }
    double first = history.isEmpty() ? Math.min(1, 1 / norm) : 1;
    return orthant.isPenalised() ? backtrack(slope, first) : search(along, first);
  }

  private boolean search(double along, double first) {
    LineSearch.Line line =
        new LineSearch.Line() {
          private double found;

          @Override
          public void at(double t) {
            space.copy(at, trial);
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
    if (new LineSearch(line, objective.noise(value)).search(value, along, first) == 0) {
      return false;
    }
    accept(line.value());
    return true;
  }

  private boolean backtrack(Point slope, double first) {
    orthant.choose(at, slope);
    for (double t = first; t >= LEAST_STEP; t /= 2) {
      space.copy(at, trial);
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
    Point point = at;
    at = trial;
    trial = point;
    point = gradient;
    gradient = trialGradient;
    trialGradient = point;
  }
}
