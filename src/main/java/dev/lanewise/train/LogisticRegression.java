// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.checkpoint.Checkpoint;
import dev.lanewise.checkpoint.CheckpointFile;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.SeenClasses;
import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleSource;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.model.Provenance;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.statistics.ErrorKind;
import dev.lanewise.statistics.Summary;
import java.lang.foreign.Arena;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Trains the one-neuron network: minimises the cost of equation (4), with weights and penalties, by
 * the solver of the options. More than two classes have a neuron each: {@link
 * dev.lanewise.model.MultiClass}.
 *
 * <p>The classes are those that have samples: labels 3, 7 and 9 make a model of three classes with
 * these names.
 *
 * <p>An instance has no state beyond its options, and may train many data sets, also at once.
 */
public final class LogisticRegression {

  // Multiply-adds of a forward pass: some microseconds, where a barrier takes about one.
  private static final long WORK_OF_A_THREAD = 1 << 17;

  private final Hyperparameters options;
  private final Execution execution;
  private final SampleSource source;

  /** A trainer with {@link Hyperparameters#defaults()}: Newton's method, to the optimum. */
  public LogisticRegression() {
    this(Hyperparameters.defaults());
  }

  /**
   * A trainer on the fastest kernels and all processors.
   *
   * @param options what to learn, and how
   */
  public LogisticRegression(Hyperparameters options) {
    this(options, Execution.DEFAULT);
  }

  /**
   * A trainer.
   *
   * @param options what to learn, and how
   * @param execution what computes it; changes no bit
   */
  public LogisticRegression(Hyperparameters options, Execution execution) {
    this(options, execution, SampleSource.LOCAL);
  }

  private LogisticRegression(Hyperparameters options, Execution execution, SampleSource source) {
    this.options = Objects.requireNonNull(options, "options");
    this.execution = Objects.requireNonNull(execution, "execution");
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * A trainer on samples that are not in this process, for {@link Dataset#elsewhere}. It has the
   * bits of a training on the same samples in this process, but for solvers that read samples
   * ({@link #readsSamples}), which it rejects.
   *
   * <p>For projects that bring a cluster; {@link SampleSource} is internal.
   *
   * @param samples gives the sums over the samples
   * @return the trainer
   */
  @SuppressWarnings("exports")
  public LogisticRegression on(SampleSource samples) {
    return new LogisticRegression(options, execution, samples);
  }

  /**
   * Tells whether training on these samples needs the samples themselves, and not only sums over
   * them: in batches, with one versus the rest, and where products of few samples replace them (the
   * gram engine, newton with fewer samples than features).
   *
   * @param train labelled samples, which may be elsewhere
   * @return whether {@link #on} rejects it
   * @throws EngineUnavailableException if the options name the gram engine, and there are too many
   *     samples
   */
  public boolean readsSamples(Dataset train) {
    return options.solver().usesBatches()
        || options.isOneVersusRest(train)
        || options.solver().hasEngines() && options.engineFor(train) == EngineChoice.GRAM
        || solvesForSamples(train);
  }

  /**
   * What it learns, and how.
   *
   * @return the hyperparameters
   */
  public Hyperparameters hyperparameters() {
    return options;
  }

  /**
   * A trainer with the same execution.
   *
   * @param other what it learns, and how
   * @return the trainer
   */
  public LogisticRegression with(Hyperparameters other) {
    return new LogisticRegression(other, execution, source);
  }

  /**
   * Trains without a listener.
   *
   * @param train labelled samples of two classes or more
   * @return the finished run
   * @throws IllegalArgumentException if the samples have no labels, or a class that is to weigh
   *     something is not among them, or samples cannot be held out as asked, or there are more
   *     classes and features than a model can have
   * @throws TrainingException if the cost or the weights are no longer finite, or there is not
   *     enough memory
   * @throws dev.lanewise.data.DataException if the samples lie in a mapped file that was cut or
   *     written to meanwhile, or their classes are none to learn from: {@link SeenClasses}
   * @throws EngineUnavailableException if the options name the gram engine, and there are too many
   *     samples
   * @throws dev.lanewise.kernel.KernelUnavailableException if the kernels asked for are not there
   */
  public TrainingResult fit(Dataset train) {
    return fit(train, TrainingListener.SILENT);
  }

  /**
   * Trains.
   *
   * @param train labelled samples of two classes or more
   * @param listener receives progress, costs and warnings
   * @return the finished run
   * @throws IllegalArgumentException if the samples have no labels, or a class that is to weigh
   *     something is not among them, or samples cannot be held out as asked, or there are more
   *     classes and features than a model can have
   * @throws TrainingException if the cost or the weights are no longer finite, or there is not
   *     enough memory
   * @throws dev.lanewise.data.DataException if the samples lie in a mapped file that was cut or
   *     written to meanwhile, or their classes are none to learn from: {@link SeenClasses}
   * @throws EngineUnavailableException if the options name the gram engine, and there are too many
   *     samples
   * @throws dev.lanewise.kernel.KernelUnavailableException if the kernels asked for are not there
   */
  public TrainingResult fit(Dataset train, TrainingListener listener) {
    return fit(train, KernelChoice.choose(execution.kernel(), listener::warning), listener);
  }

  /**
   * Trains with the kernels given, instead of those of the execution.
   *
   * @param train labelled samples of two classes or more
   * @param kernels what computes
   * @param listener receives progress, costs and warnings
   * @return the finished run
   * @throws IllegalArgumentException if the samples have no labels, or a class that is to weigh
   *     something is not among them, or samples cannot be held out as asked, or there are more
   *     classes and features than a model can have
   * @throws TrainingException if the cost or the weights are no longer finite, or there is not
   *     enough memory
   * @throws dev.lanewise.data.DataException if the samples lie in a mapped file that was cut or
   *     written to meanwhile, or their classes are none to learn from: {@link SeenClasses}
   * @throws EngineUnavailableException if the options name the gram engine, and there are too many
   *     samples
   */
  public TrainingResult fit(Dataset train, Kernels kernels, TrainingListener listener) {
    return fit(train, WarmStart.NONE, kernels, listener);
  }

  /**
   * Continues training from a model, without a listener.
   *
   * <p>Gradient descent and sgd start from the weights of the model; the state of the optimizer
   * (momentum, Adam) starts at zero, and sgd draws a new order of the samples. Newton and L-BFGS go
   * to the optimum of these samples, which does not depend on the start; they take fewer iterations
   * if the model is near it.
   *
   * @param train labelled samples of two classes or more
   * @param from a model of such samples, instead of initial weights
   * @return the finished run
   * @throws dev.lanewise.data.DataException if the model is one of samples of another width, other
   *     scaling or other classes; and as {@link #fit(Dataset)}
   * @throws IllegalArgumentException as {@link #fit(Dataset)}
   * @throws TrainingException as {@link #fit(Dataset)}
   */
  public TrainingResult fit(Dataset train, Model from) {
    TrainingListener listener = TrainingListener.SILENT;
    Kernels kernels = KernelChoice.choose(execution.kernel(), listener::warning);
    return fit(train, WarmStart.from(from), kernels, listener);
  }

  /**
   * Learns from more samples: one iteration that starts from a model, whatever number of iterations
   * the options have.
   *
   * <p>With sgd this is an epoch with the learning rate of the first epoch and an order given by
   * the seed; with gradient descent a step; with newton and lbfgs an iteration towards the optimum
   * of these samples alone, which loses what was learned from earlier samples faster than the other
   * solvers do.
   *
   * @param train labelled samples of two classes or more, other ones perhaps than the model was
   *     trained on
   * @param from a model of such samples
   * @return the finished run
   * @throws dev.lanewise.data.DataException as {@link #fit(Dataset, Model)}
   * @throws IllegalArgumentException as {@link #fit(Dataset)}
   * @throws TrainingException as {@link #fit(Dataset)}
   */
  public TrainingResult partialFit(Dataset train, Model from) {
    return with(options.withIterations(1)).fit(train, from);
  }

  /**
   * Trains from a warm start.
   *
   * @param train labelled samples of two classes or more
   * @param warmStart a model to start from as in {@link #fit(Dataset, Model)}, and products
   * @param kernels what computes
   * @param listener receives progress, costs and warnings
   * @return the finished run
   * @throws dev.lanewise.data.DataException as {@link #fit(Dataset, Model)}
   * @throws IllegalArgumentException as {@link #fit(Dataset)}, or if the products are those of
   *     other samples
   * @throws TrainingException as {@link #fit(Dataset)}
   */
  public TrainingResult fit(
      Dataset train, WarmStart warmStart, Kernels kernels, TrainingListener listener) {
    return fit(train, warmStart, kernels, listener, Checkpointing.NONE);
  }

  /**
   * Trains, with checkpoints, or resumes from one. The result has the bits of a run that was never
   * interrupted, with any kernels, threads and storage before and after; the engine is that of the
   * checkpoint, unless the options name one. The number of iterations may differ from that of the
   * run before, but not be below those that are complete.
   *
   * @param train labelled samples of two classes or more
   * @param warmStart a model to start from as in {@link #fit(Dataset, Model)}, and products
   * @param kernels what computes
   * @param listener receives progress, costs and warnings
   * @param checkpoints where the run is saved, and what it resumes from; for gd and sgd only
   * @return the finished run
   * @throws IllegalArgumentException as {@link #fit(Dataset, WarmStart, Kernels,
   *     TrainingListener)}, or if there are checkpoints and the solver is newton or lbfgs, or
   *     classes are told apart one versus the rest, which is several runs
   * @throws TrainingException if the cost or the weights are no longer finite, or there is not
   *     enough memory
   * @throws TrainingStoppedException if the run was stopped
   * @throws ResumeException if the checkpoint is of a run with other options
   * @throws dev.lanewise.data.DataException if the checkpoint cannot be read, or is of a run on
   *     other data; if no checkpoint can be written when the run begins, or when it is ended; or if
   *     the samples lie in a mapped file that was cut or written to meanwhile
   * @throws EngineUnavailableException if the options name the gram engine, and there are too many
   *     samples
   */
  public TrainingResult fit(
      Dataset train,
      WarmStart warmStart,
      Kernels kernels,
      TrainingListener listener,
      Checkpointing checkpoints) {
    boolean kept = checkpoints.target().isPresent() || checkpoints.source().isPresent();
    if (kept && !options.solver().isResumable()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "checkpoints are for gd and sgd; %s takes few iterations and begins anew",
              options.solver().id()));
    }
    requireLabels(train);
    Dataset prepared = warmStart.prepare(train);
    if (kept && options.isOneVersusRest(prepared)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "checkpoints are for one run, not for the %d of one versus the rest; take softmax",
              prepared.classNames().size()));
    }
    checkpoints.target().ifPresent(CheckpointFile::checkTarget);
    Checkpoint resumed = checkpoints.source().map(CheckpointFile::read).orElse(null);
    LogisticRegression trainer = resumed == null ? this : withEngineOf(resumed, prepared);
    trainer.check(prepared, listener);
    warmStart.check(prepared, options);
    return prepared.reading(
        () -> trainer.trained(prepared, warmStart, kernels, listener, checkpoints, resumed));
  }

  // The number of iterations decides the engine, and may have changed.
  private LogisticRegression withEngineOf(Checkpoint resumed, Dataset train) {
    if (options.solver().hasEngines()
        && options.solverOptions().engine() == EngineChoice.AUTO
        && options.hasGramEngine(train)) {
      EngineChoice engine =
          resumed.engine().equals(EngineChoice.GRAM.id()) ? EngineChoice.GRAM : EngineChoice.PRIMAL;
      return with(options.withEngine(engine));
    }
    return this;
  }

  /**
   * Trains by gradient descent with several numbers of iterations in one descent, since a run of
   * few iterations is the beginning of a longer one. Each result has the bits of a run of its own.
   *
   * <p>With {@link EngineChoice#AUTO} the number of iterations may decide the engine; it must be
   * the same engine for all numbers of iterations.
   *
   * @param train labelled samples of two classes or more
   * @param iterations how many, in any order, at least 0 each
   * @param warmStart as in {@link #fit(Dataset, WarmStart, Kernels, TrainingListener)}
   * @param kernels what computes
   * @param listener receives progress, costs and warnings
   * @param reached receives each result, from the fewest iterations to the most, until training
   *     fails
   * @throws IllegalArgumentException as {@link #fit(Dataset)}, or if the solver is not gradient
   *     descent, or the numbers of iterations lead to different engines
   * @throws TrainingException as {@link #fit(Dataset)}: where it happens, all results that it does
   *     not concern were told
   * @throws dev.lanewise.data.DataException as {@link #fit(Dataset, Model)}
   */
  public void fitSeries(
      Dataset train,
      List<Integer> iterations,
      WarmStart warmStart,
      Kernels kernels,
      TrainingListener listener,
      Consumer<TrainingResult> reached) {
    if (!options.solver().hasEngines()) {
      throw new IllegalArgumentException("gradient descent has series, not " + options.solver());
    }
    int[] counts = iterations.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    requireLabels(train);
    Dataset prepared = warmStart.prepare(train);
    Set<EngineChoice> engines = new HashSet<>();
    for (int count : counts) {
      engines.add(options.withIterations(count).engineFor(prepared));
    }
    if (engines.size() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a series has one engine: iterations %s lead to %s",
              iterations,
              engines));
    }
    check(prepared, listener);
    warmStart.check(prepared, options);
    prepared.reading(
        () -> {
          series(prepared, counts, warmStart, kernels, listener, reached);
          return null;
        });
  }

  private void series(
      Dataset train,
      int[] counts,
      WarmStart warmStart,
      Kernels kernels,
      TrainingListener listener,
      Consumer<TrainingResult> reached) {
    try (Compute compute = new Compute(kernels, threads(train));
        Identification identification = identify(train, warmStart, compute)) {
      SeriesObserver observer =
          (count, neurons, seconds) -> {
            LogisticRegression alone = with(options.withIterations(count));
            reached.accept(
                alone.result(train, warmStart, compute, neurons, identification, seconds));
          };
      if (options.isOneVersusRest(train)) {
        new OneVersusRest(this).series(train, counts, warmStart, compute, listener, observer);
      } else {
        series(train, counts, warmStart, compute, listener, observer);
      }
    } catch (DivergedException e) {
      throw new TrainingException(e.getMessage());
    }
  }

  /** Receives the results of gradient descent after some of its iterations. */
  interface SeriesObserver {

    void reached(int iterations, Neurons neurons, double seconds);
  }

  /**
   * One descent: a neuron for two classes, or those of all classes together.
   *
   * @param counts numbers of iterations that lead to one engine, ascending, each once
   * @throws DivergedException if it diverges, after the results before that
   */
  void series(
      Dataset train,
      int[] counts,
      WarmStart warmStart,
      Compute compute,
      TrainingListener listener,
      SeriesObserver observer) {
    try (Arena arena = Arena.ofShared()) {
      long start = System.nanoTime();
      Workspace workspace = Workspace.of(arena);
      Problem problem = problem(workspace, train);
      Parameters parameters = start(workspace, problem, warmStart, train);
      EngineChoice engine = options.withIterations(counts[0]).engineFor(train);
      new Descent(options, engine, warmStart.grams(), Checkpointer.NONE)
          .new Series(workspace, compute, problem, sums(train), parameters)
          .run(
              counts,
              listener,
              (count, outcome) ->
                  observer.reached(count, Neurons.of(outcome), (System.nanoTime() - start) / 1e9));
    }
  }

  /**
   * Returns why a training has no {@link #summary}.
   *
   * @param train the samples to learn from
   * @return the reason; empty if there may be one, unless training does not converge
   */
  public Optional<String> obstacleToSummary(Dataset train) {
    return source.isLocal()
        ? Inference.obstacle(options, train)
        : Optional.of("statistics are computed from the samples, which are in other processes");
  }

  /**
   * Computes the statistics of a fit: coefficients in the units of the data with standard errors,
   * tests and intervals, and measures of the whole fit. They are those of the optimum in double;
   * the weights of the model are this optimum to the precision of float32.
   *
   * @param train the samples that the result was trained on
   * @param result the result of this trainer for these samples
   * @param errors how standard errors are estimated
   * @param kernels as for training; they change no bit
   * @return the statistics; {@link TrainingResult#withSummary} keeps them
   * @throws NoSummaryException if there are none: the solver does not go to the optimum, or did not
   *     reach it, there is an l1 penalty, or there are hidden layers
   */
  public Summary summary(Dataset train, TrainingResult result, ErrorKind errors, Kernels kernels) {
    if (!source.isLocal()) {
      throw new NoSummaryException(obstacleToSummary(train).orElseThrow());
    }
    Dataset prepared = result.model().schema().align(train, "the model");
    return prepared.reading(
        () -> {
          try (Compute compute = new Compute(kernels, threads(prepared))) {
            return Inference.of(
                prepared, options, result, errors, compute.workers(compute.threads()));
          }
        });
  }

  private Run.Sums sums(Dataset train) {
    return (workspace, compute, problem) ->
        source.sums(workspace, compute, problem, () -> options.classWeights().of(train));
  }

  private Problem problem(Workspace workspace, Dataset train) {
    return TrainingProblem.of(workspace, train, options);
  }

  private TrainingResult trained(
      Dataset train,
      WarmStart warmStart,
      Kernels kernels,
      TrainingListener listener,
      Checkpointing checkpoints,
      Checkpoint resumed) {
    try (Compute compute = new Compute(kernels, threads(train));
        Identification identification = identify(train, warmStart, compute)) {
      long start = System.nanoTime();
      Checkpointer checkpointer =
          Checkpointer.of(
              checkpoints,
              resumed,
              options,
              optionsWith(warmStart, train),
              engine(train),
              train,
              identification::provenance,
              listener);
      Neurons neurons;
      try {
        neurons =
            options.isOneVersusRest(train)
                ? new OneVersusRest(this).train(train, warmStart, compute, listener)
                : neurons(train, warmStart, compute, listener, checkpointer);
      } catch (DivergedException e) {
        throw new TrainingException(
            e.getMessage(),
            e.lastFinite()
                .map(last -> model(train, last, warmStart, compute, identification))
                .orElse(null));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return result(train, warmStart, compute, neurons, identification, seconds);
    }
  }

  private TrainingResult result(
      Dataset train,
      WarmStart warmStart,
      Compute compute,
      Neurons neurons,
      Identification identification,
      double seconds) {
    return new TrainingResult(
        model(train, neurons, warmStart, compute, identification),
        neurons.costs(),
        neurons.convergence(),
        neurons.heldOut(),
        neurons.engine(),
        compute.kernels().name(),
        compute.kernels().lanes(),
        compute.threads(),
        seconds);
  }

  private Map<String, String> optionsWith(WarmStart warmStart, Dataset train) {
    Map<String, String> map = options.toMap(train.classNames().size());
    warmStart.from().ifPresent(model -> map.put("from", model.weightsSha256()));
    return map;
  }

  private Model model(
      Dataset train,
      Neurons neurons,
      WarmStart warmStart,
      Compute compute,
      Identification identification) {
    Provenance provenance =
        Provenance.now(
            neurons.engine(),
            compute.kernels().name(),
            compute.kernels().lanes(),
            compute.threads(),
            optionsWith(warmStart, train),
            identification.provenance());
    return neurons.model(options, train.schema(), provenance);
  }

  /**
   * One run: a neuron for two classes, or those of all classes together.
   *
   * @throws DivergedException if it diverges
   */
  Neurons neurons(
      Dataset train,
      WarmStart warmStart,
      Compute compute,
      TrainingListener listener,
      Checkpointer checkpointer) {
    try (Arena arena = Arena.ofShared()) {
      Workspace workspace = Workspace.of(arena);
      Problem problem = problem(workspace, train);
      Parameters start = start(workspace, problem, warmStart, train);
      Run.Outcome outcome =
          run(train, warmStart, checkpointer)
              .prepare(workspace, compute, problem, sums(train), start)
              .run(listener);
      if (options.iterations() > 0) {
        double cost = outcome.convergence().objective();
        SameForAll.doubt(problem, cost).ifPresent(listener::warning);
      }
      return Neurons.of(outcome);
    }
  }

  private Parameters start(
      Workspace workspace, Problem problem, WarmStart warmStart, Dataset train) {
    Parameters start = new Parameters(workspace, problem.layout());
    if (warmStart.from().isPresent()) {
      copy(warmStart.from().get(), start);
    } else if (!solvesForSamples(train)) {
      options.initialization().fill(start, options.seed());
    }
    return start;
  }

  private static void copy(Model model, Parameters parameters) {
    for (int l = 0; l < model.layers().size(); l++) {
      DenseLayer layer = model.layers().get(l);
      for (int k = 0; k < layer.units(); k++) {
        parameters.weights(l).setColumn(k, layer.weights(k));
        parameters.biases(l).set(k, 0, layer.bias(k));
      }
    }
  }

  private String engine(Dataset train) {
    return (options.solver().hasEngines() ? options.engineFor(train) : EngineChoice.PRIMAL).id();
  }

  // Random weights are not a combination of samples, and not a better start than zeros.
  private boolean solvesForSamples(Dataset train) {
    return options.hidden().isNone()
        && options.solver().reachesOptimum()
        && variant(train) == SolverVariant.SAMPLES;
  }

  private Run run(Dataset train, WarmStart warmStart, Checkpointer checkpointer) {
    if (!options.hidden().isNone() && options.solver().reachesOptimum()) {
      return new NetworkSolverRun(options);
    }
    switch (options.solver()) {
      case GD:
        return new Descent(options, options.engineFor(train), warmStart.grams(), checkpointer);
      case SGD:
        return new SgdRun(options, options.holdOut(train), checkpointer);
      default:
        return new SolverRun(options, variant(train), warmStart);
    }
  }

  private SolverVariant variant(Dataset train) {
    return SolverVariant.of(
        options, train.width(), train.samples(), TrainingProblem.outputs(train));
  }

  private static void requireLabels(Dataset train) {
    if (!train.isLabelled()) {
      throw new IllegalArgumentException(train.origin().source() + " has no labels to learn from");
    }
  }

  /** Warns of two classes whose names differ only in case, blanks or invisible characters. */
  private static void warnOfSpellings(Dataset train, TrainingListener listener) {
    Map<String, String> seen = new HashMap<>();
    for (String name : train.classNames()) {
      String other = seen.putIfAbsent(looks(name), name);
      if (other != null) {
        listener.warning(
            train.origin().source()
                + ": '"
                + other
                + "' and '"
                + name
                + "' are two classes"
                + (shown(other).equals(shown(name))
                    ? ", though they look alike (characters of another kind, blanks, or some that"
                        + " cannot be seen)"
                    : "")
                + "; if they are meant to be one, spell the labels alike");
        return;
      }
    }
  }

  /**
   * The visible part of a name: composed characters, without surrounding blanks and characters of
   * no width.
   */
  private static String shown(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("\\p{Cf}", "").strip();
  }

  private static String looks(String name) {
    return shown(name).toLowerCase(Locale.ROOT);
  }

  private void check(Dataset train, TrainingListener listener) {
    options.check(train);
    if (!source.isLocal() && readsSamples(train)) {
      throw new IllegalArgumentException(
          train.origin().source()
              + ": this training reads the samples themselves, which are in other processes; take"
              + " gd with the primal engine, lbfgs or newton, and softmax for more than two classes");
    }
    warnOfSpellings(train, listener);
    int batch = options.solverOptions().sgd().batchSize();
    int learned = options.solver().usesBatches() ? options.holdOut(train).learned().length : batch;
    if (batch > learned && !hasUsualBatch()) {
      listener.warning(
          String.format(
              Locale.ROOT,
              "a batch of %d samples is more than the %d there are to learn from: each batch has"
                  + " all of them",
              batch,
              learned));
    }
    if (options.holdsOut() && train.isStandardizedOverAll()) {
      listener.warning(
          train.origin().source()
              + ": the means and deviations that standardise it are those of all samples, also of"
              + " those held out, whose cost may seem too low");
    }
    if (train.classNames().size() > 2) {
      return;
    }
    for (int label = 0; label < 2; label++) {
      if (train.count(label) == train.samples()) {
        listener.warning(
            train.origin().source()
                + ": every label is "
                + label
                + "; the model will always predict it; add samples of the other class");
      }
    }
  }

  // The default batch of a network has 200 samples, or all samples if there are fewer.
  private boolean hasUsualBatch() {
    return !options.hidden().isNone()
        && options.solverOptions().sgd().batchSize() == SgdOptions.USUAL_OF_NETWORKS.batchSize();
  }

  // The digest of the data is computed during the run, if there is memory for the run.
  private Identification identify(Dataset train, WarmStart warmStart, Compute compute) {
    checkMemory(train, warmStart, compute);
    return new Identification(train);
  }

  // The memory of a run, and of the data if they are in memory.
  private void checkMemory(Dataset train, WarmStart warmStart, Compute compute) {
    Dataset together =
        options.isOneVersusRest(train)
            ? OneVersusRest.binarize(train, train.classNames().getFirst())
            : train;
    Workspace dry = Workspace.dryRun();
    Problem problem = problem(dry, together);
    run(together, warmStart, Checkpointer.NONE)
        .prepare(dry, compute, problem, sums(together), new Parameters(dry, problem.layout()));
    // The result on the heap, and the model's own copy.
    long parameters = problem.layout().parameters();
    long onHeap = 2L * Float.BYTES * parameters;
    dry.count(onHeap);
    dry.count(train.byteSize());
    String data =
        String.format(Locale.ROOT, "%d samples of %d features", train.samples(), train.width());
    String what =
        options.hidden().isNone()
            ? "training with " + data
            : String.format(
                Locale.ROOT, "training a network of %d parameters with %s", parameters, data);
    Memory.lack(what, dry.byteSize())
        .or(() -> Memory.lackOnHeap(what, onHeap))
        .ifPresent(
            lack -> {
              throw new TrainingException(lack);
            });
  }

  // A thread pays if its work takes longer than waking it.
  private int threads(Dataset train) {
    int outputs = options.isOneVersusRest(train) ? 1 : TrainingProblem.outputs(train);
    long weights = Layout.network(train.width(), options.hidden().units(), outputs).weights();
    return Math.clamp(weights * train.samples() / WORK_OF_A_THREAD, 1, execution.threads());
  }
}
