// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs on many classes, as training takes them, on any number of threads. */
final class Runs {

  /**
   * What came of a run.
   *
   * @param w the weights by columns
   * @param b the biases
   */
  record Result(
      float[][] w,
      float[] b,
      List<CostPoint> costs,
      Convergence convergence,
      HeldOutCost heldOut,
      List<String> warnings) {

    double[] parameters() {
      int d = w[0].length;
      double[] p = new double[w.length * (d + 1)];
      for (int k = 0; k < w.length; k++) {
        for (int i = 0; i < d; i++) {
          p[k * (d + 1) + i] = w[k][i];
        }
        p[k * (d + 1) + d] = b[k];
      }
      return p;
    }

    /** All bits. */
    String digest() {
      return Arrays.deepHashCode(w) + Arrays.toString(b) + costs + convergence + heldOut + warnings;
    }
  }

  private Runs() {}

  static Result run(Dataset data, Hyperparameters options, Kernels kernels, int threads) {
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(kernels, threads)) {
      Workspace workspace = Workspace.of(arena);
      Problem problem = TrainingProblem.of(workspace, data, options);
      int columns = problem.outputs();
      Parameters start = new Parameters(workspace, problem.layout());
      options.initialization().fill(start.weights(), options.seed());
      Run.Outcome outcome =
          data.reading(
              () ->
                  run(data, options, columns)
                      .prepare(workspace, compute, problem, start)
                      .run(listener));
      float[][] weights = new float[columns][];
      for (int k = 0; k < columns; k++) {
        weights[k] = outcome.end().weights().column(k);
      }
      return new Result(
          weights,
          outcome.end().biases().column(0),
          outcome.costs(),
          outcome.convergence(),
          outcome.heldOut(),
          warnings);
    }
  }

  private static Run run(Dataset data, Hyperparameters options, int columns) {
    switch (options.solver()) {
      case GD:
        return new Descent(options, options.engineFor(data), GramSource.OWN, Checkpointer.NONE);
      case SGD:
        return new SgdRun(options, options.holdOut(data), Checkpointer.NONE);
      default:
        int d = data.width();
        SolverVariant variant = SolverVariant.of(options, d, data.samples(), columns);
        return new SolverRun(options, variant, WarmStart.NONE);
    }
  }
}
