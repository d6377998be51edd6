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
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Trains the one-neuron network: full-batch gradient descent on the cost of equation (4).
 *
 * <p>An instance has no state beyond its options and may train many data sets, also at once.
 */
public final class LogisticRegression {

  // Multiply-adds of a forward pass: some microseconds, where a barrier takes about one.
  private static final long WORK_OF_A_THREAD = 1 << 17;

  private final TrainingOptions options;

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
   * @throws IllegalArgumentException if the samples have no labels, or more than two classes
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
   * @throws IllegalArgumentException if the samples have no labels, or more than two classes
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
   * @throws IllegalArgumentException if the samples have no labels, or more than two classes
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
      Engine engine = engine(arena, team, train, kernels);
      List<CostPoint> costs = run(engine, listener);
      float[] weights = engine.weights().column(0);
      double seconds = (System.nanoTime() - start) / 1e9;
      checkFinite(weights, engine.bias());
      Provenance provenance =
          Provenance.now(
              engine.name(),
              kernels.name(),
              kernels.lanes(),
              team.size(),
              options.toMap(),
              identification.provenance());
      Model model = new Model(weights, engine.bias(), train.kind(), provenance);
      return new TrainingResult(
          model, costs, engine.name(), kernels.name(), kernels.lanes(), team.size(), seconds);
    }
  }

  private static void check(Dataset train, TrainingListener listener) {
    if (!train.isLabelled()) {
      throw new IllegalArgumentException(train.origin().source() + " has no labels to learn from");
    }
    if (train.classNames().size() != 2) {
      throw new IllegalArgumentException(
          "one neuron tells two classes apart, not " + train.classNames().size());
    }
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
    boolean gram = options.engineFor(train) == EngineChoice.GRAM;
    long bytes =
        (gram ? GramEngine.byteSize(x, threads) : PrimalEngine.byteSize(x, threads))
            + (x instanceof MappedMatrix ? 0 : x.byteSize());
    Memory.lack("training with %d samples of %d features".formatted(x.columns(), x.rows()), bytes)
        .ifPresent(
            problem -> {
              throw new TrainingException(problem);
            });
  }

  // A thread pays where it has more to do than it takes to tell it so.
  private int members(Dataset train) {
    long work = (long) train.width() * train.samples();
    return Math.clamp(work / WORK_OF_A_THREAD, 1, options.threads());
  }

  private Engine engine(Arena arena, Team team, Dataset train, Kernels kernels) {
    Problem problem = Problem.of(arena, train, options.penalty(), options.classWeights());
    FloatMatrix w = FloatMatrix.allocate(arena, train.width(), 1);
    options.initialization().fill(w, options.seed());
    double rate = options.learningRate();
    if (options.engineFor(train) == EngineChoice.GRAM) {
      return new GramEngine(arena, kernels, team, problem, w, 0f, rate);
    }
    return new PrimalEngine(arena, kernels, team, problem, w, 0f, rate);
  }

  private List<CostPoint> run(Engine engine, TrainingListener listener) {
    List<CostPoint> costs = new ArrayList<>();
    for (int iteration = 0; iteration < options.iterations(); iteration++) {
      boolean withCost = options.costEvery() > 0 && iteration % options.costEvery() == 0;
      double cost;
      try {
        cost = engine.iterate(withCost);
      } catch (TrainingException e) {
        throw diverged(iteration, e.getMessage());
      }
      if (withCost) {
        if (!Double.isFinite(cost)) {
          throw diverged(iteration, "the cost is " + cost);
        }
        costs.add(new CostPoint(iteration, cost));
        listener.costComputed(iteration, cost);
      }
      listener.iterationCompleted(iteration + 1);
    }
    return costs;
  }

  private void checkFinite(float[] weights, float bias) {
    boolean finite = Float.isFinite(bias);
    for (float weight : weights) {
      finite &= Float.isFinite(weight);
    }
    if (!finite) {
      throw diverged(options.iterations(), "a weight is no longer finite");
    }
  }

  private TrainingException diverged(int iteration, String what) {
    return new TrainingException(
        "diverged at iteration %d: %s; try a learning rate below %s, or scale the features"
            .formatted(iteration, what, options.learningRate()));
  }
}
