package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.pass.DoublePass;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Finish;
import dev.lanewise.solve.Monitor;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.Scales;
import dev.lanewise.solve.SharedCurvature;
import dev.lanewise.solve.Solution;
import dev.lanewise.solve.StopReason;
import dev.lanewise.solve.StopRule;
import dev.lanewise.solve.VectorSpace;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run of a solver that goes to the optimum. */
final class SolverRun implements Run {

  // Of the tolerance: how far the rounding of float32 may move a probability of an optimum.
  private static final double OF_PREDICTIONS = 50;

  private static final String SEPARABLE =
      "the classes are separable, at least in part: in some direction weights may grow for ever and"
          + " no sample is the worse for it, so without a penalty there is no optimum; take an l2"
          + " penalty";

  private final Hyperparameters options;
  private final SolverVariant variant;
  private final boolean near;
  private final GramSource grams;
  private final SharedCurvature curvature;

  SolverRun(Hyperparameters options, SolverVariant variant, HeadStart headStart) {
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
    Minimisation run = new Minimisation(arena, kernels, team, problem, listener);
    Finish.Verdict verdict = run.minimise(point);
    Solution end = verdict.solution();
    if (end.reason() == StopReason.DIVERGED) {
      throw new DivergedException(
          String.format(
              Locale.ROOT,
              "diverged at iteration %d: the objective or its gradient is no longer a number;"
                  + " scale the features",
              run.progress.before + end.iterations()),
          engine(),
          null);
    }
    double rounding = run.exact.predictionError(point);
    Point model = run.scales.ofModel(point);
    System.arraycopy(model.bias(), 0, point.bias(), 0, model.bias().length);
    String boundless = boundless(problem, run.cost, point);
    if (boundless == null && end.reason() == StopReason.NO_OPTIMUM) {
      boundless = SEPARABLE;
    }
    double tolerance = options.solverOptions().tolerance();
    boolean isRounded = !(rounding <= OF_PREDICTIONS * tolerance);
    boolean optimal = end.reason() == StopReason.GRADIENT;
    boolean converged = optimal && boundless == null && !isRounded;
    if (boundless != null) {
      listener.warning(boundless);
    } else if (optimal && isRounded) {
      listener.warning(
          String.format(
              Locale.ROOT,
              "not converged, as float32 goes no further: it moves probabilities of this model by"
                  + " up to %.1e; the features lie far from zero beside how much they vary, or"
                  + " weights are large; scale the features (standardise them)",
              rounding));
    } else if (!converged) {
      listener.warning(advice(verdict, run.progress.before + end.iterations()));
    }
    if (problem.penalty().isNone()) {
      warnOfConstants(run.scales.constants(), listener);
    }
    StopReason reason = end.reason();
    if (boundless != null) {
      reason = StopReason.NO_OPTIMUM;
    } else if (optimal && isRounded) {
      reason = StopReason.NO_PROGRESS;
    }
    int samples = problem.samples();
    return new Outcome(
        point,
        run.progress.costs,
        engine(),
        new Convergence(
            end.value() / samples,
            end.gradientNorm() / samples,
            end.relativeGradient(),
            boundless == null ? verdict.gap() / samples : Double.POSITIVE_INFINITY,
            converged,
            reason,
            run.progress.before + end.iterations(),
            end.passes()));
  }

  private String engine() {
    return variant == SolverVariant.SAMPLES ? "gram" : "primal";
  }

  /** One run's way to the optimum. */
  private final class Minimisation {

    private final Problem problem;
    private final VectorSpace space;
    private final Scales scales;
    private final Cost cost;
    private final ExactCost exact;
    private final Progress progress;

    Minimisation(
        Arena arena, Kernels kernels, Team team, Problem problem, TrainingListener listener) {
      this.problem = problem;
      this.space = new VectorSpace(arena, kernels, problem.x().rows(), problem.columns());
      DoublePass pass = new DoublePass(arena, kernels, team, problem.x());
      this.scales = ExactCost.scales(pass, problem);
      this.cost = Cost.of(arena, kernels, team, problem, grams, scales);
      this.exact = new ExactCost(pass, team, problem, cost, scales);
      this.progress = new Progress(problem.samples(), listener);
    }

    /** From a point of the model, which is moved to the end in the coordinates of scales. */
    Finish.Verdict minimise(Point point) {
      scales.begin(point);
      Point start = space.zero();
      space.copy(point, start);
      Finish.Verdict verdict = minimise(variant, start, point);
      if (variant == SolverVariant.SAMPLES
          && verdict.solution().reason() == StopReason.NO_PROGRESS) {
        // Products of samples lose more to rounding than the samples themselves.
        progress.before = verdict.solution().iterations();
        SolverVariant other = SolverVariant.ofFeatures(space.features(), space.columns());
        verdict = minimise(other, start, point);
      }
      return verdict;
    }

    private Finish.Verdict minimise(SolverVariant form, Point start, Point point) {
      double tolerance = options.solverOptions().tolerance();
      StopRule rule = new StopRule(tolerance, options.iterations() - progress.before, scales);
      Solution found =
          form.solver(space, rule, problem.samples(), near, curvature)
              .minimise(cost, point, progress);
      boolean dense = SolverVariant.hasRoomAtTheEnd(space.features(), space.columns());
      return new Finish(space, rule, dense ? problem.samples() : 0)
          .look(exact, start, found, progress);
    }
  }

  /** Why there is no optimum; null if there is one, as far as scores tell. */
  static String boundless(Problem problem, Cost cost, Point end) {
    if (problem.lacksClass() && problem.columns() > 1) {
      return "of a class that no sample of any weight is of, there is no optimum: its bias, which costs"
          + " nothing, falls for as long as training goes on";
    }
    if (problem.lacksClass()) {
      return "with samples of one class only there is no optimum: the bias, which costs nothing, grows"
          + " for as long as training goes on";
    }
    if (problem.penalty().isNone() && separates(problem, cost.scores(end))) {
      return "the classes are separable, and without a penalty there is no optimum: the weights grow"
          + " for as long as training goes on; take an l2 penalty";
    }
    return null;
  }

  /** Whether every sample that weighs anything lies on the right side. */
  private static boolean separates(Problem problem, FloatMatrix z) {
    for (int j = 0; j < problem.samples(); j++) {
      int label = (int) problem.y().get(j, 0);
      boolean right = z.columns() > 1 || (2 * label - 1) * z.get(j, 0) > 0;
      for (int k = 0; z.columns() > 1 && k < z.columns(); k++) {
        right &= k == label || z.get(j, label) > z.get(j, k);
      }
      if (!right && problem.weight(j) > 0) {
        return false;
      }
    }
    return true;
  }

  private static void warnOfConstants(int[] features, TrainingListener listener) {
    if (features.length > 0) {
      listener.warning(
          String.format(
              Locale.ROOT,
              "%d of the features (number %d, counted from 1, is the first) have one value in all"
                  + " samples: without a penalty nothing decides between their weights and the"
                  + " bias, so these weights are 0; leave such features out, or take an l2 penalty",
              features.length,
              features[0] + 1));
    }
  }

  private String advice(Finish.Verdict verdict, int iterations) {
    Solution end = verdict.solution();
    String where =
        String.format(
            Locale.ROOT,
            "the gradient is %.1e of its scale, the tolerance %.1e, and the objective is %s above"
                + " its least",
            end.relativeGradient(),
            options.solverOptions().tolerance(),
            Double.isFinite(verdict.gap())
                ? String.format(Locale.ROOT, "about %.1e of itself", verdict.gap() / end.value())
                : "perhaps far");
    String what =
        end.reason() == StopReason.ITERATIONS
            ? String.format(
                Locale.ROOT,
                "not converged after %d iterations: %s; allow more iterations,",
                iterations,
                where)
            : "not converged, as float32 goes no further: " + where + ";";
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
