// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TestData;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Stochastic gradient descent against the contract on plain arrays, bit for bit. */
class SgdContractTest {

  @TempDir private Path folder;

  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          new Optimizer.Sgd(0, false),
          new Optimizer.Sgd(0.9, false),
          new Optimizer.Sgd(0.8, true),
          Optimizer.Adam.USUAL);

  static Stream<Arguments> runs() {
    List<Arguments> all = new ArrayList<>();
    for (Optimizer optimizer : OPTIMIZERS) {
      for (Schedule.Kind schedule : Schedule.Kind.values()) {
        all.add(Arguments.of(optimizer, schedule));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyKernelGivesTheBitsOfTheContract(Optimizer optimizer, Schedule.Kind kind) {
    for (int seed = 0; seed < 8; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed + 100L * kind.ordinal());
      int d = numbers.between(1, 70);
      int m = numbers.between(8, 90);
      Kind ofNumbers = seed % 2 == 0 ? Kind.SIGNED : Kind.PIXELS;
      float[][] x = numbers.samples(m, d, ofNumbers);
      int[] y = numbers.labels(m);
      y[0] = 0;
      y[1] = 0;
      y[2] = 1;
      y[3] = 1;
      float[] s = seed % 3 == 0 ? null : numbers.floats(m, Kind.PIXELS);
      if (s != null) {
        IntStream.range(0, m).forEach(j -> s[j] += 0.25f);
      }
      double holdout = seed % 4 < 2 ? 0 : 0.3;
      int size = seed == 5 ? 1 : numbers.between(1, m / 2);
      SgdOptions sgd = new SgdOptions(size, optimizer, new Schedule(kind, 0.5, 2), 0, holdout, 3);
      Penalty penalty = new Penalty(seed % 5 < 2 ? 0 : 0.4, seed % 2 == 0 ? 0 : 1.5);
      check(x, y, s, sgd, penalty, 0.05, seed, new int[] {1});
    }
  }

  /** Batches of more than a panel, and of enough work for several threads. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"4000,100,260", "12288,32,70", "40,1100,1200", "784,128,300"})
  void longBatchesAndTeamsGiveTheBitsOfTheContract(int d, int size, int m) {
    HostileNumbers numbers = new HostileNumbers(d);
    float[][] x = numbers.samples(m, d, Kind.PIXELS);
    int[] y = numbers.labels(m);
    for (Optimizer optimizer : OPTIMIZERS) {
      SgdOptions sgd = SgdOptions.USUAL.withBatchSize(size).withOptimizer(optimizer);
      check(x, y, null, sgd, new Penalty(0.1, 1), 0.003, 4, new int[] {1, 2, 3, 4});
    }
  }

  private static void check(
      float[][] x,
      int[] y,
      float[] s,
      SgdOptions sgd,
      Penalty penalty,
      double rate,
      long seed,
      int[] teams) {
    int epochs = 4;
    try (Arena arena = Arena.ofConfined();
        Dataset plain = Dataset.of(x, y)) {
      Dataset data = s == null ? plain : plain.withWeights(s);
      FloatMatrix start = FloatMatrix.allocate(arena, x[0].length, 1);
      Initialization.NORMAL.fill(start, seed);
      SgdOracle.Outcome expected =
          new SgdOracle(x, y, s, sgd, penalty, 1)
              .run(new float[][] {start.column(0)}, rate, epochs, seed);
      Hyperparameters options =
          Hyperparameters.defaults()
              .withSgd(sgd)
              .withIterations(epochs)
              .withLearningRate(rate)
              .withPenalty(penalty)
              .withInitialization(Initialization.NORMAL, seed);
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : teams) {
          TrainingResult found =
              new LogisticRegression(
                      options.withCostEvery(seed == 4 ? 0 : 1), Execution.ofThreads(threads))
                  .fit(data, kernels, TrainingListener.SILENT);
          String what =
              String.format(
                  Locale.ROOT, "%s%d on %d: %s", kernels.name(), kernels.lanes(), threads, sgd);
          assertThat(found.model().weights()).as(what).containsExactly(expected.w()[0]);
          assertThat(found.model().bias()).as(what).isEqualTo(expected.b()[0]);
          assertThat(found.convergence().iterations()).as(what).isEqualTo(expected.epochs());
          if (sgd.holdout() > 0) {
            HeldOutCost heldOut = found.heldOut().orElseThrow();
            assertThat(heldOut.bestEpoch()).as(what).isEqualTo(expected.bestEpoch());
            assertThat(heldOut.cost()).as(what).isEqualTo(expected.heldOutCost());
          } else {
            assertThat(found.heldOut()).isEmpty();
          }
        }
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1,40,1", "33,257,16", "784,300,64", "5000,60,60"})
  void everyStorageGivesTheSameBits(int d, int m, int size) {
    byte[] pixels = TestData.pixels(m, d, d + m);
    float[][] x = TestData.scaled(pixels, m);
    int[] y = new HostileNumbers(d).labels(m);
    float[] floats = new float[m * d];
    for (int j = 0; j < m; j++) {
      System.arraycopy(x[j], 0, floats, j * d, d);
    }
    long[] labels = IntStream.of(y).asLongStream().toArray();
    Path bytesFile = folder.resolve("bytes.h5");
    Path floatsFile = folder.resolve("floats.h5");
    Hdf5Writer.write(bytesFile, new Hdf5Content().uint8("X", pixels, m, d, 1).int64("y", labels));
    Hdf5Writer.write(floatsFile, new Hdf5Content().float32("X", floats, m, d).int64("y", labels));
    List<Dataset> all = new ArrayList<>();
    all.add(Dataset.of(x, y));
    for (Path file : List.of(bytesFile, floatsFile)) {
      for (Mapping mapping : Mapping.values()) {
        all.add(Datasets.read(file, ReadOptions.labelled().mapped(mapping)));
      }
    }
    try {
      assertThat(all.stream().map(data -> data.features().storage()).distinct())
          .containsExactly("floats", "bytes", "mapped bytes", "mapped floats");
      double holdout = m > 50 && size < m ? 0.2 : 0;
      SgdOptions sgd = SgdOptions.USUAL.withBatchSize(size).withHoldout(holdout, 4);
      Hyperparameters options =
          Hyperparameters.defaults().withSgd(sgd).withIterations(3).withPenalty(new Penalty(0, 1));
      List<String> found = new ArrayList<>();
      for (Dataset data : all) {
        for (Kernels kernels : AllKernels.fast()) {
          for (int threads : new int[] {1, 3}) {
            TrainingResult result =
                new LogisticRegression(options, Execution.ofThreads(threads))
                    .fit(data, kernels, TrainingListener.SILENT);
            found.add(
                result.model().weightsSha256()
                    + result.costs()
                    + result.convergence()
                    + result.heldOut());
          }
        }
      }
      assertThat(found.stream().distinct()).hasSize(1);
    } finally {
      all.forEach(Dataset::close);
    }
  }
}
