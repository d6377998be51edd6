// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.Initialization;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sweep shares work and changes no bit. */
class SweepTest {

  private static final List<Setting> GRID =
      Sweep.grid(List.of(0.1, 0.02), List.of(60, 0, 7, 23), List.of(4L, 5L));

  private static LogisticRegression trainer(Hyperparameters options) {
    return new LogisticRegression(options, Execution.ofThreads(2));
  }

  private static Hyperparameters options() {
    return Hyperparameters.tutorial()
        .withInitialization(Initialization.NORMAL, 0)
        .withPenalty(Penalty.l2(0.5))
        .withCostEvery(10);
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void everyRunIsWhatItIsAlone(EngineChoice engine) {
    try (Dataset train = TestData.clouds(60, 90, 3);
        Dataset test = TestData.clouds(30, 90, 4)) {
      Kernels kernels = AllKernels.scalar();
      Sweep sweep = new Sweep(trainer(options().withEngine(engine)), GRID, 0);
      SweepResult swept = sweep.run(train, Optional.of(test), kernels, Sweep.Observer.SILENT);
      assertThat(swept.runs()).extracting(SweepRun::setting).isEqualTo(GRID);
      Set<String> engines = new HashSet<>();
      for (SweepRun run : swept.runs()) {
        TrainingResult found = run.result().orElseThrow();
        TrainingResult alone =
            trainer(sweep.optionsOf(run.setting())).fit(train, kernels, TrainingListener.SILENT);
        assertThat(found.model().weightsSha256())
            .as("%s", run.setting())
            .isEqualTo(alone.model().weightsSha256());
        assertThat(found.engine()).isEqualTo(alone.engine());
        assertThat(found.costs()).isEqualTo(alone.costs());
        assertThat(found.convergence()).isEqualTo(alone.convergence());
        assertThat(found.model().provenance().options())
            .isEqualTo(alone.model().provenance().options());
        assertThat(run.train()).contains(Evaluation.of(alone.model(), train, kernels));
        assertThat(run.test()).contains(Evaluation.of(alone.model(), test, kernels));
        assertThat(run.failure()).isEmpty();
        engines.add(found.engine());
      }
      // What auto takes depends on the iterations: there are runs of both.
      assertThat(engines).hasSize(engine == EngineChoice.AUTO ? 2 : 1);
    }
  }

  @Test
  void theSameBitsOnAllKernelsAndThreads() {
    try (Dataset train = TestData.clouds(60, 90, 3)) {
      Set<List<String>> found = new HashSet<>();
      for (int threads : new int[] {1, 3}) {
        for (Kernels kernels : AllKernels.fast()) {
          SweepResult swept =
              new Sweep(new LogisticRegression(options(), Execution.ofThreads(threads)), GRID, 2)
                  .run(train, Optional.empty(), kernels, Sweep.Observer.SILENT);
          found.add(
              swept.runs().stream()
                  .map(
                      run ->
                          run.result().orElseThrow().model().weightsSha256()
                              + run.folds().orElseThrow())
                  .toList());
        }
      }
      assertThat(found).hasSize(1);
    }
  }

  @Test
  void foldsAreThoseOfTheirSeedAndDecideTheBest() {
    Kernels kernels = AllKernels.scalar();
    List<Setting> settings = Sweep.grid(List.of(0.3, 0.001), List.of(1, 400), List.of(0L));
    try (Dataset train = TestData.clouds(60, 90, 3)) {
      Sweep sweep = new Sweep(trainer(options()), settings, 3);
      int[] done = new int[1];
      SweepResult swept = sweep.run(train, Optional.empty(), kernels, count -> done[0] = count);
      assertThat(done[0]).isEqualTo(sweep.trainings()).isEqualTo(16);
      Folds folds = Folds.of(train, 3, 0);
      double least = Double.POSITIVE_INFINITY;
      for (SweepRun run : swept.runs()) {
        double sum = 0;
        double accuracy = 0;
        for (int fold = 0; fold < 3; fold++) {
          try (Dataset learned = train.select(folds.learned(fold));
              Dataset heldOut = train.select(folds.heldOut(fold))) {
            TrainingResult alone =
                trainer(sweep.optionsOf(run.setting()))
                    .fit(learned, kernels, TrainingListener.SILENT);
            Evaluation evaluation = Evaluation.of(alone.model(), heldOut, kernels);
            sum += evaluation.cost();
            accuracy += evaluation.accuracy();
          }
        }
        SweepRun.FoldScore score = run.folds().orElseThrow();
        assertThat(score.logLoss()).isCloseTo(sum / 3, within(1e-12));
        assertThat(score.accuracy()).isCloseTo(accuracy / 3, within(1e-12));
        assertThat(score.deviation()).isPositive();
        least = Math.min(least, score.logLoss());
      }
      assertThat(swept.runs().get(swept.best().orElseThrow()).folds().orElseThrow().logLoss())
          .isEqualTo(least);
    }
  }

  @Test
  void whatDivergesIsNamedAndTheRestGoesOn() {
    List<Setting> settings = Sweep.grid(List.of(1e30, 0.01), List.of(1, 500), List.of(0L));
    for (EngineChoice engine : List.of(EngineChoice.PRIMAL, EngineChoice.GRAM)) {
      try (Dataset train = TestData.clouds(60, 90, 3)) {
        SweepResult swept =
            new Sweep(trainer(options().withEngine(engine).withPenalty(Penalty.l2(5))), settings, 2)
                .run(train, Optional.empty(), AllKernels.scalar(), Sweep.Observer.SILENT);
        SweepRun diverged = swept.runs().get(1);
        assertThat(diverged.succeeded()).isFalse();
        assertThat(diverged.failure().orElseThrow()).startsWith("diverged at iteration ");
        assertThat(diverged.folds()).isEmpty();
        assertThat(swept.runs().get(0).succeeded()).isTrue();
        assertThat(swept.runs().get(2).succeeded()).isTrue();
        assertThat(swept.runs().get(3).succeeded()).isTrue();
        assertThat(swept.best().orElseThrow()).isNotEqualTo(1);
      }
    }
  }

  @Test
  void nothingIsBestWhereAllDiverge() {
    List<Setting> settings = List.of(new Setting(1e30, 500, 0));
    try (Dataset train = TestData.clouds(60, 90, 3)) {
      SweepResult swept =
          new Sweep(trainer(options().withPenalty(Penalty.l2(5))), settings, 0)
              .run(train, Optional.empty(), AllKernels.scalar(), Sweep.Observer.SILENT);
      assertThat(swept.best()).isEmpty();
    }
  }

  @Test
  void aWarningIsSaidOnceForAllRuns() {
    List<String> warnings = new ArrayList<>();
    Sweep.Observer observer =
        new Sweep.Observer() {
          @Override
          public void trained(int done) {}

          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    try (Dataset both = TestData.clouds(60, 90, 3);
        Dataset zeros =
            both.select(IntStream.range(0, 60).filter(j -> both.labels()[j] == 0).toArray())) {
      new Sweep(trainer(options()), GRID, 2)
          .run(zeros, Optional.empty(), AllKernels.scalar(), observer);
    }
    assertThat(warnings).singleElement().asString().contains("every label is 0");
  }

  @Test
  void whatIsNoSweepIsRefused() {
    assertThatThrownBy(() -> new Sweep(trainer(options()), List.of(), 0))
        .hasMessage("there is no setting, expected at least one");
    assertThatThrownBy(() -> new Sweep(trainer(options()), GRID, 1))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(
            () ->
                new Sweep(
                    trainer(options().withSolver(SolverOptions.of(SolverChoice.LBFGS))), GRID, 0))
        .hasMessage("a sweep is of gradient descent, not of lbfgs");
    assertThatThrownBy(() -> new Setting(0, 1, 0)).hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> new Setting(1, -1, 0)).hasMessageContaining("not -1");
  }

  @Test
  void theTutorialsRates() {
    String folder = System.getProperty("catvnoncat.dir", "");
    assumeTrue(!folder.isEmpty(), "needs -Dcatvnoncat.dir");
    try (Dataset train =
            Datasets.read(Path.of(folder, "train_catvnoncat.h5"), ReadOptions.labelled());
        Dataset test =
            Datasets.read(Path.of(folder, "test_catvnoncat.h5"), ReadOptions.labelled())) {
      SweepResult swept =
          new Sweep(
                  trainer(Hyperparameters.tutorial()),
                  Sweep.grid(List.of(0.01, 0.001, 0.0001), List.of(1500), List.of(0L)),
                  0)
              .run(train, Optional.of(test), AllKernels.scalar(), Sweep.Observer.SILENT);
      assertThat(swept.runs())
          .extracting(run -> run.train().orElseThrow().correct())
          .containsExactly(208, 186, 143);
      assertThat(swept.runs())
          .extracting(run -> run.test().orElseThrow().correct())
          .containsExactly(34, 32, 18);
      assertThat(swept.best()).hasValue(0);
    }
  }
}
