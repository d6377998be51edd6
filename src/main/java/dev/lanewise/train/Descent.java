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

/** A run of gradient descent: so many iterations of an engine. */
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
    FloatMatrix w = start.weights();
    float bias = start.bias()[0];
    double rate = options.learningRate();
    Engine engine =
        choice == EngineChoice.GRAM
            ? new GramEngine(arena, kernels, team, problem, w, bias, rate, grams)
            : new PrimalEngine(arena, kernels, team, problem, w, bias, rate);
    List<CostPoint> costs = iterate(engine, listener);
    Point end = new Point(engine.weights(), new float[] {engine.bias()});
    checkFinite(end);
    return new Outcome(
        end, costs, engine.name(), convergence(arena, kernels, team, problem, engine, end));
  }

  private List<CostPoint> iterate(Engine engine, TrainingListener listener) {
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
        listener.iterated(iteration, cost, Double.NaN, engine.passes(iteration));
      }
      listener.iterationCompleted(iteration + 1);
    }
    return costs;
  }

  private void checkFinite(Point end) {
    boolean finite = Float.isFinite(end.bias()[0]);
    for (float weight : end.weights().column(0)) {
      finite &= Float.isFinite(weight);
    }
    if (!finite) {
      throw diverged(options.iterations(), "a weight is no longer finite");
    }
  }

  // One pass more, to say where the run has come to.
  private Convergence convergence(
      Arena arena, Kernels kernels, Team team, Problem problem, Engine engine, Point end) {
    VectorSpace space = new VectorSpace(arena, kernels, problem.x().rows(), 1);
    Solution found = Solution.at(space, new LogisticObjective(arena, kernels, team, problem), end);
    int iterations = options.iterations();
    return new Convergence(
        found.value() / problem.samples(),
        found.gradientNorm() / problem.samples(),
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
