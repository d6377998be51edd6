package dev.lanewise.bench.peers;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Model;
import dev.lanewise.reference.Neuron;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingOptions;

/** Ours, as it comes: full-batch gradient descent with the tutorial's options. */
final class LanewiseTrainer implements Trainer {

  private final Dataset data;
  private final Kernels kernels =
      KernelChoice.choose(KernelRequest.simd(), LanewiseTrainer::refuse);

  LanewiseTrainer(Dataset data) {
    this.data = data;
  }

  private static void refuse(String warning) {
    throw new IllegalStateException(warning);
  }

  @Override
  public Object train(int effort) {
    TrainingOptions options = TrainingOptions.tutorial().withIterations(effort).withCostEvery(0);
    return new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT).model();
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
    return TrainingOptions.tutorial().iterations();
  }

  @Override
  public int mostEffort() {
    return leastEffort();
  }

  @Override
  public String words(int effort) {
    return effort + " iterations";
  }
}
