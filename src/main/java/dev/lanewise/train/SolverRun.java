// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.loss.DataObjective;
import dev.lanewise.loss.ExactDataObjective;
import dev.lanewise.loss.Problem;
import dev.lanewise.loss.SampleSums;
import dev.lanewise.loss.Scales;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.optim.Finish;
import dev.lanewise.optim.SharedCurvature;
import dev.lanewise.optim.Solution;
import dev.lanewise.optim.Solver;
import dev.lanewise.optim.StopRule;
import dev.lanewise.options.StopReason;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** A run of a solver that goes to the optimum. */
final class SolverRun implements Run {

  // In units of the tolerance: how far float32's rounding may move a probability of an optimum.
  private static final double OF_PREDICTIONS = 50;

  private static final String SEPARABLE =
      "the classes are separable, at least in part: in some direction the weights can grow without"
          + " bound and no loss increases, so without a penalty there is no optimum; take an l2"
          + " penalty";

  private final Hyperparameters options;
  private final SolverVariant variant;
  private final boolean near;
  private final GramSource grams;
  private final SharedCurvature curvature;

  SolverRun(Hyperparameters options, SolverVariant variant, WarmStart warmStart) {
    this.options = options;
    this.variant = variant;
    this.near = warmStart.from().isPresent();
    this.grams = warmStart.grams();
    this.curvature = warmStart.curvature().orElseGet(SharedCurvature::new);
  }

  @Override
  public Prepared prepare(
      Workspace workspace, Compute compute, Problem problem, Sums samples, Parameters start) {
    Minimisation run =
        new Minimisation(workspace, compute, problem, samples.of(workspace, compute, problem));
    return listener -> outcome(run, problem, start, listener);
  }

  private Outcome outcome(
      Minimisation run, Problem problem, Parameters parameters, TrainingListener listener) {
    run.progress.tell(listener);
    Finish.Verdict verdict = run.minimise(parameters);
    Solution end = verdict.solution();
    if (end.reason() == StopReason.DIVERGED) {
      throw new DivergedException(
          String.format(
              Locale.ROOT,
              "diverged at iteration %d: the objective or its gradient is no longer a number;"
                  + " scale the features",
              run.progress.before() + end.iterations()),
          engine(),
          null);
    }
    double rounding = run.exact.predictionError(parameters);
    run.scales.toModel(parameters, parameters);
    String boundless = boundless(problem, () -> run.objective.isSeparatedBy(parameters));
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
      listener.warning(advice(verdict, run.progress.before() + end.iterations()));
    }
    if (problem.penalty().isNone() && problem.intercept()) {
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
        parameters,
        run.progress.notes(),
        engine(),
        new Convergence(
            end.value() / samples,
            end.gradientNorm() / samples,
            end.relativeGradient(),
            boundless == null ? verdict.gap() / samples : Double.POSITIVE_INFINITY,
            converged,
            reason,
            run.progress.before() + end.iterations(),
            end.passes()));
  }

  private String engine() {
    return variant == SolverVariant.SAMPLES ? "gram" : "primal";
  }

  /** The solver, its objectives and its memory. */
  private final class Minimisation {

    private final Problem problem;
    private final ParameterSpace space;
    private final Scales scales;
    private final DataObjective objective;
    private final ExactDataObjective exact;
    private final Parameters start;
    private final Finish finish;
    private final CostNotes progress;
    private Solver solver;

    Minimisation(Workspace workspace, Compute compute, Problem problem, SampleSums sums) {
      this.problem = problem;
      this.space = new ParameterSpace(workspace, compute.kernels(), problem.layout());
      this.scales = sums.scales();
      this.objective = new DataObjective(workspace, compute, problem, sums, grams, scales);
      this.exact = new ExactDataObjective(workspace, problem, objective, scales);
      this.start = space.zero();
      this.progress =
          new CostNotes(options.costEvery(), problem.samples(), TrainingListener.SILENT);
      boolean dense = SolverVariant.hasRoomAtTheEnd(space.features(), space.outputs());
      this.finish = new Finish(space, scales, dense ? problem.samples() : 0);
      this.solver = solver(variant);
      variant.reserve(objective);
      if (dense) {
        SolverVariant.SUBSETS.reserve(objective);
      }
    }

    private Solver solver(SolverVariant form) {
      return form.solver(space, scales, problem.samples(), near, curvature);
    }

    /**
     * Minimises from parameters of the model; they become the end, in the coordinates of scales.
     */
    Finish.Verdict minimise(Parameters parameters) {
      scales.begin(parameters);
      start.copy(parameters);
      Finish.Verdict verdict = minimise(solver, parameters);
      if (variant == SolverVariant.SAMPLES
          && verdict.solution().reason() == StopReason.NO_PROGRESS) {
        // Products of samples lose more to rounding than the samples themselves.
        progress.begin(verdict.solution().iterations());
        solver = solver(SolverVariant.ofFeatures(space.features(), space.outputs()));
        verdict = minimise(solver, parameters);
      }
      return verdict;
    }

    private Finish.Verdict minimise(Solver form, Parameters parameters) {
      double tolerance = options.solverOptions().tolerance();
      StopRule rule = new StopRule(tolerance, options.iterations() - progress.before(), scales);
      Solution found = form.minimise(objective, rule, parameters, progress);
      return finish.look(exact, rule, start, found, progress);
    }
  }

  /** Returns why there is no optimum; null if the scores show no reason. */
  static String boundless(Problem problem, BooleanSupplier isSeparated) {
    boolean lacksClass = problem.intercept() && problem.lacksClass();
    if (lacksClass && problem.outputs() > 1) {
      return "a class has no samples with positive weight, so no optimum exists: its bias, which is"
          + " not penalised, falls as long as training continues; add samples of the class, or leave"
          + " it out";
    }
    if (lacksClass) {
      return "with samples of one class only there is no optimum: the bias, which is not penalised,"
          + " grows as long as training continues; add samples of another class";
    }
    if (problem.penalty().isNone() && isSeparated.getAsBoolean()) {
      return "the classes are separable, and without a penalty there is no optimum: the weights grow"
          + " as long as training continues; take an l2 penalty";
    }
    return null;
  }

  private static void warnOfConstants(int[] features, TrainingListener listener) {
    if (features.length > 0) {
      listener.warning(
          String.format(
              Locale.ROOT,
              "%d of the features (number %d, counted from 1, is the first) have one value in all"
                  + " samples: without a penalty the data do not determine their weights and the"
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
    if (verdict.dependent() && end.reason() == StopReason.NO_PROGRESS) {
      return "not converged: features are linear combinations of others except for the rounding of"
          + " float32, and training ignores such differences: "
          + where
          + "; leave such features out, scale the features to like sizes, or take an l2 penalty";
    }
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
}
