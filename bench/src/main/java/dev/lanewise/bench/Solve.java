// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Solvers on a file, to the optimum, again and again in one JVM: {@code Solve FILE SOLVER L2 RUNS
 * [TOLERANCE]}. Prints one line: the time of the first run, the median and the least of the second
 * half of the runs, and where they came to.
 */
public final class Solve {

  private Solve() {}

  /**
   * Runs.
   *
   * @param args a file, {@code newton} or {@code lbfgs}, the penalty, and how often
   */
  public static void main(String[] args) {
    Kernels kernels = KernelChoice.choose(KernelRequest.auto(), System.err::println);
    SolverChoice solver = SolverChoice.valueOf(args[1].toUpperCase(Locale.ROOT));
    SolverOptions options = SolverOptions.of(solver);
    if (args.length > 4) {
      options = options.withTolerance(Double.parseDouble(args[4]));
    }
    LogisticRegression trainer =
        new LogisticRegression(
            Hyperparameters.defaults()
                .withSolver(options)
                .withPenalty(Penalty.l2(Double.parseDouble(args[2])))
                .withCostEvery(0));
    double[] millis = new double[Integer.parseInt(args[3])];
    try (Dataset data = Datasets.read(Path.of(args[0]), ReadOptions.labelled())) {
      TrainingResult result = null;
      for (int run = 0; run < millis.length; run++) {
        result = trainer.fit(data, kernels, TrainingListener.SILENT);
        millis[run] = result.seconds() * 1000;
      }
      double[] warm = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
      Arrays.sort(warm);
      Convergence end = result.convergence();
      System.out.printf(
          Locale.ROOT,
          "%s: first %.0f ms, then median %.1f ms, least %.1f ms of %d; m J = %.9f, gradient %.1e,"
              + " %d iterations, %.1f passes, %s, %s%d x %d threads%n",
          solver.id(),
          millis[0],
          warm[warm.length / 2],
          warm[0],
          warm.length,
          end.objective() * data.samples(),
          end.relativeGradientNorm(),
          end.iterations(),
          end.passes(),
          end.stopReason().id(),
          kernels.name(),
          kernels.lanes(),
          result.threads());
    }
  }
}
