// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A rise of the cost late in a descent: the steps are too long, and the weights, and all that is
 * said of them, depend on where the descent happened to stop.
 *
 * @param before the cost before the rise
 * @param after the cost after it
 */
public record CostSwing(CostPoint before, CostPoint after) {

  /**
   * A rise of gradient descent over all samples, beside the cost of zero weights. With steps that
   * are short enough there is none but rounding.
   */
  private static final double OF_DESCENT = 0.01;

  /** A rise from one epoch of batches to the next, whose costs go up and down a little anyway. */
  private static final double OF_BATCHES = 0.5;

  /**
   * The largest rise of the cost in the second half of a training by gradient descent, in batches
   * or not.
   *
   * @param options how it was trained
   * @param result what came of it
   * @return empty for other solvers, or where the cost does not rise
   */
  public static Optional<CostSwing> of(Hyperparameters options, TrainingResult result) {
    CostPoint end =
        new CostPoint(result.convergence().iterations(), result.convergence().objective());
    double atZero = Math.log(result.model().schema().classNames().size());
    return of(options.solver(), result.costs(), end, atZero);
  }

  static Optional<CostSwing> of(
      SolverChoice solver, List<CostPoint> costs, CostPoint end, double atZero) {
    if (solver.reachesOptimum()) {
      return Optional.empty();
    }
    double least = atZero * (solver.usesBatches() ? OF_BATCHES : OF_DESCENT);
    CostSwing largest = null;
    for (int i = costs.size() / 2; i < costs.size(); i++) {
      CostPoint next = i + 1 < costs.size() ? costs.get(i + 1) : end;
      CostSwing swing = new CostSwing(costs.get(i), next);
      if (swing.rise() > least && (largest == null || swing.rise() > largest.rise())) {
        largest = swing;
      }
    }
    return Optional.ofNullable(largest);
  }

  private double rise() {
    return after.cost() - before.cost();
  }

  /** What happened, for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "the cost rose from %.3g after %d to %.3g after %d",
        before.cost(),
        before.iteration(),
        after.cost(),
        after.iteration());
  }
}
