// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.StopReason;

/**
 * Newton's method: H p = -g by preconditioned conjugate gradients, as exactly as the distance from
 * the minimum needs, then a step along p.
 *
 * <p>With few parameters, the preconditioner is the inverse of the second derivative of a subset of
 * the samples, and the method starts on subsets: from the result on a sixteenth of the samples it
 * continues on a quarter, then on all. The minimum of a subset is not that of all samples, so a
 * subset is left as soon as its steps promise less than the difference.
 *
 * <p>With many parameters, the preconditioner is the diagonal at zero weights: {@link Scales}.
 */
public final class Newton implements Solver {

  // The least samples for each parameter that make a subset worthwhile.
  private static final int SAMPLES_FOR_A_PARAMETER = 4;

  private static final int LARGEST_FRACTION = 256;

  private static final int MOST_PRODUCTS = 500;

  // More products than that, and a new preconditioner pays. One of many outputs costs more.
  private static final int SLOW = 15;
  private static final int SLOW_OF_MANY = 60;

  private static final double ENOUGH = 1e-4;

  // After this many steps that lower the objective little, Finish continues in double.
  private static final int STALLED = 4;
  private static final double LITTLE = 0x1p-20;

  private static final double LEAST_STEP = 0x1p-30;

  private final ParameterSpace space;
  private final Scales scales;
  private StopRule rule;

  /** m, or 0 for the diagonal. */
  private final int samples;

  /** Whether to begin on subsets of the samples. */
  private final boolean grows;

  private final SharedCurvature shared;

  private final ConjugateGradients cg;
  private final Parameters direction;
  private Parameters at;
  private Parameters gradient;
  private Parameters trial;
  private Parameters trialGradient;

  private Preconditioner preconditioner;
  private double value;
  private double norm;
  private double size;
  private int iterations;

  private Newton(
      ParameterSpace space, Scales scales, int samples, boolean grows, SharedCurvature shared) {
    this.space = space;
    this.scales = scales;
    this.samples = samples;
    this.grows = grows;
    this.shared = shared;
    this.cg = new ConjugateGradients(space);
    this.direction = space.zero();
    this.at = space.zero();
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
   * Returns a solver for few parameters: the square of the parameters of an output, as doubles and
   * for each output, must fit into memory.
   *
   * @param space of the parameters
   * @param scales have the coordinates of the parameters
   * @param samples m
   * @param shared what a problem before has left, and is left for the next
   * @return a solver for one use
   */
  public static Newton onGrowingSubsets(
      ParameterSpace space, Scales scales, int samples, SharedCurvature shared) {
    return new Newton(space, scales, samples, true, shared);
  }

  /**
   * The same from near the minimum, from which subsets would only lead away.
   *
   * @param space of the parameters
   * @param scales have the coordinates of the parameters
   * @param samples m
   * @param shared what a problem before has left, and is left for the next
   * @return a solver for one use
   */
  public static Newton onAll(
      ParameterSpace space, Scales scales, int samples, SharedCurvature shared) {
    return new Newton(space, scales, samples, false, shared);
  }

  /**
   * For many parameters.
   *
   * @param space of the parameters
   * @param scales have the coordinates of the parameters
   * @return a solver for one use
   */
  public static Newton withDiagonal(ParameterSpace space, Scales scales) {
    return new Newton(space, scales, 0, false, new SharedCurvature());
  }

  @Override
  public Solution minimise(
      ConvexObjective objective, StopRule stopRule, Parameters start, Monitor monitor) {
    rule = stopRule;
    at.copy(start);
    for (int fraction = grows ? LARGEST_FRACTION : 1; fraction > 1; fraction /= 4) {
      ConvexObjective subset = objective.subset(fraction);
      if (has(SAMPLES_FOR_A_PARAMETER, fraction) && subset.hasEveryClass()) {
        descend(subset, fraction, monitor);
      }
    }
    StopReason reason = descend(objective, 1, monitor);
    start.copy(at);
    return new Solution(
        start, value, norm, size, iterations, objective.passes(), reason, preconditioner, null);
  }

  private boolean has(int samplesForAParameter, int fraction) {
    return samples / fraction >= (long) samplesForAParameter * space.features();
  }

  /** Looks at where it is; from above zero weights it begins with these. */
  private void begin(ConvexObjective objective) {
    value = objective.valueAndGradient(at, gradient);
    if (!(value <= objective.valueAtZero())) {
      at.clear();
      value = objective.valueAndGradient(at, gradient);
    }
    measure();
  }

  private void measure() {
    norm = space.norm(gradient);
    size = scales.size(gradient);
  }

  private StopReason descend(ConvexObjective objective, int fraction, Monitor monitor) {
    begin(objective);
    preconditioner = fraction == 1 ? shared.of(objective, space) : null;
    double reached = Double.POSITIVE_INFINITY;
    int stalled = 0;
    double least = value;
    double leastNorm = norm;
    while (true) {
      if (!Double.isFinite(value) || !Double.isFinite(norm)) {
        return StopReason.DIVERGED;
      }
      if (size <= rule.tolerance()) {
        return StopReason.GRADIENT;
      }
      if (iterations >= rule.iterations()) {
        return StopReason.ITERATIONS;
      }
      if (preconditioner == null || samples == 0 || cg.iterations() > slow()) {
        preconditioner = preconditioner(objective, fraction);
      }
      cg.solve(
          objective::hessianTimes,
          gradient,
          preconditioner,
          forcing(reached),
          preconditioner.isSingular() ? scales.rounding(space.outputs()) : 0,
          MOST_PRODUCTS,
          direction);
      reached = norm;
      double slope = space.dot(gradient, direction);
      double before = norm;
      boolean moved = step(objective, slope);
      iterations++;
      if (!moved) {
        return StopReason.NO_PROGRESS;
      }
      monitor.iterated(iterations, fraction, value, norm, objective.passes());
      if (value < least - LITTLE * Math.abs(least) || norm < leastNorm / 2) {
        stalled = 0;
        least = Math.min(value, least);
        leastNorm = Math.min(norm, leastNorm);
      } else {
        stalled++;
      }
      if (stalled == STALLED || -slope <= objective.noise(value) && norm > before / 2) {
        return size <= rule.tolerance() ? StopReason.GRADIENT : StopReason.NO_PROGRESS;
      }
      if (fraction > 1 && -slope <= uncertainty(fraction)) {
        return StopReason.NO_PROGRESS;
      }
    }
  }

  // By how much the objective of all samples exceeds its minimum, about, at the minimum of a
  // subset: half the fraction for each parameter. (One of several outputs is free.) A step that
  // promises less is not worth taking on a subset.
  private double uncertainty(int fraction) {
    return 0.5 * fraction * space.features() * Math.max(1, space.outputs() - 1);
  }

  private int slow() {
    return space.outputs() == 1 ? SLOW : SLOW_OF_MANY;
  }

  /**
   * How exactly a step is worth being found. With many outputs, whose products are expensive, no
   * more than the last step has brought the gradient down (Eisenstat and Walker, 1996).
   *
   * @param reached the norm of the gradient before the last step
   */
  private double forcing(double reached) {
    double ratio = norm / reached;
    double last = space.outputs() == 1 || reached == Double.POSITIVE_INFINITY ? 0 : ratio * ratio;
    return Math.min(0.25, Math.max(0.9 * last, Math.sqrt(size)));
  }

  private Preconditioner preconditioner(ConvexObjective objective, int fraction) {
    if (samples > 0) {
      int subset = fractionFor(fraction);
      Preconditioner dense = Curvature.of(objective, subset, space, scales);
      if (dense != null) {
        if (fraction == 1) {
          shared.keep(dense, space);
        }
        return dense;
      }
    }
    return scales::apply;
  }

  /** Returns n, so that one sample in n is the subset for a preconditioner. */
  private int fractionFor(int fraction) {
    if (fraction > 1) {
      return fraction < LARGEST_FRACTION && has(SAMPLES_FOR_A_PARAMETER, 4 * fraction)
          ? 4 * fraction
          : fraction;
    }
    return Curvature.fraction(samples, space.features());
  }

  /** Goes along the direction as far as the objective falls; false if it does not at all. */
  private boolean step(ConvexObjective objective, double slope) {
    double noise = objective.noise(value);
    for (double t = 1; slope < 0 && t >= LEAST_STEP; ) {
      trial.copy(at);
      space.add(trial, t, direction);
      double next = objective.valueAndGradient(trial, trialGradient);
      if (isEnough(next, t, slope, noise)) {
        swap();
        value = next;
        measure();
        return true;
      }
      // The least of the parabola through what is known, where it is one.
      double parabola = -slope * t * t / (2 * (next - value - slope * t));
      t = parabola >= t / 10 && parabola <= t / 2 ? parabola : parabola < t / 10 ? t / 10 : t / 2;
    }
    return false;
  }

  private boolean isEnough(double next, double t, double slope, double noise) {
    if (next <= value + ENOUGH * t * slope) {
      return true;
    }
    // Where the fall is lost in rounding, the gradient still tells.
    return Math.abs(next - value) <= noise
        && Math.abs(space.dot(trialGradient, direction)) <= 0.9 * Math.abs(slope);
  }

  private void swap() {
    Parameters other = at;
    at = trial;
    trial = other;
    other = gradient;
    gradient = trialGradient;
    trialGradient = other;
  }
}
