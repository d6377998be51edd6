// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Question;
import dev.lanewise.exec.Compute;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One versus the rest: trains one neuron for each class, with that class as the positive one. Each
 * has the bits of a training on data that {@link Question} binarizes for its class; balanced
 * weights are balanced for each class. All share the samples, their products, the threads and the
 * digest of the data.
 */
final class OneVersusRest {

  private final LogisticRegression trainer;
  private final Hyperparameters options;

  /** The runs of a trainer, one for each class. */
  OneVersusRest(LogisticRegression trainer) {
    this.trainer = trainer;
    this.options = trainer.hyperparameters();
  }

  /**
   * Checks what depends on the binarized samples.
   *
   * @throws IllegalArgumentException as {@link Hyperparameters#check}
   */
  static void check(Hyperparameters options, Dataset train) {
    if (options.holdsOut()) {
      for (String name : train.classNames()) {
        ofEach(options).check(binarize(train, name));
      }
    }
  }

  /**
   * Trains.
   *
   * @param train samples of three classes or more
   * @param warmStart a model of these classes to start from, and products of the samples
   * @throws TrainingException if the cost or the weights of a class are no longer finite
   */
  Neurons train(Dataset train, WarmStart warmStart, Compute compute, TrainingListener listener) {
    LogisticRegression one = trainer.with(ofEach(options));
    List<Neurons> all = new ArrayList<>();
    each(
        train,
        warmStart,
        listener,
        (name, binary, start, told) -> {
          try {
            all.add(one.neurons(binary, start, compute, told, Checkpointer.NONE));
          } catch (TrainingException | DivergedException e) {
            throw failure(name, e);
          }
        });
    return together(all);
  }

  /**
   * Trains by gradient descent with several numbers of iterations: each neuron descends once.
   *
   * @param train samples of three classes or more
   * @param counts numbers of iterations that lead to one engine, ascending, each once
   * @param warmStart a model of these classes to start from, and products of the samples
   * @param observer receives the results of all neurons, when the last is trained
   * @throws TrainingException if the cost or the weights of a class are no longer finite; what all
   *     neurons had reached before was told
   */
  void series(
      Dataset train,
      int[] counts,
      WarmStart warmStart,
      Compute compute,
      TrainingListener listener,
      LogisticRegression.SeriesObserver observer) {
    LogisticRegression one = trainer.with(ofEach(options));
    NeuronSeries series = new NeuronSeries(counts);
    each(
        train,
        warmStart,
        listener,
        (name, binary, start, told) -> {
          int[] reachable = series.next();
          if (reachable.length == 0) {
            return;
          }
          try {
            one.series(binary, reachable, start, compute, told, series::add);
          } catch (TrainingException | DivergedException e) {
            series.fail(failure(name, e));
          }
        });
    series.tell(OneVersusRest::together, observer);
  }

  /** Trains the neuron of one class. */
  private interface Learner {

    void learn(String name, Dataset binary, WarmStart warmStart, TrainingListener listener);
  }

  private void each(
      Dataset train, WarmStart warmStart, TrainingListener listener, Learner learner) {
    if (warmStart.products().isPresent()) {
      eachWithProducts(train, warmStart, listener, learner);
      return;
    }
    try (SharedProducts products = SharedProducts.of(train)) {
      eachWithProducts(train, warmStart.with(products), listener, learner);
    }
  }

  private void eachWithProducts(
      Dataset train, WarmStart warmStart, TrainingListener listener, Learner learner) {
    List<String> names = train.classNames();
    Dataset weighed = weighed(train);
    Warnings warnings = new Warnings(listener);
    for (int k = 0; k < names.size(); k++) {
      String name = names.get(k);
      listener.classStarted(k, names.size(), name);
      warnings.about = name;
      Dataset binary = binarize(weighed, name);
      WarmStart start =
          new WarmStart(neuron(warmStart, k, binary), warmStart.products(), Optional.empty());
      learner.learn(name, binary, start, warnings);
    }
    warnings.tell();
  }

  private static TrainingException failure(String name, RuntimeException of) {
    return new TrainingException(
        String.format(Locale.ROOT, "class '%s' against the rest: %s", name, of.getMessage()));
  }

  private static Optional<Model> neuron(WarmStart warmStart, int k, Dataset binary) {
    return warmStart
        .from()
        .map(all -> new Model(all.weights(k), all.bias(k), binary.schema(), all.provenance()));
  }

  // Weights of named classes become sample weights: binarized data have other class names.
  private Dataset weighed(Dataset train) {
    ClassWeights classWeights = options.classWeights();
    if (classWeights.isBalanced() || classWeights.isNone()) {
      return train;
    }
    double[] ofClasses = classWeights.of(train);
    int[] labels = train.labels();
    float[] weights = train.weights().orElse(null);
    float[] products = new float[labels.length];
    for (int j = 0; j < labels.length; j++) {
      products[j] = (float) ((weights == null ? 1.0 : weights[j]) * ofClasses[labels[j]]);
    }
    return train.withWeights(products);
  }

  private static Hyperparameters ofEach(Hyperparameters options) {
    return options.classWeights().isBalanced()
        ? options
        : options.withClassWeights(ClassWeights.NONE);
  }

  /** Returns the same samples with two classes: the one named, and the rest. */
  static Dataset binarize(Dataset train, String name) {
    return new Question(train.classNames(), List.of(name)).ask(train);
  }

  private static Neurons together(List<Neurons> all) {
    List<DenseLayer> units = all.stream().map(neurons -> neurons.layers().getFirst()).toList();
    float[][] weights = new float[units.size()][];
    float[] biases = new float[units.size()];
    for (int k = 0; k < biases.length; k++) {
      weights[k] = units.get(k).weights(0);
      biases[k] = units.get(k).bias(0);
    }
    return new Neurons(
        List.of(new DenseLayer(weights, biases)),
        meanCosts(all.stream().map(Neurons::costs).toList()),
        all.getFirst().engine(),
        convergence(all.stream().map(Neurons::convergence).toList()),
        heldOut(all));
  }

  /** The mean over the classes; a neuron that is done stays at its last cost. */
  private static List<CostPoint> meanCosts(List<List<CostPoint>> all) {
    int[] iterations =
        all.stream()
            .flatMap(List::stream)
            .mapToInt(CostPoint::iteration)
            .sorted()
            .distinct()
            .toArray();
    int[] next = new int[all.size()];
    List<CostPoint> means = new ArrayList<>();
    for (int iteration : iterations) {
      double sum = 0;
      boolean every = true;
      for (int k = 0; k < next.length; k++) {
        List<CostPoint> costs = all.get(k);
        while (next[k] < costs.size() && costs.get(next[k]).iteration() <= iteration) {
          next[k]++;
        }
        every &= next[k] > 0;
        sum += next[k] > 0 ? costs.get(next[k] - 1).cost() : 0;
      }
      if (every) {
        means.add(new CostPoint(iteration, sum / next.length));
      }
    }
    return means;
  }

  private static Convergence convergence(List<Convergence> all) {
    Convergence worst = all.getFirst();
    double objective = 0;
    double norm = 0;
    double relativeNorm = 0;
    double gap = 0;
    int iterations = 0;
    double passes = 0;
    for (Convergence one : all) {
      worst = isWorse(one, worst) ? one : worst;
      objective += one.objective();
      gap += one.objectiveGap();
      norm = Math.max(norm, one.gradientNorm());
      relativeNorm = Math.max(relativeNorm, one.relativeGradientNorm());
      iterations = Math.max(iterations, one.iterations());
      passes += one.passes();
    }
    return new Convergence(
        objective / all.size(),
        norm,
        relativeNorm,
        gap / all.size(),
        worst.converged(),
        worst.stopReason(),
        iterations,
        passes);
  }

  private static boolean isWorse(Convergence one, Convergence other) {
    return one.converged() == other.converged()
        ? one.relativeGradientNorm() > other.relativeGradientNorm()
        : other.converged();
  }

  private static Optional<HeldOutCost> heldOut(List<Neurons> all) {
    List<HeldOutCost> costs = all.stream().flatMap(one -> one.heldOut().stream()).toList();
    if (costs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HeldOutCost(
            costs.stream().mapToInt(HeldOutCost::samples).max().orElseThrow(),
            costs.stream().mapToInt(HeldOutCost::bestEpoch).max().orElseThrow(),
            costs.stream().mapToDouble(HeldOutCost::cost).average().orElseThrow(),
            meanCosts(costs.stream().map(HeldOutCost::costs).toList())));
  }

  /** Passes progress on at once, and one warning for all classes at the end. */
  private static final class Warnings implements TrainingListener {

    private final TrainingListener listener;
    private final List<String> classes = new ArrayList<>();
    private String first;
    private String about;

    Warnings(TrainingListener listener) {
      this.listener = listener;
    }

    @Override
    public void iterationCompleted(int completed) {
      listener.iterationCompleted(completed);
    }

    @Override
    public void costComputed(int iteration, double cost) {
      listener.costComputed(iteration, cost);
    }

    @Override
    public void iterated(int iteration, double objective, double gradientNorm, double passes) {
      listener.iterated(iteration, objective, gradientNorm, passes);
    }

    @Override
    public void warning(String message) {
      if (classes.isEmpty()) {
        first = message;
      }
      classes.add(about);
    }

    void tell() {
      if (!classes.isEmpty()) {
        int more = classes.size() - 1;
        listener.warning(
            String.format(
                Locale.ROOT,
                "class '%s' against the rest%s: %s",
                classes.getFirst(),
                more == 0 ? "" : " (and " + more + " more)",
                first));
      }
    }
  }
}
