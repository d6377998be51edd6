package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Monitor;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.SharedCurvature;
import dev.lanewise.solve.Solution;
import dev.lanewise.solve.Solver;
import dev.lanewise.solve.StopReason;
import dev.lanewise.solve.StopRule;
import dev.lanewise.solve.VectorSpace;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run of a solver that goes to the optimum. */
final class SolverRun implements Run {

  private final TrainingOptions options;
  private final SolverVariant variant;
  private final boolean near;
  private final GramSource grams;
  private final SharedCurvature curvature;

  SolverRun(TrainingOptions options, SolverVariant variant, HeadStart headStart) {
    this.options = options;
    this.variant = variant;
    this.near = headStart.from().isPresent();
    this.grams = headStart.grams();
    this.curvature = headStart.curvature().orElseGet(SharedCurvature::new);
  }

  @Override
  public Outcome run(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      Point point,
      TrainingListener listener) {
    Cost objective = Cost.of(arena, kernels, team, problem, grams);
    int features = problem.x().rows();
    VectorSpace space = new VectorSpace(arena, kernels, features, problem.columns());
    Progress progress = new Progress(problem.samples(), listener);
    Solution solution = minimise(variant, space, objective, point, options.iterations(), progress);
    SolverVariant other = SolverVariant.ofFeatures(features, problem.columns());
    if (variant == SolverVariant.SAMPLES && isStuck(solution)) {
      // Products of samples lose more to rounding than the samples themselves.
      progress.before = solution.iterations();
      int left = options.iterations() - solution.iterations();
      solution = minimise(other, space, objective, point, left, progress);
    }
    int iterations = progress.before + solution.iterations();
    if (solution.reason() == StopReason.DIVERGED) {
      throw new DivergedException(
          String.format(
                  Locale.ROOT,
                  "diverged at iteration %d: the objective or its gradient is no longer a number;",
                  iterations)
              + " scale the features",
          variant == SolverVariant.SAMPLES ? "gram" : "primal",
          null);
    }
    String boundless = boundless(problem, objective, point);
    boolean converged = solution.converged() && boundless == null;
    if (!converged) {
      listener.warning(boundless == null ? advice(solution, iterations) : boundless);
    }
    return new Outcome(
        point,
        progress.costs,
        variant == SolverVariant.SAMPLES ? "gram" : "primal",
        new Convergence(
            solution.value() / problem.samples(),
            solution.gradientNorm() / problem.samples(),
            solution.relativeGradientNorm(),
            converged,
            solution.reason(),
            iterations,
            objective.passes()));
  }

  private Solution minimise(
      SolverVariant form,
      VectorSpace space,
      Cost objective,
      Point point,
      int iterations,
      Monitor monitor) {
    StopRule rule = new StopRule(options.solverOptions().tolerance(), iterations);
    Solver solver = form.solver(space, rule, objective.samples(), near, curvature);
    return solver.minimise(objective, point, monitor);
  }

  private static boolean isStuck(Solution solution) {
    return solution.reason() == StopReason.NO_PROGRESS && !solution.converged();
  }

  /** Why there is no optimum; null if there is one. */
  static String boundless(Problem problem, Cost objective, Point end) {
    if (problem.lacksClass() && problem.columns() > 1) {
      return "of a class that no sample of any weight is of, there is no optimum: its bias, which costs"
          + " nothing, falls for as long as training goes on";
    }
    if (problem.lacksClass()) {
      return "with samples of one class only there is no optimum: the bias, which costs nothing, grows"
          + " for as long as training goes on";
    }
    if (problem.penalty().isNone() && objective.separates(end)) {
      return "the classes are separable, and without a penalty there is no optimum: the weights grow"
          + " for as long as training goes on; take an l2 penalty";
    }
    return null;
  }

  private String advice(Solution solution, int iterations) {
    String where =
        String.format(
            Locale.ROOT,
            "the gradient is %.1e of that at zero weights, the tolerance %.1e",
            solution.relativeGradientNorm(),
            options.solverOptions().tolerance());
    String what =
        solution.reason() == StopReason.ITERATIONS
            ? String.format(
                Locale.ROOT,
                "not converged after %d iterations: %s; allow more iterations,",
                iterations,
                where)
            : String.format(Locale.ROOT, "not converged, as float32 goes no further: %s;", where);
    return what + " scale the features to like sizes, or raise the penalty";
  }

  /** Notes the costs and tells the listener. */
  private final class Progress implements Monitor {

    private final List<CostPoint> costs = new ArrayList<>();
    private final int samples;
    private final TrainingListener listener;

    /** Iterations of a solver that ran before. */
    private int before;

    Progress(int samples, TrainingListener listener) {
      this.samples = samples;
      this.listener = listener;
    }

    @Override
    public void iterated(int count, int share, double value, double gradientNorm, double passes) {
      int iteration = before + count;
      double cost = value / samples;
      if (share == 1 && options.costEvery() > 0 && iteration % options.costEvery() == 0) {
        costs.add(new CostPoint(iteration, cost));
        listener.costComputed(iteration, cost);
      }
      listener.iterated(iteration, cost, gradientNorm / samples, passes);
      listener.iterationCompleted(iteration);
    }
  }
}
