// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.loss.DataObjective;
import dev.lanewise.loss.NetworkObjective;
import dev.lanewise.loss.Objective;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleSums;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.optim.Probe;
import dev.lanewise.optim.gd.Engine;
import dev.lanewise.optim.gd.GramEngine;
import dev.lanewise.optim.gd.NetworkGramEngine;
import dev.lanewise.optim.gd.NotFiniteException;
import dev.lanewise.optim.gd.PrimalEngine;
import dev.lanewise.options.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run of gradient descent: a number of iterations of an engine. Of runs that differ only in that
 * number, each is the beginning of the longest.
 */
final class Descent implements Run {

  // How often finite weights are remembered where no cost is noted.
  private static final int USUAL_DISTANCE = 100;

  // What rounding may do to a cost.
  static final double NOISE = 1e-5;

  // Features of size 1e-9 may have such weights. Whoever has them should scale them.
  private static final double HUGE = 1e9;

  private final Hyperparameters options;
  private final EngineChoice choice;
  private final GramSource grams;
  private final Checkpointer checkpointer;

  Descent(
      Hyperparameters options, EngineChoice choice, GramSource grams, Checkpointer checkpointer) {
    this.options = options;
    this.choice = choice;
    this.grams = grams;
    this.checkpointer = checkpointer;
  }

  @Override
  public Prepared prepare(
      Workspace workspace, Compute compute, Problem problem, Sums samples, Parameters start) {
    Series series = new Series(workspace, compute, problem, samples, start);
    return listener -> {
      List<Outcome> reached = new ArrayList<>();
      series.run(new int[] {options.iterations()}, listener, (count, end) -> reached.add(end));
      Outcome outcome = reached.get(0);
      String doubt = doubt(problem, outcome, options.iterations());
      if (doubt != null) {
        listener.warning(doubt + ": " + series.advice());
      }
      return outcome;
    };
  }

  /** Returns a warning about the result; null if there is none. */
  private static String doubt(Problem problem, Outcome end, int iterations) {
    double cost = end.convergence().objective();
    double atZero = problem.lossAtZero() / problem.samples();
    if (iterations > 0 && cost > atZero * (1 + NOISE)) {
      return String.format(
          Locale.ROOT,
          "after %d iterations the cost, %.3g, is above the %.3g of zero weights",
          iterations,
          cost,
          atZero);
    }
    return CostSwing.of(SolverChoice.GD, end.costs(), new CostPoint(iterations, cost), atZero)
        .map(swing -> swing + " iterations: the weights depend on where the descent stops")
        .orElseGet(() -> hugeWeight(end.end()));
  }

  /** Returns what to try instead of a learning rate that diverged, without looking at samples. */
  static String simpleAdvice(double rate) {
    return String.format(
        Locale.ROOT,
        "try a learning rate of %s, or standardise the features",
        Double.toString(rate / 10));
  }

  /**
   * Returns a warning if the largest weight is implausibly large.
   *
   * @return the warning, or null
   */
  static String hugeWeight(Parameters end) {
    double largest = 0;
    for (int l = 0; l < end.layout().layers().size(); l++) {
      largest = Math.max(largest, Vectors.largest(end.weights(l)));
      largest = Math.max(largest, Vectors.largest(end.biases(l)));
    }
    return largest < HUGE
        ? null
        : String.format(
            Locale.ROOT, "weights reach %.3g, which is far beyond what data determine", largest);
  }

  /** Receives the results after some of the iterations; their parameters change later. */
  interface Reached {

    void at(int iterations, Outcome outcome);
  }

  /** A descent with all the memory that it needs. */
  final class Series {

    private final Problem problem;
    private final Engine engine;
    private final Parameters end;

    /** For {@link #advice}. */
    private final Parameters scratch;

    private final Objective objective;
    private final Probe probe;

    Series(Workspace workspace, Compute compute, Problem problem, Sums samples, Parameters start) {
      this.problem = problem;
      ParameterSpace space = new ParameterSpace(workspace, compute.kernels(), problem.layout());
      this.end = space.zero();
      this.scratch = space.zero();
      this.engine = engine(workspace, compute, problem, samples, start);
      SampleSums sums = samples.of(workspace, compute, problem);
      this.objective =
          problem.hidden().isNone()
              ? new DataObjective(workspace, compute, problem, sums, GramSource.OWN, null)
              : new NetworkObjective(workspace, compute, problem, sums);
      this.probe = new Probe(space, objective);
    }

    private Engine engine(
        Workspace workspace, Compute compute, Problem problem, Sums samples, Parameters start) {
      double rate = options.learningRate();
      if (choice == EngineChoice.PRIMAL) {
        return new PrimalEngine(
            workspace, compute, problem, samples.of(workspace, compute, problem), start, rate);
      }
      if (!problem.hidden().isNone()) {
        Memory.lackOnHeap(
                "the gram engine", (long) Double.BYTES * problem.samples() * problem.samples())
            .ifPresent(
                lack -> {
                  throw new EngineUnavailableException(lack + "; or take the primal engine");
                });
        return new NetworkGramEngine(workspace, compute, problem, start, rate);
      }
      if (problem.outputs() > 1) {
        throw new EngineUnavailableException(
            String.format(
                Locale.ROOT,
                "the gram engine tells two classes apart, not %d; take the primal engine",
                problem.outputs()));
      }
      return new GramEngine(workspace, compute, scalar(), problem, start, rate, grams);
    }

    // With one thread there is none to end.
    private static Compute scalar() {
      return new Compute(KernelChoice.choose(KernelRequest.scalar(), warning -> {}), 1);
    }

    /**
     * Descends once.
     *
     * @param counts the numbers of iterations with a result, ascending, each once
     * @param reached receives the result of each, whose parameters are valid until the next
     * @throws DivergedException if it diverges, after the results before that
     */
    void run(int[] counts, TrainingListener listener, Reached reached) {
      List<CostPoint> costs = new ArrayList<>();
      int done = checkpointer.begin(engine, costs);
      for (int count : counts) {
        String ended = iterate(engine, done, count, costs, listener);
        done = count;
        Convergence convergence = null;
        if (ended == null) {
          checkpointer.finished(count);
          end.copy(engine.parameters());
          convergence = convergence(count);
          ended = unfinished(end, convergence, count);
        }
        if (ended != null) {
          String advice = advice();
          Parameters last = engine.recall() ? engine.parameters() : null;
          throw new DivergedException(
              ended + "; " + advice, engine.name(), last != null && last.isFinite() ? last : null);
        }
        reached.at(count, new Outcome(end, List.copyOf(costs), engine.name(), convergence));
      }
    }

    /** Returns what to try instead of the learning rate. */
    String advice() {
      return objective instanceof DataObjective linear && linear.hasSamples()
          ? StableRate.advice(problem, linear, scratch, options.learningRate())
          : simpleAdvice(options.learningRate());
    }

    // Takes one more pass.
    private Convergence convergence(int iterations) {
      probe.look(end);
      return new Convergence(
          probe.value() / problem.samples(),
          probe.norm() / problem.samples(),
          Double.NaN,
          Double.NaN,
          false,
          StopReason.ITERATIONS,
          iterations,
          engine.passes(iterations) + 1);
    }
  }

  /** Iterates; returns where and why the descent diverged, or null. */
  private String iterate(
      Engine engine, int from, int to, List<CostPoint> costs, TrainingListener listener) {
    for (int iteration = from; iteration < to; iteration++) {
      boolean withCost = options.costEvery() > 0 && iteration % options.costEvery() == 0;
      double cost;
      try {
        cost = engine.iterate(withCost);
      } catch (NotFiniteException e) {
        return diverged(iteration, e.getMessage());
      }
      if (withCost) {
        if (!Double.isFinite(cost)) {
          return diverged(iteration, "the cost is " + cost);
        }
        costs.add(new CostPoint(iteration, cost));
        listener.costComputed(iteration, cost);
        listener.iterated(iteration, cost, Double.NaN, engine.passes(iteration));
      }
      if (withCost || options.costEvery() == 0 && iteration % USUAL_DISTANCE == 0) {
        engine.remember();
      }
      listener.iterationCompleted(iteration + 1);
      checkpointer.completed(iteration + 1);
    }
    return null;
  }

  /** Returns what is not finite: "a weight", or of a network the layer that it is in. */
  static String notFinite(Parameters parameters) {
    return parameters.layout().layers().size() == 1
        ? "a weight is no longer finite"
        : String.format(
            Locale.ROOT,
            "a weight or bias of layer %d is no longer finite",
            parameters.layerNotFinite() + 1);
  }

  /** Returns why the result is not finite; null if it is. */
  private static String unfinished(Parameters end, Convergence convergence, int iterations) {
    if (!end.isFinite()) {
      return diverged(iterations, notFinite(end));
    } else if (!Double.isFinite(convergence.objective())) {
      return diverged(iterations, "the cost is " + convergence.objective());
    }
    return null;
  }

  private static String diverged(int iteration, String what) {
    return String.format(Locale.ROOT, "diverged at iteration %d: %s", iteration, what);
  }
}
