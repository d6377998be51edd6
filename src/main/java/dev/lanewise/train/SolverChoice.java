package dev.lanewise.train;

import java.util.Locale;

/** The ways to a small cost that can be asked for. */
public enum SolverChoice {
  /** Gradient descent, the tutorial's: so many steps at a learning rate. */
  GD,
  /** Newton's method, to the optimum in few passes over the data. */
  NEWTON,
  /** L-BFGS, to the optimum; takes a penalty on the sizes of the weights, too. */
  LBFGS,
  /** Stochastic gradient descent: a step after each batch of samples. */
  SGD;

  /**
   * The name on the command line.
   *
   * @return {@code gd}, {@code newton}, {@code lbfgs} or {@code sgd}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether its runs can be kept in a checkpoint: those that take many iterations, each of which
   * depends on little more than the weights.
   *
   * @return true for gradient descent, in batches or not
   */
  public boolean isKept() {
    return this == GD || this == SGD;
  }
}
