package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.Solution;
import dev.lanewise.solve.StopReason;
import dev.lanewise.solve.VectorSpace;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of gradient descent: so many iterations of an engine. Runs that differ in the number of
 * iterations alone are beginnings of the longest.
 */
final class Descent implements Run {

  private final TrainingOptions options;
  private final EngineChoice choice;
  private final GramSource grams;

  Descent(TrainingOptions options, EngineChoice choice, GramSource grams) {
    this.options = options;
    this.choice = choice;
    this.grams = grams;
  }

  @Override
  public Outcome run(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      Point start,
      TrainingListener listener) {
    List<Outcome> reached = new ArrayList<>();
    int[] all = {options.iterations()};
    series(arena, kernels, team, problem, start, all, listener, (count, end) -> reached.add(end));
    return reached.get(0);
  }

  /** Is told where a descent is after some of its iterations. */
  interface Reached {

    void at(int iterations, Outcome outcome);
  }

  /**
   * Descends once.
   *
   * @param counts after how many iterations to say where it is, ascending, each once
   * @param reached is told so, of a point that stays as it is
   */
  void series(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      Point start,
      int[] counts,
      TrainingListener listener,
      Reached reached) {
    FloatMatrix w = start.weights();
    float[] bias = start.bias();
    double rate = options.learningRate();
    if (problem.columns() > 1 && options.solverOptions().engine() == EngineChoice.GRAM) {
      throw new EngineUnavailableException(
          "the gram engine tells two classes apart, not %d; take the primal engine"
              .formatted(problem.columns()));
    }
    Engine engine =
        choice == EngineChoice.GRAM && problem.columns() == 1
            ? new GramEngine(arena, kernels, team, problem, w, bias, rate, grams)
            : new PrimalEngine(arena, kernels, team, problem, w, bias, rate);
    VectorSpace space = new VectorSpace(arena, kernels, problem.x().rows(), problem.columns());
    Cost objective = Cost.of(arena, kernels, team, problem);
    List<CostPoint> costs = new ArrayList<>();
    int done = 0;
    for (int count : counts) {
      iterate(engine, done, count, costs, listener);
      done = count;
      Point there = new Point(engine.weights(), engine.bias());
      checkFinite(there, count);
      Point end = space.zero();
      space.copy(there, end);
      Convergence convergence = convergence(space, objective, engine, end, count);
      reached.at(count, new Outcome(end, List.copyOf(costs), engine.name(), convergence));
    }
  }

  private void iterate(
      Engine engine, int from, int to, List<CostPoint> costs, TrainingListener listener) {
    for (int iteration = from; iteration < to; iteration++) {
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
        listener.iterated(iteration, cost, Double.NaN, engine.passes(iteration));
      }
      listener.iterationCompleted(iteration + 1);
    }
  }

  private void checkFinite(Point end, int iterations) {
    boolean finite = true;
    for (int k = 0; k < end.bias().length; k++) {
      finite &= Float.isFinite(end.bias()[k]);
      for (float weight : end.weights().column(k)) {
        finite &= Float.isFinite(weight);
      }
    }
    if (!finite) {
      throw diverged(iterations, "a weight is no longer finite");
    }
  }

  // One pass more, to say where the run has come to.
  private static Convergence convergence(
      VectorSpace space, Cost objective, Engine engine, Point end, int iterations) {
    Solution found = Solution.at(space, objective, end);
    return new Convergence(
        found.value() / objective.samples(),
        found.gradientNorm() / objective.samples(),
        Double.NaN,
        false,
        StopReason.ITERATIONS,
        iterations,
        engine.passes(iterations) + 1);
  }

  private TrainingException diverged(int iteration, String what) {
    return new TrainingException(
        "diverged at iteration %d: %s; try a learning rate below %s, or scale the features"
            .formatted(iteration, what, options.learningRate()));
  }
}
