// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.checkpoint.CheckpointFile;
import dev.lanewise.checkpoint.Reseal;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.SgdOptions;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints whose seal is right and whose numbers cannot be those of a run. */
class ResealedCheckpointTest {

  private static final int COMPLETED = 4;

  private static final SgdOptions BATCHES = SgdOptions.USUAL.withBatchSize(7);
  private static final Hyperparameters GD =
      Hyperparameters.tutorial().withIterations(9).withLearningRate(0.1).withCostEvery(1);

  @TempDir private Path folder;

  private static Hyperparameters sgd(SgdOptions how) {
    return Hyperparameters.defaults().withSgd(how).withIterations(9);
  }

  private static Hyperparameters adam() {
    return sgd(BATCHES.withOptimizer(Optimizer.Adam.USUAL).withHoldout(0.2, 3));
  }

  private Path kept(Hyperparameters options) {
    Path file = folder.resolve("run.ckpt");
    int[] left = {COMPLETED};
    Checkpointing plan = Checkpointing.NONE.to(file).until(() -> --left[0] <= 0);
    assertThatThrownBy(() -> fit(options, plan)).isInstanceOf(TrainingStoppedException.class);
    return file;
  }

  private static TrainingResult fit(Hyperparameters options, Checkpointing plan) {
    try (Dataset data = TestData.clouds(40, 6, 5)) {
      return new LogisticRegression(options)
          .fit(data, WarmStart.NONE, AllKernels.fast().getFirst(), TrainingListener.SILENT, plan);
    }
  }

  private void assertRefused(Hyperparameters options, Path file, String message) {
    assertThatThrownBy(() -> fit(options, Checkpointing.NONE.from(file)))
        .as(message)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": a damaged checkpoint: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void noNumberMayBeNanOrInfinite() {
    for (Hyperparameters options :
        List.of(
            GD.withEngine(EngineChoice.PRIMAL),
            GD.withEngine(EngineChoice.GRAM).withPenalty(Penalty.l2(3)),
            sgd(BATCHES.withOptimizer(new Optimizer.Sgd(0.9, true))),
            adam())) {
      Path whole = kept(options);
      Path same = folder.resolve("same.ckpt");
      Reseal.change(whole, "", values -> {}, same);
      assertThat(fit(options, Checkpointing.NONE.from(same)).model().weightsSha256())
          .isEqualTo(fit(options, Checkpointing.NONE).model().weightsSha256());
      for (String name : Reseal.names(whole)) {
        for (double bad :
            new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
          Path file = folder.resolve("bad.ckpt");
          boolean[] isWhole = {false};
          Reseal.change(
              whole,
              name,
              values -> {
                int last = Array.getLength(values) - 1;
                if (values instanceof float[] floats) {
                  floats[last] = (float) bad;
                } else if (values instanceof double[] doubles) {
                  doubles[last] = bad;
                } else {
                  isWhole[0] = true;
                }
              },
              file);
          if (!isWhole[0]) {
            assertRefused(options, file, "is " + bad);
            assertThatThrownBy(() -> CheckpointFile.read(file)).isInstanceOf(DataException.class);
          }
        }
      }
    }
  }

  @Test
  void theOrderOfSamplesIsAPermutationOfThoseLearnedFrom() {
    for (Hyperparameters options : List.of(sgd(BATCHES), sgd(BATCHES.withHoldout(0.2, 3)))) {
      Path whole = kept(options);
      for (long other : new long[] {-1, 40, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE}) {
        refused(options, whole, "order", longs -> longs[3] = other, "is no order of the");
      }
      refused(options, whole, "order", longs -> longs[3] = longs[4], "stands there twice");
    }
  }

  @Test
  void countsAndFactorsStayInTheirRanges() {
    Hyperparameters options = adam();
    Path whole = kept(options);
    for (long other : new long[] {-1, 3, 5, 1L << 32, Long.MAX_VALUE}) {
      refused(options, whole, "held_out_epochs", n -> n[0] = other, "expected 4 to 4");
    }
    for (long other : new long[] {-1, 0, 1, 5, (1L << 32) + 3}) {
      refused(options, whole, "best_epoch", n -> n[0] = other, "expected 2 to 4");
    }
    refused(options, whole, "looked", n -> n[0] = 2, "expected 0 to 1");
    refusedDouble(options, whole, "passes", -1, "'passes' is -1.0");
    refusedDouble(options, whole, "left_1", 1.5, "'left_1' is 1.5");
    refusedDouble(options, whole, "left_2", -0.5, "'left_2' is -0.5");
    refusedDouble(options, whole, "best_cost", -0.5, "'best_cost' is -0.5");
    refusedDouble(options, whole, "square_of_bias", -1, "expected a mean of squares");
    Path negative = folder.resolve("bad.ckpt");
    Reseal.change(whole, "state_squares", n -> ((float[]) n)[5] = -1f, negative);
    assertRefused(options, negative, "number 5 of 'squares' is -1.0, expected a mean of squares");
  }

  @Test
  void iterationsAndCostsAreThoseOfTheRun() {
    Hyperparameters options = GD.withEngine(EngineChoice.PRIMAL);
    Path whole = kept(options);
    Path file = folder.resolve("bad.ckpt");
    Reseal.complete(whole, 10, file);
    assertRefused(options, file, "10 iterations are complete of a run of 9");
    Reseal.complete(whole, 2, file);
    assertRefused(options, file, "there is no iteration 3");
    Reseal.change(whole, "cost_iterations", n -> ((long[]) n)[1] = 0, file);
    assertRefused(options, file, "at iteration 0, expected a finite one after those before");
    Reseal.change(whole, "cost_iterations", n -> ((long[]) n)[1] = 1L << 32, file);
    assertRefused(options, file, "there is no iteration 4294967296");
  }

  private void refused(
      Hyperparameters options, Path whole, String name, Consumer<long[]> change, String message) {
    Path file = folder.resolve("bad.ckpt");
    Reseal.change(whole, "state_" + name, values -> change.accept((long[]) values), file);
    assertRefused(options, file, message);
  }

  private void refusedDouble(
      Hyperparameters options, Path whole, String name, double value, String message) {
    Path file = folder.resolve("bad.ckpt");
    Reseal.change(whole, "state_" + name, values -> ((double[]) values)[0] = value, file);
    assertRefused(options, file, message);
  }
}
