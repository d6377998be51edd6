// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.nn.Layout;
import java.util.List;

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

  // Forward, back and the gradient; the first layer has no errors to send back.
  private static double multiplyAddsOfNetwork(Hyperparameters options, Dataset train) {
    List<Layout.Dense> layers =
        Layout.network(train.width(), options.hidden().units(), TrainingProblem.outputs(train))
            .layers();
    double above = 0;
    for (Layout.Dense layer : layers.subList(1, layers.size())) {
      above += 3.0 * layer.inputs() * layer.outputs();
    }
    double samples = train.samples();
    double first = (double) train.width() * layers.getFirst().outputs();
    double passes = options.iterations();
    if (options.solver().hasEngines() && options.engineFor(train) == EngineChoice.GRAM) {
      double products = samples * (train.width() * samples / 2 + 2 * first);
      double ofFirst = samples * layers.getFirst().outputs();
      return products + samples * passes * (ofFirst + above);
    }
    return samples * (passes + 1) * (2 * first + above);
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
    if (!options.hidden().isNone()) {
      return false; // each run has products of its own, in double precision
    }
    return options.solver().hasEngines()
        ? options.engineFor(train) == EngineChoice.GRAM
        : options.solver().reachesOptimum()
            && SolverVariant.of(options, train.width(), train.samples()) == SolverVariant.SAMPLES;
  }
}
