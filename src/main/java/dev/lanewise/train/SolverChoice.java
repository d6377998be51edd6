// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.util.Locale;

/** The solvers, what each of them takes, and its usual numbers. */
public enum SolverChoice {
  /** Gradient descent as in the tutorial: a number of steps at a learning rate. */
  GD(2000, 100),
  /** Newton's method: reaches the optimum in few passes over the data. */
  NEWTON(100, 1),
  /** L-BFGS: reaches the optimum, also with an l1 penalty. */
  LBFGS(2000, 10),
  /** Stochastic gradient descent: a step after each batch of samples. */
  SGD(20, 1);

  private final int usualIterations;
  private final int usualCostEvery;

  SolverChoice(int usualIterations, int usualCostEvery) {
    this.usualIterations = usualIterations;
    this.usualCostEvery = usualCostEvery;
  }

  /**
   * The name on the command line.
   *
   * @return {@code gd}, {@code newton}, {@code lbfgs} or {@code sgd}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Steps or epochs, or for a solver that reaches the optimum the most iterations, if no number is
   * given.
   *
   * @return a positive number
   */
  public int usualIterations() {
    return usualIterations;
  }

  /**
   * The distance of the iterations whose cost is recorded, if none is given.
   *
   * @return a positive number
   */
  public int usualCostEvery() {
    return usualCostEvery;
  }

  /**
   * Whether it stops at the optimum, within a tolerance, wherever it starts. The other solvers take
   * as many steps as they are given, at a learning rate, and their result depends on the start.
   *
   * @return true for newton and lbfgs
   */
  public boolean reachesOptimum() {
    return this == NEWTON || this == LBFGS;
  }

  /**
   * Whether it learns from batches of samples, and its iterations are epochs.
   *
   * @return true for sgd
   */
  public boolean usesBatches() {
    return this == SGD;
  }

  /**
   * Whether an {@link EngineChoice} applies to it.
   *
   * @return true for gd
   */
  public boolean hasEngines() {
    return this == GD;
  }

  /**
   * Whether it minimises a cost with an l1 penalty.
   *
   * @return false for newton
   */
  public boolean takesL1() {
    return this != NEWTON;
  }

  /**
   * Whether its runs can be saved in a checkpoint and resumed. The iterations of the other solvers
   * are few, and depend on much more than the weights.
   *
   * @return true for gd and sgd
   */
  public boolean isResumable() {
    return !reachesOptimum();
  }

  /**
   * What one iteration is called.
   *
   * @return {@code epoch} or {@code iteration}
   */
  public String iterationName() {
    return usesBatches() ? "epoch" : "iteration";
  }
}
