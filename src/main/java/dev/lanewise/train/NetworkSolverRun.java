// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.exec.Compute;
import dev.lanewise.loss.NetworkObjective;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.optim.Lbfgs;
import dev.lanewise.optim.Solution;
import dev.lanewise.optim.StopRule;
import dev.lanewise.options.StopReason;
import java.util.Locale;

/**
 * L-BFGS on a network with hidden layers. The cost is not convex: the run ends where the gradient
 * is small, which is a minimum near the start and need not be the least.
 */
final class NetworkSolverRun implements Run {

  private final Hyperparameters options;

  NetworkSolverRun(Hyperparameters options) {
    this.options = options;
  }

  @Override
  public Prepared prepare(
      Workspace workspace, Compute compute, Problem problem, Sums samples, Parameters start) {
    NetworkObjective objective =
        new NetworkObjective(workspace, compute, problem, samples.of(workspace, compute, problem));
    ParameterSpace space = new ParameterSpace(workspace, compute.kernels(), problem.layout());
    Lbfgs solver = new Lbfgs(space, objective::scale);
    return listener -> run(objective, solver, problem, start, listener);
  }

  private Outcome run(
      NetworkObjective objective,
      Lbfgs solver,
      Problem problem,
      Parameters parameters,
      TrainingListener listener) {
    int samples = problem.samples();
    double tolerance = options.solverOptions().tolerance();
    CostNotes costs = new CostNotes(options.costEvery(), samples, listener);
    StopRule rule = new StopRule(tolerance, options.iterations(), objective);
    Solution end = solver.descend(objective, rule, parameters, costs);
    if (end.reason() == StopReason.DIVERGED) {
      throw new DivergedException(
          String.format(
              Locale.ROOT,
              "diverged at iteration %d: the cost or its gradient is no longer a number;"
                  + " standardise the features",
              end.iterations()),
          "primal",
          null);
    }
    String boundless = SolverRun.boundless(problem, () -> objective.isSeparatedBy(parameters));
    boolean converged = boundless == null && end.reason() == StopReason.GRADIENT;
    if (boundless != null) {
      listener.warning(boundless);
    } else if (!converged) {
      listener.warning(
          String.format(
              Locale.ROOT,
              "not converged after %d iterations: the largest element of the gradient is %.1e, the"
                  + " tolerance %.1e; allow more iterations, or raise the penalty",
              end.iterations(),
              end.relativeGradient(),
              tolerance));
    }
    return new Outcome(
        parameters,
        costs.notes(),
        "primal",
        new Convergence(
            end.value() / samples,
            end.gradientNorm() / samples,
            end.relativeGradient(),
            Double.NaN,
            converged,
            boundless == null ? end.reason() : StopReason.NO_OPTIMUM,
            end.iterations(),
            end.passes()));
  }
}
