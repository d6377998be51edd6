// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.options.Optimizer;
import dev.lanewise.options.SgdOptions;
import java.util.Objects;

/**
 * How the cost is minimised.
 *
 * @param solver the method
 * @param iterations steps of gradient descent, epochs of sgd, or the most iterations of another
 *     solver; at least 0
 * @param tolerance the size of the gradient, each element in its own unit ({@link
 *     dev.lanewise.loss.Scales#size}), at which newton and lbfgs stop; above 0, below 1. Gradient
 *     descent takes all its steps; sgd has one of its own
 * @param learningRate alpha of gradient descent and of sgd, positive and finite; the others have
 *     none
 * @param engine the form of gradient descent; the others have none
 * @param sgd batches, optimizer and stopping of sgd; the others have none
 */
public record SolverOptions(
    SolverChoice solver,
    int iterations,
    double tolerance,
    double learningRate,
    EngineChoice engine,
    SgdOptions sgd) {

  /** The size of the gradient that newton and lbfgs stop at, unless told otherwise. */
  public static final double TOLERANCE = 1e-6;

  /** The same of lbfgs on a network with hidden layers, relative to what all samples weigh. */
  public static final double TOLERANCE_OF_NETWORKS = 1e-4;

  private static final double LEARNING_RATE = 0.005;
  private static final double LEARNING_RATE_OF_ADAM = 0.001;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a number is out of its range; the message names it
   */
  public SolverOptions {
    Objects.requireNonNull(solver, "solver");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(sgd, "sgd");
    if (iterations < 0) {
      throw new IllegalArgumentException(
          solver.iterationName() + "s are at least 0, not " + iterations);
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("the tolerance is above 0 and below 1, not " + tolerance);
    }
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "the learning rate is positive and finite, not " + learningRate);
    }
  }

  /**
   * A solver with its usual numbers: {@link SolverChoice#usualIterations()}, a learning rate of
   * 0.005, a tolerance of 1e-6, batches of 32.
   *
   * @param solver the method
   * @return options
   */
  public static SolverOptions of(SolverChoice solver) {
    return new SolverOptions(
        solver,
        solver.usualIterations(),
        TOLERANCE,
        LEARNING_RATE,
        EngineChoice.AUTO,
        SgdOptions.USUAL);
  }

  /**
   * Stochastic gradient descent with its usual numbers: 20 epochs, at 0.005, or with Adam at 0.001.
   *
   * @param sgd batches, optimizer and stopping
   * @return options
   */
  public static SolverOptions sgd(SgdOptions sgd) {
    double rate = sgd.optimizer() instanceof Optimizer.Adam ? LEARNING_RATE_OF_ADAM : LEARNING_RATE;
    int epochs = SolverChoice.SGD.usualIterations();
    return new SolverOptions(SolverChoice.SGD, epochs, TOLERANCE, rate, EngineChoice.AUTO, sgd);
  }

  /**
   * The same with another number of iterations.
   *
   * @param count at least 0; of sgd, epochs
   * @return new options
   */
  public SolverOptions withIterations(int count) {
    return new SolverOptions(solver, count, tolerance, learningRate, engine, sgd);
  }

  /**
   * The same with another tolerance.
   *
   * @param norm the size of the gradient, each element in its own unit; above 0, below 1
   * @return new options
   */
  public SolverOptions withTolerance(double norm) {
    return new SolverOptions(solver, iterations, norm, learningRate, engine, sgd);
  }

  /**
   * The same with another learning rate.
   *
   * @param rate alpha, positive and finite
   * @return new options
   */
  public SolverOptions withLearningRate(double rate) {
    return new SolverOptions(solver, iterations, tolerance, rate, engine, sgd);
  }

  /**
   * The same with another engine.
   *
   * @param choice the engine of gradient descent
   * @return new options
   */
  public SolverOptions withEngine(EngineChoice choice) {
    return new SolverOptions(solver, iterations, tolerance, learningRate, choice, sgd);
  }
}
