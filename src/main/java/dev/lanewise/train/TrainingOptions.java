package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.sgd.Parts;
import dev.lanewise.sgd.SgdOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How to train.
 *
 * @param solverOptions how the cost is made small
 * @param penalty what large weights cost
 * @param classWeights how much the samples of a class count
 * @param multiClass how more than two classes are told apart; two take one neuron either way
 * @param initialization the weights to start from
 * @param seed of normal initial weights, and of the orders and the held-out part of sgd; all else
 *     ignores it
 * @param kernel which kernels compute it; changes no bit
 * @param threads how many threads compute it at most, from 1 to {@value #MOST_THREADS}; changes no
 *     bit
 * @param costEvery the cost is noted at every iteration that is a multiple of this; 0 for never
 */
public record TrainingOptions(
    SolverOptions solverOptions,
    Penalty penalty,
    ClassWeights classWeights,
    MultiClass multiClass,
    Initialization initialization,
    long seed,
    KernelRequest kernel,
    int threads,
    int costEvery) {

  /** More threads than any machine has use for. */
  public static final int MOST_THREADS = 1024;

  /**
   * Options.
   *
   * @throws IllegalArgumentException if a number is out of its range, or the solver does not take
   *     the penalty; the message names it
   */
  public TrainingOptions {
    Objects.requireNonNull(solverOptions, "solverOptions");
    Objects.requireNonNull(penalty, "penalty");
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(multiClass, "multiClass");
    Objects.requireNonNull(initialization, "initialization");
    Objects.requireNonNull(kernel, "kernel");
    if (solverOptions.solver() == SolverChoice.NEWTON && penalty.l1() > 0) {
      throw new IllegalArgumentException(
          "newton takes no l1 penalty, which has no second derivative; take lbfgs");
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
   * What serves a classifier best: Newton's method to the optimum, with the usual penalty l2 = 1
   * and the cost of every iteration, many classes by softmax; on all processors.
   *
   * @return the defaults
   */
  public static TrainingOptions defaults() {
    return new TrainingOptions(
        SolverOptions.of(SolverChoice.NEWTON),
        Penalty.l2(1),
        ClassWeights.NONE,
        MultiClass.SOFTMAX,
        Initialization.ZEROS,
        0,
        KernelRequest.auto(),
        processors(),
        1);
  }

  /**
   * The tutorial's: gradient descent, 2000 iterations at 0.005 from zeros without a penalty, the
   * cost every 100; on all processors.
   *
   * @return what the command does, too, if nothing else is said
   */
  public static TrainingOptions tutorial() {
    return defaults()
        .withPenalty(Penalty.NONE)
        .withSolver(SolverOptions.of(SolverChoice.GD))
        .withCostEvery(100);
  }

  private static int processors() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
  }

  /**
   * The method.
   *
   * @return as in {@link #solverOptions()}
   */
  public SolverChoice solver() {
    return solverOptions.solver();
  }

  /**
   * Steps of gradient descent, epochs of sgd, or the most iterations of another solver.
   *
   * @return as in {@link #solverOptions()}
   */
  public int iterations() {
    return solverOptions.iterations();
  }

  /**
   * Alpha of gradient descent and of sgd.
   *
   * @return as in {@link #solverOptions()}
   */
  public double learningRate() {
    return solverOptions.learningRate();
  }

  /**
   * The same with another solver.
   *
   * @param choice the solver and its numbers
   * @return new options
   */
  public TrainingOptions withSolver(SolverOptions choice) {
    return new TrainingOptions(
        choice,
        penalty,
        classWeights,
        multiClass,
        initialization,
        seed,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same with another number of iterations.
   *
   * @param count at least 0
   * @return new options
   */
  public TrainingOptions withIterations(int count) {
    return withSolver(solverOptions.withIterations(count));
  }

  /**
   * The same with another learning rate of gradient descent.
   *
   * @param rate alpha, positive and finite
   * @return new options
   */
  public TrainingOptions withLearningRate(double rate) {
    return withSolver(solverOptions.withLearningRate(rate));
  }

  /**
   * The same with another engine of gradient descent.
   *
   * @param choice the engine
   * @return new options
   */
  public TrainingOptions withEngine(EngineChoice choice) {
    return withSolver(solverOptions.withEngine(choice));
  }

  /**
   * The same by stochastic gradient descent, with the usual epochs and learning rate.
   *
   * @param sgd how it goes
   * @return new options
   */
  public TrainingOptions withSgd(SgdOptions sgd) {
    return withSolver(SolverOptions.sgd(sgd));
  }

  /**
   * The same with another penalty.
   *
   * @param choice what large weights cost
   * @return new options
   */
  public TrainingOptions withPenalty(Penalty choice) {
    return new TrainingOptions(
        solverOptions,
        choice,
        classWeights,
        multiClass,
        initialization,
        seed,
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
        solverOptions,
        penalty,
        choice,
        multiClass,
        initialization,
        seed,
        kernel,
        threads,
        costEvery);
  }

  /**
   * The same, more than two classes told apart another way.
   *
   * @param choice softmax, or one versus the rest
   * @return new options
   */
  public TrainingOptions withMultiClass(MultiClass choice) {
    return new TrainingOptions(
        solverOptions,
        penalty,
        classWeights,
        choice,
        initialization,
        seed,
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
        solverOptions,
        penalty,
        classWeights,
        multiClass,
        choice,
        newSeed,
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
        solverOptions,
        penalty,
        classWeights,
        multiClass,
        initialization,
        seed,
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
        solverOptions,
        penalty,
        classWeights,
        multiClass,
        initialization,
        seed,
        kernel,
        count,
        costEvery);
  }

  /**
   * The same with the cost noted more or less often.
   *
   * @param every the distance in iterations; 0 for never
   * @return new options
   */
  public TrainingOptions withCostEvery(int every) {
    return new TrainingOptions(
        solverOptions,
        penalty,
        classWeights,
        multiClass,
        initialization,
        seed,
        kernel,
        threads,
        every);
  }

  /**
   * The engine of gradient descent that trains on a data set with these options.
   *
   * @param train the samples to learn from
   * @return {@link EngineChoice#PRIMAL} or {@link EngineChoice#GRAM}
   * @throws EngineUnavailableException if the engine asked for cannot be had: the gram engine for
   *     too many samples, with an l1 penalty, or for softmax of more than two classes
   */
  public EngineChoice engineFor(Dataset train) {
    EngineChoice engine = solverOptions.engine();
    int classes = train.classNames().size();
    if (classes > 2 && multiClass == MultiClass.SOFTMAX) {
      if (engine == EngineChoice.GRAM) {
        throw new EngineUnavailableException(
            String.format(
                Locale.ROOT,
                "the gram engine tells two classes apart, not %d; take the primal engine, or ovr",
                classes));
      }
      return EngineChoice.PRIMAL;
    }
    if (penalty.l1() == 0) {
      return engine.forProblem(train.width(), train.samples(), iterations());
    }
    if (engine == EngineChoice.GRAM) {
      throw new EngineUnavailableException(
          "the gram engine has no weights for an l1 penalty to set to zero; take the primal"
              + " engine");
    }
    return EngineChoice.PRIMAL;
  }

  /**
   * Whether training on a data set is several runs, one for each class.
   *
   * @param train the samples to learn from
   * @return false for two classes, and for softmax
   */
  public boolean isOneVersusRest(Dataset train) {
    return train.classNames().size() > 2 && multiClass == MultiClass.OVR;
  }

  /**
   * Checks what depends on the data to learn from.
   *
   * @param train labelled samples
   * @throws IllegalArgumentException if a class that is to weigh something is not there, samples
   *     cannot be held out as asked, or there are more classes and features than a model can have
   */
  public void check(Dataset train) {
    classWeights.check(train.classNames());
    if (train.classNames().size() > 2) {
      checkMany(train);
    }
    if (solver() == SolverChoice.SGD) {
      parts(train);
    }
  }

  private void checkMany(Dataset train) {
    Model.checkSize(train.width(), train.classNames().size());
    if (multiClass == MultiClass.OVR) {
      new OneVersusRest(this).check(train);
    }
  }

  /** Which samples stochastic gradient descent learns from, and which it holds out. */
  Parts parts(Dataset train) {
    double holdout = solverOptions.sgd().holdout();
    return Parts.of(train.labels(), train.classNames(), holdout, seed);
  }

  /**
   * A copy of the data whose features are standardised by what training with these options learns
   * from: by means and deviations without the samples that sgd holds out. One versus the rest holds
   * out other samples for each class, and takes those of all.
   *
   * @param raw labelled samples, not standardised
   * @return a data set of its own memory; close both, this one last
   * @throws IllegalArgumentException if samples cannot be held out as asked
   * @throws dev.lanewise.data.DataException as {@link Dataset#standardized()}
   */
  public Dataset standardized(Dataset raw) {
    return holdsOut() && !isOneVersusRest(raw)
        ? raw.standardized(parts(raw).learned())
        : raw.standardized();
  }

  /** Whether samples are held out of training. */
  boolean holdsOut() {
    return solver() == SolverChoice.SGD && solverOptions.sgd().holdout() > 0;
  }

  /**
   * How much there is to compute with these options: of gradient descent exactly, of the other
   * solvers about.
   *
   * @param train the samples to learn from
   * @return multiply-adds
   * @throws EngineUnavailableException if the engine asked for cannot be had
   */
  public double multiplyAdds(Dataset train) {
    int classes = train.classNames().size();
    return (classes > 2 ? classes : 1) * multiplyAddsOfOne(train);
  }

  // Of one neuron.
  private double multiplyAddsOfOne(Dataset train) {
    if (solver() == SolverChoice.GD) {
      return engineFor(train).multiplyAdds(train.width(), train.samples(), iterations());
    }
    if (solver() == SolverChoice.SGD) {
      double looks = costEvery == 0 ? 2 : 2 + (double) iterations() / costEvery;
      return 2.0 * train.width() * train.samples() * (iterations() + looks);
    }
    return SolverVariant.of(this, train.width(), train.samples())
        .multiplyAdds(train.width(), train.samples());
  }

  /**
   * How much there is to compute in several trainings that share the products of their samples.
   *
   * @param train the samples to learn from
   * @param trainings how many, at least 1
   * @return multiply-adds, as {@link #multiplyAdds(Dataset)} of each, with X'X once
   * @throws EngineUnavailableException if the engine asked for cannot be had
   */
  public double multiplyAdds(Dataset train, double trainings) {
    boolean shared =
        solver() == SolverChoice.GD
            ? engineFor(train) == EngineChoice.GRAM
            : solver() == SolverChoice.NEWTON
                && SolverVariant.of(this, train.width(), train.samples()) == SolverVariant.SAMPLES;
    double products = shared ? 0.5 * train.width() * train.samples() * train.samples() : 0;
    return products + trainings * (multiplyAdds(train) - products);
  }

  /**
   * What the weights of a model of so many classes depend on, by the names of the command line, for
   * its provenance.
   */
  Map<String, String> toMap(int classes) {
    Map<String, String> map = new LinkedHashMap<>();
    if (classes > 2) {
      map.put("multi-class", multiClass.id());
    }
    map.put("solver", solver().id());
    boolean epochs = solver() == SolverChoice.SGD;
    map.put(epochs ? "epochs" : "iterations", Integer.toString(iterations()));
    if (solver() == SolverChoice.GD || epochs) {
      map.put("learning-rate", Double.toString(learningRate()));
    } else {
      map.put("tolerance", Double.toString(solverOptions.tolerance()));
    }
    if (epochs) {
      map.putAll(solverOptions.sgd().toMap());
    }
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
