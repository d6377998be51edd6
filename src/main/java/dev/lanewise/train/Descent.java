package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Gauge;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.StopReason;
import dev.lanewise.solve.VectorSpace;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run of gradient descent: so many iterations of an engine. Runs that differ in the number of
 * iterations alone are beginnings of the longest.
 */
final class Descent implements Run {

  // How often finite weights are remembered where no cost is noted.
  private static final int USUAL_DISTANCE = 100;

  // What rounding may do to a cost.
  private static final double NOISE = 1e-5;

  // Features of size 1e-9 may have such weights. Whoever has them should scale them.
  private static final double HUGE = 1e9;

  private final Hyperparameters options;
  private final EngineChoice choice;
  private final GramSource grams;
  private final Keeper keeper;

  Descent(Hyperparameters options, EngineChoice choice, GramSource grams, Keeper keeper) {
    this.options = options;
    this.choice = choice;
    this.grams = grams;
    this.keeper = keeper;
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
    Outcome outcome = reached.get(0);
    String doubt = doubt(problem, outcome, options.iterations());
    if (doubt != null) {
      String advice = StableRate.advice(arena, kernels, team, problem, options.learningRate());
      listener.warning(doubt + ": " + advice);
    }
    return outcome;
  }

  /** What makes the end of a descent worth little; null if there is nothing. */
  private static String doubt(Problem problem, Outcome end, int iterations) {
    double cost = end.convergence().objective();
    double atZero = costOfZero(problem);
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

  /**
   * The largest weight, where it is beyond all sense.
   *
   * @return a sentence, or null
   */
  static String hugeWeight(Point end) {
    double largest = 0;
    for (int k = 0; k < end.bias().length; k++) {
      largest = Math.max(largest, Math.abs(end.bias()[k]));
      for (float weight : end.weights().column(k)) {
        largest = Math.max(largest, Math.abs(weight));
      }
    }
    return largest < HUGE
        ? null
        : String.format(Locale.ROOT, "weights reach %.3g, which says nothing of the data", largest);
  }

  /** (4) where every class is as likely as any other. */
  private static double costOfZero(Problem problem) {
    double weights = 0;
    for (int j = 0; j < problem.samples(); j++) {
      weights += problem.weights() == null ? 1 : problem.weights().get(j, 0);
    }
    return weights * Math.log(Math.max(2, problem.columns())) / problem.samples();
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
   * @throws DivergedException where numbers end; what was reached before was told
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
          String.format(
              Locale.ROOT,
              "the gram engine tells two classes apart, not %d; take the primal engine",
              problem.columns()));
    }
    Engine engine =
        choice == EngineChoice.GRAM && problem.columns() == 1
            ? new GramEngine(arena, kernels, team, problem, w, bias, rate, grams)
            : new PrimalEngine(arena, kernels, team, problem, w, bias, rate);
    VectorSpace space = new VectorSpace(arena, kernels, problem.x().rows(), problem.columns());
    Cost objective = Cost.of(arena, kernels, team, problem);
    List<CostPoint> costs = new ArrayList<>();
    int done = keeper.begin(engine, costs);
    for (int count : counts) {
      String ended = iterate(engine, done, count, costs, listener);
      done = count;
      Point end = space.zero();
      Convergence convergence = null;
      if (ended == null) {
        keeper.finished(count);
        space.copy(end(engine), end);
        convergence = convergence(space, objective, engine, end, count);
        ended = unfinished(end, convergence, count);
      }
      if (ended != null) {
        String advice = StableRate.advice(arena, kernels, team, problem, rate);
        Point last = engine.recall() ? end(engine) : null;
        throw new DivergedException(
            ended + "; " + advice, engine.name(), last != null && isFinite(last) ? last : null);
      }
      reached.at(count, new Outcome(end, List.copyOf(costs), engine.name(), convergence));
    }
  }

  /** Iterates, and says where and how numbers ended; null if they did not. */
  private String iterate(
      Engine engine, int from, int to, List<CostPoint> costs, TrainingListener listener) {
    for (int iteration = from; iteration < to; iteration++) {
      boolean withCost = options.costEvery() > 0 && iteration % options.costEvery() == 0;
      double cost;
      try {
        cost = engine.iterate(withCost);
      } catch (TrainingException e) {
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
      keeper.completed(iteration + 1);
    }
    return null;
  }

  /** What no error and no cost has shown yet; null if all is well. */
  private static String unfinished(Point end, Convergence convergence, int iterations) {
    if (!isFinite(end)) {
      return diverged(iterations, "a weight is no longer finite");
    } else if (!Double.isFinite(convergence.objective())) {
      return diverged(iterations, "the cost is " + convergence.objective());
    }
    return null;
  }

  private static String diverged(int iteration, String what) {
    return String.format(Locale.ROOT, "diverged at iteration %d: %s", iteration, what);
  }

  private static Point end(Engine engine) {
    return new Point(engine.weights(), engine.bias());
  }

  private static boolean isFinite(Point end) {
    boolean finite = true;
    for (int k = 0; k < end.bias().length; k++) {
      finite &= Float.isFinite(end.bias()[k]);
      for (float weight : end.weights().column(k)) {
        finite &= Float.isFinite(weight);
      }
    }
    return finite;
  }

  // One pass more, to say where the run has come to.
  private static Convergence convergence(
      VectorSpace space, Cost objective, Engine engine, Point end, int iterations) {
    Gauge found = new Gauge(space, objective);
    found.look(end);
    return new Convergence(
        found.value() / objective.samples(),
        found.norm() / objective.samples(),
        Double.NaN,
        Double.NaN,
        false,
        StopReason.ITERATIONS,
        iterations,
        engine.passes(iterations) + 1);
  }
}
