package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How to train. The defaults are the tutorial's.
 *
 * @param iterations steps of gradient descent, at least 0
 * @param learningRate alpha, positive and finite
 * @param initialization the weights to start from
 * @param seed of normal initial weights; zeros ignore it
 * @param engine how an iteration is carried out
 * @param penalty what large weights cost
 * @param classWeights how much the samples of a class count
 * @param kernel which kernels compute it; changes no bit
 * @param threads how many threads compute it at most, from 1 to {@value #MOST_THREADS}; changes no
 *     bit
 * @param costEvery the cost is computed at every iteration that is a multiple of this; 0 for never
 */
public record TrainingOptions(
    int iterations,
    double learningRate,
    Initialization initialization,
    long seed,
    EngineChoice engine,
    Penalty penalty,
    ClassWeights classWeights,
    KernelRequest kernel,
    int threads,
    int costEvery) {

  /** More threads than any machine has use for. */
  public static final int MOST_THREADS = 1024;

  /**
   * Options.
   *
   * @throws IllegalArgumentException if a number is out of its range; the message names it
   */
  public TrainingOptions {
    Objects.requireNonNull(initialization, "initialization");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(penalty, "penalty");
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(kernel, "kernel");
    if (iterations < 0) {
      throw new IllegalArgumentException("iterations are at least 0, not " + iterations);
    }
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "the learning rate is positive and finite, not " + learningRate);
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads are from 1 to " + MOST_THREADS + ", not " + threads);
    }
    if (costEvery < 0) {
      throw new IllegalArgumentException(
          "the cost is computed every so many iterations, at least 0 (never), not " + costEvery);
    }
  }

  /**
   * The tutorial's: 2000 iterations at 0.005 from zeros, the cost every 100; on all processors.
   *
   * @return the defaults
   */
  public static TrainingOptions defaults() {
    return new TrainingOptions(
        2000,
        0.005,
        Initialization.ZEROS,
        0,
        EngineChoice.AUTO,
        Penalty.NONE,
        ClassWeights.NONE,
        KernelRequest.auto(),
        processors(),
        100);
  }

  /**
   * The same with another number of iterations.
   *
   * @param count at least 0
   * @return new options
   */
  public TrainingOptions withIterations(int count) {
    return new TrainingOptions(
        count,
        learningRate,
        initialization,
        seed,
        engine,
        penalty,
        classWeights,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same with another learning rate.
   *
   * @param rate alpha, positive and finite
   * @return new options
   */
  public TrainingOptions withLearningRate(double rate) {
    return new TrainingOptions(
        iterations,
        rate,
        initialization,
        seed,
        engine,
        penalty,
        classWeights,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same with other initial weights.
   *
   * @param choice zeros or normal
   * @param newSeed for normal weights
   * @return new options
   */
  public TrainingOptions withInitialization(Initialization choice, long newSeed) {
    return new TrainingOptions(
        iterations,
        learningRate,
        choice,
        newSeed,
        engine,
        penalty,
        classWeights,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same with another engine.
   *
   * @param choice the engine
   * @return new options
   */
  public TrainingOptions withEngine(EngineChoice choice) {
    return new TrainingOptions(
        iterations,
        learningRate,
        initialization,
        seed,
        choice,
        penalty,
        classWeights,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same with another penalty.
   *
   * @param choice what large weights cost
   * @return new options
   */
  public TrainingOptions withPenalty(Penalty choice) {
    return new TrainingOptions(
        iterations,
        learningRate,
        initialization,
        seed,
        engine,
        choice,
        classWeights,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same with other weights of the classes.
   *
   * @param choice how much the samples of a class count
   * @return new options
   */
  public TrainingOptions withClassWeights(ClassWeights choice) {
    return new TrainingOptions(
        iterations,
        learningRate,
        initialization,
        seed,
        engine,
        penalty,
        choice,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same with other kernels.
   *
   * @param request which kernels
   * @return new options
   */
  public TrainingOptions withKernel(KernelRequest request) {
    return new TrainingOptions(
        iterations,
        learningRate,
        initialization,
        seed,
        engine,
        penalty,
        classWeights,
        request,
        threads,
        costEvery);
  }

  /**
   * The same on another number of threads.
   *
   * @param count at most so many, from 1 to {@value #MOST_THREADS}
   * @return new options
   */
  public TrainingOptions withThreads(int count) {
    return new TrainingOptions(
        iterations,
        learningRate,
        initialization,
        seed,
        engine,
        penalty,
        classWeights,
        kernel,
        count,
        costEvery);
  }

  private static int processors() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
  }

  /**
   * The same with the cost computed more or less often.
   *
   * @param every the distance in iterations; 0 for never
   * @return new options
   */
  public TrainingOptions withCostEvery(int every) {
    return new TrainingOptions(
        iterations,
        learningRate,
        initialization,
        seed,
        engine,
        penalty,
        classWeights,
        kernel,
        threads,
        every);
  }

  /**
   * The engine that trains on a data set with these options.
   *
   * @param train the samples to learn from
   * @return {@link EngineChoice#PRIMAL} or {@link EngineChoice#GRAM}
   * @throws EngineUnavailableException if the engine asked for cannot be had: the gram engine for
   *     too many samples, or with an l1 penalty
   */
  public EngineChoice engineFor(Dataset train) {
    if (penalty.l1() == 0) {
      return engine.forProblem(train.width(), train.samples(), iterations);
    }
    if (engine == EngineChoice.GRAM) {
      throw new EngineUnavailableException(
          "the gram engine has no weights that an l1 penalty could set to zero; take the primal engine");
    }
    return EngineChoice.PRIMAL;
  }

  /**
   * How much there is to compute with these options.
   *
   * @param train the samples to learn from
   * @return the multiply-adds of the engine that trains
   * @throws EngineUnavailableException if the engine asked for cannot be had
   */
  public double multiplyAdds(Dataset train) {
    return engineFor(train).multiplyAdds(train.width(), train.samples(), iterations);
  }

  /** What the weights depend on, by the names of the command line, for a model's provenance. */
  Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("iterations", Integer.toString(iterations));
    map.put("learning-rate", Double.toString(learningRate));
    map.put("init", initialization.id());
    map.put("seed", Long.toString(seed));
    map.put("l2", Double.toString(penalty.l2()));
    map.put("l1", Double.toString(penalty.l1()));
    if (!classWeights.isNone()) {
      map.put("class-weight", classWeights.toString());
    }
    return map;
  }
}
