// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.reference.Neuron;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;

/** Ours: gradient descent with the tutorial's options, or Newton's method as the library comes. */
final class LanewiseTrainer implements Trainer {

  private final Dataset data;
  private final Kernels kernels =
      KernelChoice.choose(KernelRequest.simd(), LanewiseTrainer::refuse);

  private final Hyperparameters options;
  private final int least;

  private LanewiseTrainer(Dataset data, Hyperparameters options, int least) {
    this.data = data;
    this.options = options.withCostEvery(0);
    this.least = least;
  }

  /** All 2000 iterations, and no others. */
  static LanewiseTrainer tutorial(Dataset data) {
    Hyperparameters options = Hyperparameters.tutorial();
    return new LanewiseTrainer(data, options, options.iterations());
  }

  /** As few steps as it takes. */
  static LanewiseTrainer newton(Dataset data) {
    return new LanewiseTrainer(data, Hyperparameters.defaults(), 1);
  }

  private static void refuse(String warning) {
    throw new IllegalStateException(warning);
  }

  @Override
  public Object train(int effort) {
    return new LogisticRegression(options.withIterations(effort))
        .fit(data, kernels, TrainingListener.SILENT)
        .model();
  }

  @Override
  public Neuron neuron(Object learned) {
    Model model = (Model) learned;
    float[] weights = model.weights();
    double[] w = new double[weights.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = weights[i];
    }
    return new Neuron(w, model.bias());
  }

  @Override
  public int leastEffort() {
    return least;
  }

  @Override
  public int mostEffort() {
    return options.iterations();
  }

  @Override
  public String words(int effort) {
    return effort + " iterations";
  }
}
