package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Point;
import java.lang.foreign.Arena;
import java.util.List;

/** A way to make the cost of a problem small. */
interface Run {

  /**
   * What came of a run.
   *
   * @param end the weights and the bias
   * @param costs the cost at some iterations
   * @param engine what carried the iterations out
   * @param convergence where it ended, and why there
   * @param heldOut what samples that were held out say; null where none were
   */
  record Outcome(
      Point end,
      List<CostPoint> costs,
      String engine,
      Convergence convergence,
      HeldOutCost heldOut) {

    /** Without samples held out. */
    Outcome(Point end, List<CostPoint> costs, String engine, Convergence convergence) {
      this(end, costs, engine, convergence, null);
    }
  }

  /**
   * Trains.
   *
   * @param arena owns the memory of the run
   * @param kernels what computes
   * @param team who computes
   * @param problem what is to be made small
   * @param start where to begin; overwritten
   * @param listener is told of progress and warnings
   * @return the outcome
   * @throws TrainingException if the cost or the weights are no longer finite
   */
  Outcome run(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      Point start,
      TrainingListener listener);
}
