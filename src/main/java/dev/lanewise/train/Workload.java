// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;

/** How much a training computes: exact for gradient descent, an estimate for the other solvers. */
public final class Workload {

  private Workload() {}

  /**
   * The work of one training.
   *
   * @param options how to train
   * @param train the samples to learn from
   * @return multiply-adds
   * @throws EngineUnavailableException if the engine asked for cannot be had
   */
  public static double multiplyAdds(Hyperparameters options, Dataset train) {
    if (!options.hidden().isNone()) {
      return multiplyAddsOfNetwork(options, train);
    }
    int classes = train.classNames().size();
    return (classes > 2 ? classes : 1) * multiplyAddsOfOneNeuron(options, train);
  }

  // Forward, back and the gradient of each layer.
  private static double multiplyAddsOfNetwork(Hyperparameters options, Dataset train) {
    double weights = 0;
    int inputs = train.width();
    for (int units : options.hidden().units()) {
      weights += (double) inputs * units;
      inputs = units;
    }
    weights += (double) inputs * TrainingProblem.outputs(train);
    return 3 * weights * train.samples() * Math.max(1, options.iterations());
  }

  private static double multiplyAddsOfOneNeuron(Hyperparameters options, Dataset train) {
    int features = train.width();
    int samples = train.samples();
    int iterations = options.iterations();
    if (options.solver().hasEngines()) {
      return options.engineFor(train).multiplyAdds(features, samples, iterations);
    }
    if (options.solver().usesBatches()) {
      int every = options.costEvery();
      double looks = every == 0 ? 2 : 2 + (double) iterations / every;
      return 2.0 * features * samples * (iterations + looks);
    }
    return SolverVariant.of(options, features, samples).multiplyAdds(features, samples);
  }

  /**
   * The work of several trainings that share the products of their samples.
   *
   * @param options how to train
   * @param train the samples to learn from
   * @param trainings how many, at least 1
   * @return multiply-adds, as {@link #multiplyAdds(Hyperparameters, Dataset)} of each, with X'X
   *     once
   * @throws EngineUnavailableException if the engine asked for cannot be had
   */
  public static double multiplyAdds(Hyperparameters options, Dataset train, double trainings) {
    double products = 0.5 * train.width() * train.samples() * train.samples();
    double shared = computesProducts(options, train) ? products : 0;
    return shared + trainings * (multiplyAdds(options, train) - shared);
  }

  private static boolean computesProducts(Hyperparameters options, Dataset train) {
    return options.solver().hasEngines()
        ? options.engineFor(train) == EngineChoice.GRAM
        : options.solver().reachesOptimum()
            && SolverVariant.of(options, train.width(), train.samples()) == SolverVariant.SAMPLES;
  }
}
