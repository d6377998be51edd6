// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.checkpoint.CheckpointFile;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that goes on from a checkpoint ends as if it had never been interrupted. */
class ResumeTest {

  @TempDir private Path folder;

  private static final Hyperparameters GD =
      Hyperparameters.tutorial().withIterations(40).withLearningRate(0.1).withCostEvery(7);

  private static Dataset data() {
    // Wide enough that several threads have work, of three blocks of samples.
    return TestData.clouds(520, 700, 5);
  }

  private static Dataset data(String name) {
    return name.startsWith("softmax") ? TestData.manyClouds(520, 300, 3, 5) : data();
  }

  private static Map<String, Hyperparameters> runs() {
    SgdOptions batches = SgdOptions.USUAL.withBatchSize(50);
    Hyperparameters sgd = Hyperparameters.defaults().withSgd(batches).withIterations(8);
    Penalty l2 = Penalty.l2(3);
    Hyperparameters network =
        GD.withHidden(HiddenLayers.of(6, 5)).withEngine(EngineChoice.GRAM).withIterations(20);
    return Map.ofEntries(
        Map.entry("primal", GD.withEngine(EngineChoice.PRIMAL)),
        Map.entry("primal l1", GD.withEngine(EngineChoice.PRIMAL).withPenalty(new Penalty(1, 2))),
        Map.entry(
            "primal normal",
            GD.withEngine(EngineChoice.PRIMAL).withInitialization(Initialization.NORMAL, 3)),
        Map.entry("gram", GD.withEngine(EngineChoice.GRAM).withCostEvery(0)),
        Map.entry("gram l2", GD.withEngine(EngineChoice.GRAM).withPenalty(l2)),
        Map.entry(
            "gram normal",
            GD.withEngine(EngineChoice.GRAM)
                .withInitialization(Initialization.NORMAL, 3)
                .withPenalty(l2)
                .withClassWeights(ClassWeights.BALANCED)),
        Map.entry("network gram", network),
        Map.entry(
            "softmax network gram l2",
            network
                .withHidden(HiddenLayers.of(4).withActivation(Activation.SIGMOID))
                .withPenalty(l2)
                .withClassWeights(ClassWeights.BALANCED)),
        Map.entry("sgd", sgd.withPenalty(l2)),
        Map.entry("sgd momentum", sgd.withSgd(batches.withOptimizer(new Optimizer.Sgd(0.9, true)))),
        Map.entry(
            "sgd adam",
            sgd.withSgd(
                    batches
                        .withOptimizer(Optimizer.Adam.USUAL)
                        .withSchedule(Schedule.of(Schedule.Kind.COSINE)))
                .withIterations(8)),
        Map.entry("sgd holdout", sgd.withSgd(batches.withHoldout(0.2, 2)).withIterations(9)),
        Map.entry("softmax primal", GD.withPenalty(l2)),
        Map.entry(
            "softmax primal normal l1",
            GD.withPenalty(new Penalty(1, 2))
                .withInitialization(Initialization.NORMAL, 3)
                .withClassWeights(ClassWeights.BALANCED)),
        Map.entry("softmax sgd", sgd.withPenalty(l2)),
        Map.entry(
            "softmax sgd momentum holdout",
            sgd.withSgd(batches.withOptimizer(new Optimizer.Sgd(0.9, true)).withHoldout(0.2, 2))
                .withIterations(9)),
        Map.entry(
            "softmax sgd adam",
            sgd.withSgd(batches.withOptimizer(Optimizer.Adam.USUAL)).withIterations(8)),
        Map.entry("network gd", GD.withPenalty(l2).withHidden(HiddenLayers.of(9, 4))),
        Map.entry(
            "network sgd dropout holdout",
            sgd.withSgd(batches.withOptimizer(new Optimizer.Sgd(0.9, true)).withHoldout(0.2, 3))
                .withIterations(9)
                .withHidden(HiddenLayers.of(9, 4).withDropout(0.25))),
        Map.entry(
            "softmax network adamw",
            sgd.withSgd(batches.withOptimizer(Optimizer.Adam.DECOUPLED))
                .withPenalty(l2)
                .withIterations(8)
                .withHidden(HiddenLayers.of(7).withActivation(Activation.TANH))),
        Map.entry("sgd tolerance", sgd.withSgd(batches.withTolerance(0.3)).withIterations(9)));
  }

  private static TrainingResult fit(
      Hyperparameters options, Dataset data, Kernels kernels, Checkpointing checkpoints) {
    return fit(new LogisticRegression(options), data, kernels, checkpoints);
  }

  private static TrainingResult fit(
      LogisticRegression trainer, Dataset data, Kernels kernels, Checkpointing checkpoints) {
    return trainer.fit(data, WarmStart.NONE, kernels, TrainingListener.SILENT, checkpoints);
  }

  private static List<Object> said(TrainingResult result) {
    return List.of(
        result.model().weightsSha256(), result.costs(), result.convergence(), result.heldOut());
  }

  /** Ends the run after so many iterations of this process. */
  private static Checkpointing stopAfter(Checkpointing plan, int iterations) {
    int[] left = {iterations};
    return plan.until(() -> --left[0] <= 0);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "primal",
        "primal l1",
        "primal normal",
        "gram",
        "gram l2",
        "gram normal",
        "network gram",
        "softmax network gram l2",
        "sgd",
        "sgd momentum",
        "sgd adam",
        "sgd holdout",
        "sgd tolerance",
        "softmax primal",
        "softmax primal normal l1",
        "softmax sgd",
        "softmax sgd momentum holdout",
        "softmax sgd adam",
        "network gd",
        "network sgd dropout holdout",
        "softmax network adamw"
      })
  void interruptionsChangeNoBitWhateverComputes(String name) {
    Hyperparameters options = runs().get(name);
    List<Kernels> kernels = AllKernels.fast();
    try (Dataset data = data(name)) {
      List<Object> expected = said(fit(options, data, kernels.getFirst(), Checkpointing.NONE));
      for (int distance : new int[] {3, 16}) {
        Path file = folder.resolve(name + distance + ".ckpt");
        Checkpointing plan = Checkpointing.NONE.to(file);
        TrainingResult result = null;
        for (int part = 0; result == null; part++) {
          try {
            result =
                fit(
                    new LogisticRegression(options, Execution.ofThreads(1 + part % 3)),
                    data,
                    kernels.get(part % kernels.size()),
                    stopAfter(plan, distance));
          } catch (TrainingStoppedException e) {
            assertThat(e.checkpoint()).contains(file);
            assertThat(e.completed()).isEqualTo(CheckpointFile.read(file).completed());
            plan = Checkpointing.NONE.to(file).from(file);
          }
        }
        assertThat(said(result)).as("%s, stopped every %d", name, distance).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "primal",
        "gram l2",
        "sgd momentum",
        "softmax primal",
        "softmax sgd adam",
        "network gd",
        "network sgd dropout holdout",
        "softmax network adamw"
      })
  void aRunThatIsKeptAndFinishedCanGoOnFromAnyOfItsCheckpoints(String name) throws IOException {
    Hyperparameters options = runs().get(name);
    Kernels kernels = AllKernels.fast().getFirst();
    try (Dataset data = data(name)) {
      List<Object> expected = said(fit(options, data, kernels, Checkpointing.NONE));
      Path file = folder.resolve("run.ckpt");
      List<Path> copies = new ArrayList<>();
      Checkpointing plan = Checkpointing.NONE.to(file).every(3).until(() -> copy(file, copies));
      assertThat(said(fit(options, data, kernels, plan))).isEqualTo(expected);
      assertThat(copies.size()).isBetween(2, 20);
      copies.add(file);
      assertThat(CheckpointFile.read(file).completed()).isEqualTo(options.iterations());
      for (Path copy : copies) {
        assertThat(said(fit(options, data, kernels, Checkpointing.NONE.from(copy))))
            .isEqualTo(expected);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  private static boolean copy(Path file, List<Path> copies) {
    try {
      if (Files.exists(file)) {
        Path copy = file.resolveSibling("copy" + CheckpointFile.read(file).completed());
        if (!copies.contains(copy)) {
          copies.add(Files.copy(file, copy));
        }
      }
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void moreIterationsMayBeAllowedAndTheEngineStays() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    // 3 iterations are primal's, 3000 gram's.
    Hyperparameters few = GD.withIterations(3);
    Hyperparameters many = GD.withIterations(3000);
    try (Dataset data = data()) {
      assertThat(few.engineFor(data)).isEqualTo(EngineChoice.PRIMAL);
      assertThat(many.engineFor(data)).isEqualTo(EngineChoice.GRAM);
      Hyperparameters some = many.withIterations(12);
      fit(few, data, kernels, Checkpointing.NONE.to(file));
      assertThat(said(fit(some, data, kernels, Checkpointing.NONE.from(file))))
          .isEqualTo(
              said(fit(some.withEngine(EngineChoice.PRIMAL), data, kernels, Checkpointing.NONE)));
      assertThatThrownBy(
              () ->
                  fit(
                      some.withEngine(EngineChoice.GRAM),
                      data,
                      kernels,
                      Checkpointing.NONE.from(file)))
          .isInstanceOf(ResumeException.class)
          .hasMessageEndingWith("is of a run with engine primal, and this one gram");
      assertThatThrownBy(
              () -> fit(few.withIterations(2), data, kernels, Checkpointing.NONE.from(file)))
          .isInstanceOf(ResumeException.class)
          .hasMessageEndingWith("has completed 3 iterations, and this run is to end after 2");
    }
  }

  @Test
  void epochsMayNotChangeWhereTheLearningRateDependsOnThem() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    try (Dataset data = data()) {
      Hyperparameters adam = runs().get("sgd adam");
      fit(adam, data, kernels, Checkpointing.NONE.to(file));
      assertThatThrownBy(
              () -> fit(adam.withIterations(9), data, kernels, Checkpointing.NONE.from(file)))
          .isInstanceOf(ResumeException.class)
          .hasMessageEndingWith("is of a run with epochs 8, and this one 9");
      Path other = folder.resolve("other.ckpt");
      Hyperparameters sgd = runs().get("sgd momentum");
      fit(sgd, data, kernels, Checkpointing.NONE.to(other));
      Hyperparameters longer = sgd.withIterations(sgd.iterations() + 2);
      assertThat(said(fit(longer, data, kernels, Checkpointing.NONE.from(other))))
          .isEqualTo(said(fit(longer, data, kernels, Checkpointing.NONE)));
    }
  }

  @Test
  void otherOptionsAreNamed() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    Checkpointing resume = Checkpointing.NONE.from(file);
    try (Dataset data = data()) {
      fit(GD, data, kernels, Checkpointing.NONE.to(file));
      Map<String, Hyperparameters> others =
          Map.of(
              "learning-rate 0.1, and this one 0.2", GD.withLearningRate(0.2),
              "cost-every 7, and this one 8", GD.withCostEvery(8),
              "l2 0.0, and this one 0.5", GD.withPenalty(Penalty.l2(0.5)),
              "init zeros, and this one normal; seed 0, and this one 4",
                  GD.withInitialization(Initialization.NORMAL, 4),
              "class-weight not given, and this one balanced",
                  GD.withClassWeights(ClassWeights.BALANCED));
      others.forEach(
          (difference, options) ->
              assertThatThrownBy(() -> fit(options, data, kernels, resume))
                  .isInstanceOf(ResumeException.class)
                  .hasMessage(file + " is of a run with " + difference));
      Hyperparameters sgd = runs().get("sgd").withLearningRate(0.1);
      assertThatThrownBy(() -> fit(sgd, data, kernels, resume))
          .isInstanceOf(ResumeException.class)
          .hasMessageContaining("solver gd, and this one sgd");
      assertThatThrownBy(() -> fit(Hyperparameters.defaults(), data, kernels, resume))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "checkpoints are for gd and sgd; newton takes few iterations and begins anew");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"primal", "gram l2", "sgd momentum"})
  void aRunThatStartedFromAModelGoesOnFromItsCheckpoint(String name) {
    Hyperparameters options = runs().get(name);
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    try (Dataset data = data()) {
      WarmStart from = WarmStart.from(new LogisticRegression().fit(data).model());
      LogisticRegression trainer = new LogisticRegression(options);
      List<Object> expected =
          said(trainer.fit(data, from, kernels, TrainingListener.SILENT, Checkpointing.NONE));
      assertThatThrownBy(
              () ->
                  trainer.fit(
                      data,
                      from,
                      kernels,
                      TrainingListener.SILENT,
                      stopAfter(Checkpointing.NONE.to(file), 3)))
          .isInstanceOf(TrainingStoppedException.class);
      Checkpointing resume = Checkpointing.NONE.from(file);
      assertThat(said(trainer.fit(data, from, kernels, TrainingListener.SILENT, resume)))
          .isEqualTo(expected);
      assertThatThrownBy(() -> fit(options, data, kernels, resume))
          .isInstanceOf(ResumeException.class)
          .hasMessageContaining("from ")
          .hasMessageContaining("and this one not given");
    }
  }

  @Test
  void otherDataAreNamed() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    Checkpointing resume = Checkpointing.NONE.from(file);
    try (Dataset data = TestData.clouds(30, 4, 5);
        Dataset other = TestData.clouds(30, 4, 6);
        Dataset wider = TestData.clouds(30, 5, 5)) {
      fit(GD, data, kernels, Checkpointing.NONE.to(file));
      assertThatThrownBy(() -> fit(GD, other, kernels, resume))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is of a run on other data")
          .hasMessageContaining(data.sha256())
          .hasMessageContaining(other.sha256());
      assertThatThrownBy(() -> fit(GD, wider, kernels, resume))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is of a run on 30 samples of 4 features")
          .hasMessageContaining("has 30 of 5");
      float[] weights = new float[30];
      java.util.Arrays.fill(weights, 2);
      assertThatThrownBy(() -> fit(GD, data.withWeights(weights), kernels, resume))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is of a run on other data");
    }
  }

  /** Their digest is that of the data before, so the scale is compared by itself. */
  @Test
  void featuresOfAnotherScaleAreRefused() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path plain = folder.resolve("plain.ckpt");
    Path scaled = folder.resolve("scaled.ckpt");
    try (Dataset data = TestData.clouds(300, 4, 5);
        Dataset all = data.standardized();
        Dataset some = data.standardized(new int[] {0, 1, 5})) {
      fit(GD, data, kernels, Checkpointing.NONE.to(plain));
      List<Object> expected = said(fit(GD, all, kernels, Checkpointing.NONE.to(scaled)));
      assertThat(said(fit(GD, all, kernels, Checkpointing.NONE.from(scaled)))).isEqualTo(expected);
      assertThatThrownBy(() -> fit(GD, all, kernels, Checkpointing.NONE.from(plain)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is of a run on features not standardised")
          .hasMessageContaining(all.standardization().orElseThrow().sha256());
      assertThatThrownBy(() -> fit(GD, data, kernels, Checkpointing.NONE.from(scaled)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("are not standardised; scale them as in that run");
      assertThatThrownBy(() -> fit(GD, some, kernels, Checkpointing.NONE.from(scaled)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(some.standardization().orElseThrow().sha256())
          .hasMessageContaining(all.standardization().orElseThrow().sha256());
    }
  }

  @Test
  void aRunOfTwoClassesIsNotOneOfThree() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    Hyperparameters gram = GD.withIterations(3000);
    try (Dataset two = TestData.clouds(30, 40, 5);
        Dataset three = TestData.manyClouds(30, 40, 3, 5)) {
      assertThat(gram.engineFor(two)).isEqualTo(EngineChoice.GRAM);
      fit(gram, two, kernels, Checkpointing.NONE.to(file));
      assertThatThrownBy(() -> fit(gram, three, kernels, Checkpointing.NONE.from(file)))
          .isInstanceOf(ResumeException.class)
          .hasMessageContaining("multi-class not given, and this one softmax");
    }
  }

  @Test
  void oneVersusTheRestIsSeveralRuns() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    Hyperparameters ovr = GD.withMultiClass(MultiClass.OVR);
    try (Dataset two = TestData.clouds(30, 4, 5);
        Dataset three = TestData.manyClouds(30, 4, 3, 5)) {
      for (Checkpointing plan :
          List.of(Checkpointing.NONE.to(file), Checkpointing.NONE.from(file))) {
        assertThatThrownBy(() -> fit(ovr, three, kernels, plan))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "checkpoints are for one run, not for the 3 of one versus the rest; take softmax");
      }
      assertThat(file).doesNotExist();
      fit(ovr, two, kernels, Checkpointing.NONE.to(file));
      assertThat(file).exists();
    }
  }

  @Test
  void timeDecidesToo() {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    try (Dataset data = TestData.clouds(30, 4, 5)) {
      Checkpointing plan = Checkpointing.NONE.to(file).every(Duration.ofNanos(1));
      boolean[] written = {true};
      int[] asked = {0};
      fit(
          GD,
          data,
          kernels,
          plan.until(
              () -> {
                written[0] &=
                    asked[0]++ == 0 || CheckpointFile.read(file).completed() == asked[0] - 1;
                return false;
              }));
      assertThat(written[0]).as("after every iteration").isTrue();
      Files.delete(file);
      fit(
          GD,
          data,
          kernels,
          Checkpointing.NONE
              .to(file)
              .every(Duration.ofDays(1))
              .until(
                  () -> {
                    written[0] &= !Files.exists(file);
                    return false;
                  }));
      assertThat(written[0]).as("never but at the end").isTrue();
      assertThat(file).exists();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"primal", "gram"})
  void numbersThatHaveEndedReplaceNoCheckpoint(String engine) {
    Kernels kernels = AllKernels.fast().getFirst();
    Path file = folder.resolve("run.ckpt");
    Hyperparameters diverging =
        GD.withEngine(EngineChoice.valueOf(engine.toUpperCase(java.util.Locale.ROOT)))
            .withPenalty(Penalty.l2(100))
            .withLearningRate(100)
            .withCostEvery(0);
    try (Dataset data = TestData.clouds(30, 4, 5)) {
      assertThatThrownBy(() -> fit(diverging, data, kernels, Checkpointing.NONE.to(file).every(1)))
          .isInstanceOf(TrainingException.class);
      assertThat(CheckpointFile.read(file).completed()).isBetween(5, 30);
      assertThat(CheckpointFile.read(file).state().isFinite()).isTrue();
    }
  }
}
