// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Provenance;
import dev.lanewise.optim.sgd.HoldOut;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.SgdOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What is learned, and how. Together with the samples, and the model to start from if there is one,
 * these values decide every bit of the result; how it is computed ({@link Execution}) and saved
 * ({@link Checkpointing}) changes none. A model's provenance names those that its weights depend
 * on: all but {@code costEvery}.
 *
 * @param solverOptions how the cost is minimised
 * @param penalty the penalty on large weights
 * @param classWeights a factor for the weights of the samples of each class
 * @param hidden the hidden layers of the network; none for logistic and softmax regression
 * @param multiClass the method for more than two classes; ignored for two
 * @param intercept whether there is an intercept; without one the bias stays 0
 * @param initialization the initial weights
 * @param seed of random initial weights, and of the order and the held-out samples of sgd
 * @param costEvery the result has the cost of every iteration that is a multiple of this; 0 for
 *     none
 */
public record Hyperparameters(
    SolverOptions solverOptions,
    Penalty penalty,
    ClassWeights classWeights,
    HiddenLayers hidden,
    MultiClass multiClass,
    boolean intercept,
    Initialization initialization,
    long seed,
    int costEvery) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the distance of costs is negative; the solver takes no l1
   *     penalty and there is one; there are hidden layers and zero initial weights, or no
   *     intercept; or the generator of the initial weights does not take the seed
   */
  public Hyperparameters {
    Objects.requireNonNull(solverOptions, "solverOptions");
    Objects.requireNonNull(penalty, "penalty");
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(hidden, "hidden");
    Objects.requireNonNull(multiClass, "multiClass");
    Objects.requireNonNull(initialization, "initialization");
    if (penalty.l1() > 0 && !solverOptions.solver().takesL1()) {
      throw new IllegalArgumentException(
          solverOptions.solver().id()
              + " takes no l1 penalty, which has no second derivative; take lbfgs");
    }
    checkHidden(solverOptions.solver(), hidden, initialization);
    if (!intercept && !hidden.isNone()) {
      throw new IllegalArgumentException(
          "a network with hidden layers has a bias in each unit; leave the hidden layers out, or"
              + " keep the intercept");
    }
    initialization.check(seed);
    if (costEvery < 0) {
      throw new IllegalArgumentException(
          "the cost is computed every so many iterations, at least 0 (never), not " + costEvery);
    }
  }

  private static void checkHidden(
      SolverChoice solver, HiddenLayers hidden, Initialization initialization) {
    if (hidden.isNone()) {
      return;
    }
    if (solver == SolverChoice.NEWTON) {
      throw new IllegalArgumentException(
          "newton is for a convex cost, which that of hidden layers is not; take sgd or lbfgs");
    }
    if (!initialization.isRandom()) {
      throw new IllegalArgumentException(
          "zero initial weights are for networks without hidden layers: all units of a layer would"
              + " stay equal; take "
              + Initialization.usual(hidden).id());
    }
    if (hidden.dropout() > 0 && !solver.usesBatches()) {
      throw new IllegalArgumentException("dropout is for sgd, not for " + solver.id());
    }
  }

  /**
   * A solver with its usual numbers, from zeros, without a penalty and without class weights; more
   * than two classes by softmax.
   *
   * @param solver the method
   * @return hyperparameters
   */
  public static Hyperparameters of(SolverChoice solver) {
    return new Hyperparameters(
        SolverOptions.of(solver),
        Penalty.NONE,
        ClassWeights.NONE,
        HiddenLayers.NONE,
        MultiClass.SOFTMAX,
        true,
        Initialization.ZEROS,
        0,
        solver.usualCostEvery());
  }

  /**
   * A good start for most data: Newton's method to the optimum, with the penalty l2 = 1.
   *
   * @return the hyperparameters of {@link LogisticRegression#LogisticRegression()}
   */
  public static Hyperparameters defaults() {
    return of(SolverChoice.NEWTON).withPenalty(Penalty.l2(1));
  }

  /**
   * Those of the tutorial: 2000 steps of gradient descent at 0.005, without a penalty; the cost of
   * every 100th.
   *
   * @return the hyperparameters of {@code lanewise train} without options
   */
  public static Hyperparameters tutorial() {
    return of(SolverChoice.GD);
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
   * @return new hyperparameters
   */
  public Hyperparameters withSolver(SolverOptions choice) {
    return new Hyperparameters(
        choice,
        penalty,
        classWeights,
        hidden,
        multiClass,
        intercept,
        initialization,
        seed,
        costEvery);
  }

  /**
   * The same with stochastic gradient descent, its usual epochs and learning rate.
   *
   * @param sgd batches, optimizer and stopping
   * @return new hyperparameters
   */
  public Hyperparameters withSgd(SgdOptions sgd) {
    return withSolver(SolverOptions.sgd(sgd));
  }

  /**
   * The same with another number of iterations.
   *
   * @param count at least 0; of sgd, epochs
   * @return new hyperparameters
   */
  public Hyperparameters withIterations(int count) {
    return withSolver(solverOptions.withIterations(count));
  }

  /**
   * The same with another learning rate.
   *
   * @param rate alpha, positive and finite
   * @return new hyperparameters
   */
  public Hyperparameters withLearningRate(double rate) {
    return withSolver(solverOptions.withLearningRate(rate));
  }

  /**
   * The same with another engine of gradient descent.
   *
   * @param choice the engine
   * @return new hyperparameters
   */
  public Hyperparameters withEngine(EngineChoice choice) {
    return withSolver(solverOptions.withEngine(choice));
  }

  /**
   * The same with another penalty.
   *
   * @param choice the penalty on large weights
   * @return new hyperparameters
   */
  public Hyperparameters withPenalty(Penalty choice) {
    return new Hyperparameters(
        solverOptions,
        choice,
        classWeights,
        hidden,
        multiClass,
        intercept,
        initialization,
        seed,
        costEvery);
  }

  /**
   * The same with other class weights.
   *
   * @param choice a factor for the samples of each class
   * @return new hyperparameters
   */
  public Hyperparameters withClassWeights(ClassWeights choice) {
    return new Hyperparameters(
        solverOptions,
        penalty,
        choice,
        hidden,
        multiClass,
        intercept,
        initialization,
        seed,
        costEvery);
  }

  /**
   * The same with other hidden layers. Zero initial weights become the usual ones of such layers:
   * {@link Initialization#usual}.
   *
   * @param choice the hidden layers
   * @return new hyperparameters
   */
  public Hyperparameters withHidden(HiddenLayers choice) {
    Initialization start =
        initialization.isRandom() ? initialization : Initialization.usual(choice);
    return new Hyperparameters(
        solverOptions,
        penalty,
        classWeights,
        choice,
        multiClass,
        intercept,
        start,
        seed,
        costEvery);
  }

  /**
   * The same with another method for more than two classes.
   *
   * @param choice softmax or one versus the rest
   * @return new hyperparameters
   */
  public Hyperparameters withMultiClass(MultiClass choice) {
    return new Hyperparameters(
        solverOptions,
        penalty,
        classWeights,
        hidden,
        choice,
        intercept,
        initialization,
        seed,
        costEvery);
  }

  /**
   * The same with or without an intercept.
   *
   * @param choice false for biases that stay 0
   * @return new hyperparameters
   */
  public Hyperparameters withIntercept(boolean choice) {
    return new Hyperparameters(
        solverOptions,
        penalty,
        classWeights,
        hidden,
        multiClass,
        choice,
        initialization,
        seed,
        costEvery);
  }

  /**
   * The same with other initial weights.
   *
   * @param choice how they are drawn
   * @param newSeed see {@link #seed()}
   * @return new hyperparameters
   */
  public Hyperparameters withInitialization(Initialization choice, long newSeed) {
    return new Hyperparameters(
        solverOptions,
        penalty,
        classWeights,
        hidden,
        multiClass,
        intercept,
        choice,
        newSeed,
        costEvery);
  }

  /**
   * The same with the cost of other iterations.
   *
   * @param every the distance in iterations; 0 for none
   * @return new hyperparameters
   */
  public Hyperparameters withCostEvery(int every) {
    return new Hyperparameters(
        solverOptions,
        penalty,
        classWeights,
        hidden,
        multiClass,
        intercept,
        initialization,
        seed,
        every);
  }

  /**
   * The engine of gradient descent that trains on a data set.
   *
   * @param train the samples to learn from
   * @return {@link EngineChoice#PRIMAL} or {@link EngineChoice#GRAM}
   * @throws EngineUnavailableException if the engine asked for cannot be had: the gram engine for
   *     too many samples, with an l1 penalty, or without hidden layers for softmax of more than two
   *     classes
   */
  public EngineChoice engineFor(Dataset train) {
    EngineChoice engine = solverOptions.engine();
    String obstacle = gramObstacle(train);
    if (obstacle != null && engine == EngineChoice.GRAM) {
      throw new EngineUnavailableException(obstacle);
    }
    if (obstacle != null) {
      return EngineChoice.PRIMAL;
    }
    return hidden.isNone()
        ? engine.forProblem(train.width(), train.samples(), iterations())
        : engine.forNetwork(train.width(), train.samples(), hidden.units(), iterations());
  }

  /** Whether the gram engine supports data of at most this many samples. */
  boolean hasGramEngine(Dataset train) {
    return gramObstacle(train) == null;
  }

  /** Returns why there is no gram engine, whatever the number of samples; null if there is one. */
  private String gramObstacle(Dataset train) {
    int classes = train.classNames().size();
    if (hidden.isNone() && classes > 2 && multiClass == MultiClass.SOFTMAX) {
      return String.format(
          Locale.ROOT,
          "the gram engine tells two classes apart, not %d; take the primal engine, or ovr",
          classes);
    }
    return penalty.l1() == 0
        ? null
        : "the gram engine has no weights for an l1 penalty to set to zero; take the primal engine";
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
    if (!hidden.isNone() && isOneVersusRest(train)) {
      throw new IllegalArgumentException(
          "one versus the rest has no hidden layers; classes of a network are told apart by"
              + " softmax");
    }
    int inputs = train.width();
    for (int units : hidden.units()) {
      Model.checkSize(inputs, units);
      inputs = units;
    }
    if (train.classNames().size() > 2) {
      Model.checkSize(inputs, train.classNames().size());
    }
    if (isOneVersusRest(train)) {
      OneVersusRest.check(this, train);
    }
    if (solver().usesBatches()) {
      holdOut(train);
    }
  }

  /** The samples that sgd learns from, and those that it holds out. */
  HoldOut holdOut(Dataset train) {
    double holdout = solverOptions.sgd().holdout();
    return HoldOut.of(train.labels(), train.classNames(), holdout, seed);
  }

  /**
   * Draws samples to test a model on, the same fraction of each class: for the seed of these
   * options the ones that sgd would hold out.
   *
   * @param data labelled samples
   * @param fraction of each class, above 0 and below 1, rounded to whole samples
   * @return the numbers of the samples, ascending, at least one
   * @throws IllegalArgumentException if the fraction is out of its range, no sample would be held
   *     out, or all samples of a class
   */
  public int[] heldOut(Dataset data, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "the fraction held out is at least 0 (none) and below 1, not " + fraction);
    }
    return HoldOut.of(data.labels(), data.classNames(), fraction, seed).heldOut();
  }

  /**
   * A copy of the data whose features are standardised by what training learns from: by means and
   * deviations without the samples that sgd holds out. One versus the rest holds out other samples
   * for each class, and takes those of all. Without an intercept features are divided by their
   * deviations and not centred: centring would bring one back.
   *
   * @param raw labelled samples, not standardised
   * @return a data set of its own memory; close both, this one last
   * @throws IllegalArgumentException if samples cannot be held out as asked
   * @throws dev.lanewise.data.DataException as {@link Dataset#standardized()}
   */
  public Dataset standardized(Dataset raw) {
    if (holdsOut() && !isOneVersusRest(raw)) {
      int[] learned = holdOut(raw).learned();
      return intercept ? raw.standardized(learned) : raw.scaledByDeviations(learned);
    }
    return intercept ? raw.standardized() : raw.scaledByDeviations();
  }

  /** Whether samples are held out of training. */
  boolean holdsOut() {
    return solver().usesBatches() && solverOptions.sgd().holdout() > 0;
  }

  /**
   * What the weights of a model of so many classes depend on, by the names of the command line:
   * part of its provenance, and of a checkpoint.
   */
  Map<String, String> toMap(int classes) {
    Map<String, String> map = new LinkedHashMap<>();
    if (classes > 2) {
      map.put("multi-class", multiClass.id());
    }
    map.putAll(hidden.toMap());
    map.put("solver", solver().id());
    map.put(solver().usesBatches() ? "epochs" : "iterations", Integer.toString(iterations()));
    if (solver().reachesOptimum()) {
      map.put("tolerance", Double.toString(solverOptions.tolerance()));
    } else {
      map.put("learning-rate", Double.toString(learningRate()));
    }
    if (solver().usesBatches()) {
      map.putAll(solverOptions.sgd().toMap());
    }
    if (!intercept) {
      map.put(Provenance.NO_INTERCEPT, "true");
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
