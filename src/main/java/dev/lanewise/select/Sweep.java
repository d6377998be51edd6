// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.WarmStart;
import dev.lanewise.train.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Gradient descent with one setting after the other. Each run has the bits that it has alone, but
 * what runs have in common is done once: the products of the samples for all of them, and of runs
 * that differ in the number of iterations alone only the longest descends.
 */
public final class Sweep {

  private final LogisticRegression trainer;
  private final List<Setting> settings;
  private final int folds;

  /** What the runs of one descent have in common. */
  private record Common(double learningRate, long seed, EngineChoice engine) {}

  /** Receives the progress of a sweep. */
  public interface Observer {

    /** Ignores the progress. */
    Observer SILENT = done -> {};

    /**
     * Some of the trainings have ended.
     *
     * @param done the number of trainings that have ended, of {@link Sweep#trainings()}
     */
    void trained(int done);

    /**
     * A warning about the samples, once and not for each run.
     *
     * @param message one line
     */
    default void warning(String message) {}
  }

  /**
   * A sweep.
   *
   * @param trainer how to train, by gradient descent; learning rate, iterations and seed are
   *     replaced, and its seed is that of the folds
   * @param settings the runs, at least one; equal settings are run once
   * @param folds the number of folds to evaluate each setting on, at least 2; 0 for none
   * @throws IllegalArgumentException if there is no setting, another solver, or one fold
   */
  public Sweep(LogisticRegression trainer, List<Setting> settings, int folds) {
    this.trainer = Objects.requireNonNull(trainer, "trainer");
    this.settings = List.copyOf(new LinkedHashSet<>(settings));
    this.folds = folds;
    if (settings.isEmpty()) {
      throw new IllegalArgumentException("there is no setting, expected at least one");
    }
    SolverChoice solver = trainer.hyperparameters().solver();
    if (!solver.hasEngines()) {
      throw new IllegalArgumentException("a sweep is of gradient descent, not of " + solver.id());
    }
    if (folds != 0 && folds < 2) {
      throw new IllegalArgumentException("folds are at least 2, not " + folds);
    }
  }

  /**
   * The settings of all combinations of rates, numbers of iterations and seeds.
   *
   * @param learningRates alphas
   * @param iterations how many
   * @param seeds of random initial weights
   * @return the settings, seed by seed, rate by rate
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static List<Setting> grid(
      List<Double> learningRates, List<Integer> iterations, List<Long> seeds) {
    List<Setting> grid = new ArrayList<>();
    for (long seed : seeds) {
      for (double rate : learningRates) {
        for (int count : iterations) {
          grid.add(new Setting(rate, count, seed));
        }
      }
    }
    return grid;
  }

  /**
   * The number of trainings.
   *
   * @return for each setting one on all samples, and one without each fold
   */
  public int trainings() {
    return settings.size() * (1 + folds);
  }

  /**
   * The hyperparameters of one setting.
   *
   * @param setting the setting
   * @return the hyperparameters that give the same model in a training of its own
   */
  public Hyperparameters optionsOf(Setting setting) {
    Hyperparameters options = trainer.hyperparameters();
    return options
        .withLearningRate(setting.learningRate())
        .withIterations(setting.iterations())
        .withInitialization(options.initialization(), setting.seed());
  }

  /**
   * Trains all settings.
   *
   * @param train labelled samples
   * @param test other labelled samples of the same kind; empty for none
   * @param kernels what computes
   * @param observer receives the progress
   * @return the runs, and the best
   * @throws IllegalArgumentException as {@link LogisticRegression#fit(Dataset)}, or if there are
   *     more folds than samples of a class
   * @throws dev.lanewise.train.EngineUnavailableException as {@link
   *     LogisticRegression#fit(Dataset)}
   * @throws dev.lanewise.data.DataException as {@link LogisticRegression#fit(Dataset)}, or if a
   *     copy of the folds does not fit into memory
   */
  public SweepResult run(
      Dataset train, Optional<Dataset> test, Kernels kernels, Observer observer) {
    Map<Setting, TrainingResult> results = new LinkedHashMap<>();
    Map<Setting, String> failures = new LinkedHashMap<>();
    Map<Setting, Tally> tallies = new LinkedHashMap<>();
    settings.forEach(setting -> tallies.put(setting, new Tally()));
    Progress progress = new Progress(observer);
    Optional<Folds> parts =
        folds == 0
            ? Optional.empty()
            : Optional.of(Folds.of(train, folds, trainer.hyperparameters().seed()));
    Hyperparameters options = trainer.hyperparameters();
    try (SharedProducts products = SharedProducts.of(train)) {
      descend(
          train, products, kernels, new WarnsOnce(observer), progress, results::put, failures::put);
      for (int fold = 0; fold < folds; fold++) {
        int[] learned = parts.orElseThrow().learned(fold);
        int[] heldOut = parts.orElseThrow().heldOut(fold);
        try (Fold parted = new Fold(train, learned, heldOut, products, options)) {
          descend(
              parted.learned(),
              parted.products(),
              kernels,
              TrainingListener.SILENT,
              progress,
              (setting, result) ->
                  tallies
                      .get(setting)
                      .add(Evaluation.of(result.model(), parted.heldOut(), kernels)),
              (setting, failure) -> tallies.get(setting).fail());
        }
      }
    }
    List<SweepRun> runs = new ArrayList<>();
    for (Setting setting : settings) {
      Optional<TrainingResult> result = Optional.ofNullable(results.get(setting));
      runs.add(
          new SweepRun(
              setting,
              result,
              result.map(end -> Evaluation.of(end.model(), train, kernels)),
              result.flatMap(end -> test.map(data -> Evaluation.of(end.model(), data, kernels))),
              result.isEmpty() || folds == 0
                  ? Optional.empty()
                  : Optional.of(tallies.get(setting).score()),
              Optional.ofNullable(failures.get(setting))));
    }
    return SweepResult.of(runs);
  }

  private void descend(
      Dataset train,
      SharedProducts products,
      Kernels kernels,
      TrainingListener listener,
      Progress progress,
      BiConsumer<Setting, TrainingResult> reached,
      BiConsumer<Setting, String> failed) {
    for (List<Setting> descent : descents(train)) {
      List<Setting> left = new ArrayList<>(descent);
      List<Integer> counts = descent.stream().map(Setting::iterations).toList();
      try {
        trainer
            .with(optionsOf(descent.get(0)))
            .fitSeries(
                train,
                counts,
                WarmStart.NONE.with(products),
                kernels,
                listener,
                result -> {
                  int count = result.convergence().iterations();
                  Setting setting =
                      left.stream().filter(one -> one.iterations() == count).findFirst().get();
                  left.remove(setting);
                  reached.accept(setting, result);
                  progress.add(1);
                });
      } catch (TrainingException failure) {
        left.forEach(setting -> failed.accept(setting, failure.getMessage()));
        progress.add(left.size());
      }
    }
  }

  /** Settings of one descent each: the number of iterations may decide the engine. */
  private List<List<Setting>> descents(Dataset train) {
    Map<Common, List<Setting>> descents = new LinkedHashMap<>();
    for (Setting setting : settings) {
      EngineChoice engine = optionsOf(setting).engineFor(train);
      Common common = new Common(setting.learningRate(), setting.seed(), engine);
      descents.computeIfAbsent(common, none -> new ArrayList<>()).add(setting);
    }
    return List.copyOf(descents.values());
  }

  /**
   * An estimate of the work.
   *
   * @param train the samples to learn from
   * @return multiply-adds
   */
  public double multiplyAdds(Dataset train) {
    double sum = 0;
    for (List<Setting> descent : descents(train)) {
      Setting longest =
          descent.stream().max(Comparator.comparingInt(Setting::iterations)).orElseThrow();
      // Two trainings less one: without the products, which are counted once below.
      Hyperparameters alone = optionsOf(longest);
      sum += Workload.multiplyAdds(alone, train, 2) - Workload.multiplyAdds(alone, train);
    }
    // K folds leave K - 1 parts each, which together are K - 1 times all samples.
    return sum * Math.max(1, folds) + Workload.multiplyAdds(optionsOf(settings.get(0)), train);
  }

  private static final class WarnsOnce implements TrainingListener {

    private final Observer observer;
    private final Set<String> said = new HashSet<>();

    WarnsOnce(Observer observer) {
      this.observer = observer;
    }

    @Override
    public void warning(String message) {
      if (said.add(message)) {
        observer.warning(message);
      }
    }
  }

  private static final class Progress {

    private final Observer observer;
    private int done;

    Progress(Observer observer) {
      this.observer = observer;
    }

    void add(int count) {
      done += count;
      observer.trained(done);
    }
  }

  /** The results of one setting on the folds so far. */
  private static final class Tally {

    private final List<Double> losses = new ArrayList<>();
    private double accuracies;
    private boolean failed;

    void add(Evaluation heldOut) {
      losses.add(heldOut.cost());
      accuracies += heldOut.accuracy();
    }

    void fail() {
      failed = true;
    }

    SweepRun.FoldScore score() {
      return failed
          ? new SweepRun.FoldScore(Double.NaN, Double.NaN, Double.NaN)
          : new SweepRun.FoldScore(
              Spread.mean(losses), Spread.deviation(losses), accuracies / losses.size());
    }
  }
}
