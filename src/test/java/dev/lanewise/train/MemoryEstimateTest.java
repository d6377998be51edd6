// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.loss.LocalSums;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.BitsRun.MemoryUse;
import dev.lanewise.train.BitsRun.Storage;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run counts the memory that the run then takes, whatever the problem. */
class MemoryEstimateTest {

  private static final int CASES = 300;

  @TempDir private Path folder;

  @Test
  void theDryRunCountsAllThatTheRunTakes() {
    for (int seed = 0; seed < CASES; seed++) {
      BitsCase problem = BitsCase.of(seed);
      Storage storage = Storage.values()[seed / 3 % Storage.values().length];
      BitsRun run = new BitsRun(AllKernels.fast().getLast(), 1 + seed % 3, storage);
      MemoryUse use = run.memory(problem, folder.resolve("x" + seed));
      if (problem.options().solver().reachesOptimum()) {
        // Not every run makes the second derivative that it may make.
        assertThat(use.taken()).as("%s, %s", problem, run).isLessThanOrEqualTo(use.estimated());
      } else {
        assertThat(use.taken()).as("%s, %s", problem, run).isEqualTo(use.estimated());
      }
    }
  }

  @Test
  void theDryRunOfANetworkCountsAllThatTheGramEngineTakes() {
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withHidden(HiddenLayers.of(9, 4))
            .withPenalty(Penalty.l2(1))
            .withIterations(3)
            .withCostEvery(1);
    Descent descent = new Descent(options, EngineChoice.GRAM, GramSource.OWN, Checkpointer.NONE);
    try (Dataset data = TestData.clouds(70, 600, 3);
        Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.scalar(), 2)) {
      Workspace dry = Workspace.dryRun();
      Problem problem = TrainingProblem.of(dry, data, options);
      descent.prepare(dry, compute, problem, new Parameters(dry, problem.layout()));
      Workspace workspace = Workspace.of(arena);
      problem = TrainingProblem.of(workspace, data, options);
      Parameters start = new Parameters(workspace, problem.layout());
      options.initialization().fill(start, 1);
      assertThat(
              descent
                  .prepare(workspace, compute, problem, start)
                  .run(TrainingListener.SILENT)
                  .engine())
          .isEqualTo("gram");
      assertThat(workspace.byteSize()).isEqualTo(dry.byteSize());
      assertThat(dry.byteSize()).isGreaterThan(Double.BYTES * 70L * 70);
    }
  }

  @Test
  void aSeriesOfGradientDescentTakesTheMemoryOfOneRun() {
    Hyperparameters options = Hyperparameters.tutorial().withIterations(9);
    try (Dataset data = TestData.clouds(50, 7, 3);
        Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.scalar(), 1)) {
      Workspace workspace = Workspace.of(arena);
      Problem problem = TrainingProblem.of(workspace, data, options);
      Parameters start = new Parameters(workspace, problem.layout());
      Descent.Series series =
          new Descent(options, EngineChoice.PRIMAL, GramSource.OWN, Checkpointer.NONE)
          .new Series(workspace, compute, problem, LocalSums::new, start);
      long before = workspace.byteSize();
      List<Integer> reached = new ArrayList<>();
      series.run(
          new int[] {1, 4, 9}, TrainingListener.SILENT, (count, outcome) -> reached.add(count));
      assertThat(reached).containsExactly(1, 4, 9);
      assertThat(workspace.byteSize()).isEqualTo(before);
    }
  }
}
