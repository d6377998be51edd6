package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.model.Model;
import dev.lanewise.model.Provenance;
import dev.lanewise.pass.Team;
import dev.lanewise.sgd.Batches;
import dev.lanewise.solve.Point;
import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.Optional;

/**
 * Trains the one-neuron network: makes the cost of equation (4), with weights and penalties, small
 * by the solver of the options.
 *
 * <p>An instance has no state beyond its options and may train many data sets, also at once.
 */
public final class LogisticRegression {

  // Multiply-adds of a forward pass: some microseconds, where a barrier takes about one.
  private static final long WORK_OF_A_THREAD = 1 << 17;

  private final TrainingOptions options;

  /** A trainer with {@link TrainingOptions#defaults()}: Newton's method, to the optimum. */
  public LogisticRegression() {
    this(TrainingOptions.defaults());
  }

  /**
   * A trainer.
   *
   * @param options how to train
   */
  public LogisticRegression(TrainingOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * Trains without telling anybody.
   *
   * @param train labelled samples of two classes
   * @return the finished run
   * @throws IllegalArgumentException if the samples have no labels, or more than two classes, or a
   *     class that is to weigh something is not among them, or a batch is more than there are, or
   *     samples cannot be held out as asked
   * @throws TrainingException if the cost or the weights are no longer finite, or there is not
   *     enough memory
   * @throws dev.lanewise.data.DataException if the samples lie in a mapped file that was cut or
   *     written to meanwhile
   * @throws EngineUnavailableException if the gram engine is asked for, and there are too many
   *     samples
   * @throws dev.lanewise.kernel.KernelUnavailableException if the kernels asked for are not there
   */
  public TrainingResult fit(Dataset train) {
    return fit(train, TrainingListener.SILENT);
  }

  /**
   * Trains.
   *
   * @param train labelled samples of two classes
   * @param listener is told of progress, costs and warnings
   * @return the finished run
   * @throws IllegalArgumentException if the samples have no labels, or more than two classes, or a
   *     class that is to weigh something is not among them, or a batch is more than there are, or
   *     samples cannot be held out as asked
   * @throws TrainingException if the cost or the weights are no longer finite, or there is not
   *     enough memory
   * @throws dev.lanewise.data.DataException if the samples lie in a mapped file that was cut or
   *     written to meanwhile
   * @throws EngineUnavailableException if the gram engine is asked for, and there are too many
   *     samples
   * @throws dev.lanewise.kernel.KernelUnavailableException if the kernels asked for are not there
   */
  public TrainingResult fit(Dataset train, TrainingListener listener) {
    return fit(train, KernelChoice.choose(options.kernel(), listener::warning), listener);
  }

  /**
   * Trains with kernels chosen before, whatever the options ask for.
   *
   * @param train labelled samples of two classes
   * @param kernels what computes
   * @param listener is told of progress, costs and warnings
   * @return the finished run
   * @throws IllegalArgumentException if the samples have no labels, or more than two classes, or a
   *     class that is to weigh something is not among them, or a batch is more than there are, or
   *     samples cannot be held out as asked
   * @throws TrainingException if the cost or the weights are no longer finite, or there is not
   *     enough memory
   * @throws dev.lanewise.data.DataException if the samples lie in a mapped file that was cut or
   *     written to meanwhile
   * @throws EngineUnavailableException if the gram engine is asked for, and there are too many
   *     samples
   */
  public TrainingResult fit(Dataset train, Kernels kernels, TrainingListener listener) {
    check(train, listener);
    checkMemory(train);
    return train.reading(() -> trained(train, kernels, listener));
  }

  private TrainingResult trained(Dataset train, Kernels kernels, TrainingListener listener) {
    try (Arena arena = Arena.ofShared();
        Team team = new Team(members(train));
        Identification identification = new Identification(train)) {
      long start = System.nanoTime();
      Problem problem = Problem.of(arena, train, options.penalty(), options.classWeights());
      Point point = start(arena, problem);
      Run.Outcome outcome = run(train).run(arena, kernels, team, problem, point, listener);
      float[] weights = outcome.end().weights().column(0);
      float bias = outcome.end().bias()[0];
      double seconds = (System.nanoTime() - start) / 1e9;
      Provenance provenance =
          Provenance.now(
              outcome.engine(),
              kernels.name(),
              kernels.lanes(),
              team.size(),
              options.toMap(),
              identification.provenance());
      return new TrainingResult(
          new Model(weights, bias, train.kind(), provenance),
          outcome.costs(),
          outcome.convergence(),
          Optional.ofNullable(outcome.heldOut()),
          outcome.engine(),
          kernels.name(),
          kernels.lanes(),
          team.size(),
          seconds);
    }
  }

  private Point start(Arena arena, Problem problem) {
    Point start = new Point(FloatMatrix.allocate(arena, problem.x().rows(), 1), new float[1]);
    options.initialization().fill(start.weights(), options.seed());
    return start;
  }

  private Run run(Dataset train) {
    switch (options.solver()) {
      case GD:
        return new Descent(options, options.engineFor(train));
      case SGD:
        return new SgdRun(options, options.parts(train));
      default:
        return new SolverRun(options, variant(train));
    }
  }

  private SolverVariant variant(Dataset train) {
    return SolverVariant.of(options, train.width(), train.samples());
  }

  private void check(Dataset train, TrainingListener listener) {
    if (!train.isLabelled()) {
      throw new IllegalArgumentException(train.origin().source() + " has no labels to learn from");
    }
    if (train.classNames().size() != 2) {
      throw new IllegalArgumentException(
          "one neuron tells two classes apart, not " + train.classNames().size());
    }
    options.check(train);
    for (int label = 0; label < 2; label++) {
      if (train.count(label) == train.samples()) {
        listener.warning(
            train.origin().source()
                + ": every label is "
                + label
                + "; the model will learn to say so and nothing else");
      }
    }
  }

  // What a run allocates, and the data beside it if they are in memory.
  private void checkMemory(Dataset train) {
    SampleMatrix x = train.features();
    int threads = members(train);
    long bytes =
        LogisticObjective.byteSize(x, threads)
            + solverByteSize(train, threads)
            + (x instanceof MappedMatrix ? 0 : x.byteSize());
    Memory.lack("training with %d samples of %d features".formatted(x.columns(), x.rows()), bytes)
        .ifPresent(
            problem -> {
              throw new TrainingException(problem);
            });
  }

  private long solverByteSize(Dataset train, int threads) {
    SampleMatrix x = train.features();
    switch (options.solver()) {
      case GD:
        return engineByteSize(train, threads);
      case SGD:
        return Batches.byteSize(x, options.solverOptions().sgd(), threads)
            + SgdRun.POINTS * FloatMatrix.byteSize(x.rows(), 1);
      default:
        return variant(train).byteSize(x, threads);
    }
  }

  private long engineByteSize(Dataset train, int threads) {
    SampleMatrix x = train.features();
    return options.engineFor(train) == EngineChoice.GRAM
        ? GramEngine.byteSize(x, threads)
        : PrimalEngine.byteSize(x, threads);
  }

  // A thread pays where it has more to do than it takes to tell it so.
  private int members(Dataset train) {
    long work = (long) train.width() * train.samples();
    return Math.clamp(work / WORK_OF_A_THREAD, 1, options.threads());
  }
}
