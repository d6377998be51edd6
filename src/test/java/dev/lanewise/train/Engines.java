// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.optim.gd.Engine;
import dev.lanewise.optim.gd.GramEngine;
import dev.lanewise.optim.gd.PrimalEngine;
import java.lang.foreign.Arena;
import java.util.Arrays;

/** Engines themselves, as training gives small problems fewer threads than it may. */
final class Engines {

  private Engines() {}

  /** An engine for the tutorial's problem: no weights, no penalty. */
  static Engine of(
      EngineChoice choice,
      Workspace workspace,
      Compute compute,
      Problem problem,
      Parameters start,
      double rate) {
    return choice == EngineChoice.GRAM
        ? new GramEngine(
            workspace,
            compute,
            new Compute(AllKernels.scalar(), 1),
            problem,
            start,
            rate,
            GramSource.OWN)
        : new PrimalEngine(workspace, compute, problem, start, rate);
  }

  /** The labels of a data set as a vector. */
  static FloatMatrix labels(Workspace workspace, Dataset data) {
    FloatMatrix y = workspace.floats(data.samples(), 1);
    int[] labels = data.labels();
    for (int j = 0; j < labels.length; j++) {
      y.set(j, 0, labels[j]);
    }
    return y;
  }

  /** The costs and the parameters of a few iterations, to the bit. */
  static String run(
      Dataset data,
      EngineChoice choice,
      Kernels kernels,
      int threads,
      Initialization initialization,
      int iterations) {
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(kernels, threads)) {
      Workspace workspace = Workspace.of(arena);
      Problem problem = Problem.plain(data.features(), labels(workspace, data));
      Parameters start = new Parameters(workspace, problem.layout());
      initialization.fill(start.weights(), 3);
      Engine engine = of(choice, workspace, compute, problem, start, 0.1);
      StringBuilder costs = new StringBuilder();
      for (int iteration = 0; iteration < iterations; iteration++) {
        costs.append(engine.iterate(iteration % 2 == 0)).append(' ');
      }
      Parameters end = engine.parameters();
      return costs + " " + end.bias(0) + " " + Arrays.hashCode(end.weights().column(0));
    }
  }
}
