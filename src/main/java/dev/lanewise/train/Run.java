// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.exec.Compute;
import dev.lanewise.loss.LocalSums;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleSums;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import java.util.List;

/** Minimises the cost of a problem. */
interface Run {

  /**
   * The result of a run.
   *
   * @param end the parameters, valid until the arena of the run is closed
   * @param costs the cost at some iterations
   * @param engine what carried the iterations out
   * @param convergence how far it came, and why it ended
   * @param heldOut the cost of the held-out samples; null if there are none
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

  /** A run with all the memory that it needs. */
  interface Prepared {

    /**
     * Trains. To be called once.
     *
     * @param listener receives progress and warnings
     * @return the outcome
     * @throws TrainingException if the cost or the weights are no longer finite
     */
    Outcome run(TrainingListener listener);
  }

  /**
   * Allocates the memory of a run. With the workspace of a dry run, only the shapes of the problem
   * are read, the workspace has the size of that memory afterwards, and the result must not be run.
   *
   * @param workspace gives the memory of the run
   * @param compute computes
   * @param problem what is minimised
   * @param samples gives the sums over its samples
   * @param start the initial parameters; overwritten
   * @return the run
   */
  Prepared prepare(
      Workspace workspace, Compute compute, Problem problem, Sums samples, Parameters start);

  /**
   * Allocates the memory of a run on samples in this process.
   *
   * @param workspace gives the memory of the run
   * @param compute computes
   * @param problem what is minimised
   * @param start the initial parameters; overwritten
   * @return the run
   */
  default Prepared prepare(
      Workspace workspace, Compute compute, Problem problem, Parameters start) {
    return prepare(workspace, compute, problem, LocalSums::new, start);
  }

  /** Gives the sums over the samples of a problem, wherever these are. */
  interface Sums {

    /**
     * Prepares sums that share nothing with others.
     *
     * @param workspace gives the memory
     * @param compute computes what is computed in this process
     * @param problem has the samples
     * @return the sums
     */
    SampleSums of(Workspace workspace, Compute compute, Problem problem);
  }
}
