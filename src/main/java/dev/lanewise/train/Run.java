package dev.lanewise.train;

import dev.lanewise.exec.Compute;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import java.util.List;

/** A way to minimise the cost of a problem. */
interface Run {

  /**
   * What came of a run.
   *
   * @param end the parameters
   * @param costs the cost at some iterations
   * @param engine what carried the iterations out
   * @param convergence where it ended, and why there
   * @param heldOut what samples that were held out say; null where none were
   */
  record Outcome(
      Parameters end,
      List<CostPoint> costs,
      String engine,
      Convergence convergence,
      HeldOutCost heldOut) {

    /** Without samples held out. */
    Outcome(Parameters end, List<CostPoint> costs, String engine, Convergence convergence) {
      this(end, costs, engine, convergence, null);
    }
  }

  /** A run that has all memory that it needs. */
  interface Prepared {

    /**
     * Trains; once.
     *
     * @param listener is told of progress and warnings
     * @return the outcome
     * @throws TrainingException if the cost or the weights are no longer finite
     */
    Outcome run(TrainingListener listener);
  }

  /**
   * Allocates what a run needs. Of a dry run, nothing but the shapes of the problem is read, and
   * the result is of no use: the workspace then says what the run takes.
   *
   * @param workspace gives the memory of the run
   * @param compute computes
   * @param problem what is minimised
   * @param start where to begin; overwritten
   * @return the run
   */
  Prepared prepare(Workspace workspace, Compute compute, Problem problem, Parameters start);
}
