package dev.lanewise.solve;

/**
 * What becomes of weights that were found in the space of the samples: looked at by a pass over the
 * data, and corrected by a few more steps as long as their gradient falls.
 */
final class WeightsCorrection {

  private static final int MOST = 10;
  private static final double ROUNDING = 0x1p-20;

  private final VectorSpace space;
  private final StopRule rule;
  private final SampleSpace objective;

  /** How a step on the weights themselves is found. */
  interface Steps {

    /**
     * The step from a point.
     *
     * @param at the point
     * @param gradient there
     * @param step receives the step
     */
    void from(Point at, Point gradient, Point step);

    /** The step was taken. */
    default void taken() {}
  }

  WeightsCorrection(VectorSpace space, StopRule rule, SampleSpace objective) {
    this.space = space;
    this.rule = rule;
    this.objective = objective;
  }

  /** What a start is, before a step is taken: good enough, no number, all that there may be. */
  Solution look(Point start, double normAtZero) {
    Point gradient = space.zero();
    double value = objective.valueAndGradient(start, gradient);
    double norm = space.norm(gradient);
    StopReason reason = StopReason.NO_PROGRESS;
    if (!Double.isFinite(value) || !Double.isFinite(norm)) {
      reason = StopReason.DIVERGED;
    } else if (norm <= rule.tolerance() * normAtZero) {
      reason = StopReason.GRADIENT;
    } else if (rule.iterations() == 0) {
      reason = StopReason.ITERATIONS;
    }
    return new Solution(start, value, norm, normAtZero, 0, objective.passes(), reason);
  }

  /**
   * Takes steps.
   *
   * @param at where to begin, and receives the end
   * @param found why the steps before these ended
   * @param taken how many there were
   * @param steps how more are found; null if they are not
   */
  Solution correct(
      Point at, double normAtZero, StopReason found, int taken, Steps steps, Monitor monitor) {
    Point gradient = space.zero();
    Point step = space.zero();
    Point trial = space.zero();
    Point trialGradient = space.zero();
    double value = objective.valueAndGradient(at, gradient);
    double norm = space.norm(gradient);
    int iterations = taken;
    StopReason reason = found;
    for (int correction = 0; ; correction++) {
      if (!Double.isFinite(value) || !Double.isFinite(norm)) {
        reason = StopReason.DIVERGED;
        break;
      }
      if (norm <= rule.tolerance() * normAtZero) {
        reason = StopReason.GRADIENT;
        break;
      }
      if (reason == StopReason.ITERATIONS || steps == null || correction == MOST) {
        break;
      }
      steps.from(at, gradient, step);
      space.copy(at, trial);
      space.add(trial, 1, step);
      double next = objective.valueAndGradient(trial, trialGradient);
      double nextNorm = space.norm(trialGradient);
      // Of a convex function the gradient tells more than the value, which float32 blurs.
      boolean falls = next <= value + Math.max(ROUNDING * value, objective.noise(value));
      if (!falls || !(nextNorm < norm / 2)) {
        break;
      }
      steps.taken();
      space.copy(trial, at);
      space.copy(trialGradient, gradient);
      value = next;
      norm = nextNorm;
      iterations++;
      monitor.iterated(iterations, 1, value, norm, objective.passes());
    }
    return new Solution(at, value, norm, normAtZero, iterations, objective.passes(), reason);
  }
}
