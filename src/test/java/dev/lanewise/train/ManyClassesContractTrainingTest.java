// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descents on many classes against the contract on plain arrays, bit for bit. */
class ManyClassesContractTrainingTest {

  private static final Penalty PENALTY = new Penalty(0.5, 2);

  private static float[][] start(int d, int columns, long seed) {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix w = FloatMatrix.allocate(arena, d, columns);
      Initialization.NORMAL.fill(w, seed);
      float[][] start = new float[columns][];
      for (int k = 0; k < columns; k++) {
        start[k] = w.column(k);
      }
      return start;
    }
  }

  private static int[] labels(HostileNumbers numbers, int m, int classes) {
    int[] y = new int[m];
    for (int j = 0; j < m; j++) {
      y[j] = j < 2 * classes ? j % classes : numbers.between(0, classes - 1);
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1,9,3", "17,257,4", "33,600,3", "3,2000,5", "40,1025,10", "9000,20,3"})
  void iterationsGiveTheBitsOfTheContract(int d, int m, int classes) {
    HostileNumbers numbers = new HostileNumbers(31L * d + m);
    float[][] x = numbers.samples(m, d, Kind.SIGNED);
    int[] y = labels(numbers, m, classes);
    float[] s = m % 2 == 0 ? null : numbers.floats(m, Kind.PIXELS);
    SoftmaxOracle.State expected =
        new SoftmaxOracle.State(start(d, classes, 8), new float[classes]);
    int iterations = 4;
    for (int iteration = 0; iteration < iterations; iteration++) {
      SoftmaxOracle.iterate(x, y, s, expected, 0.7, PENALTY);
    }
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withIterations(iterations)
            .withLearningRate(0.7)
            .withInitialization(Initialization.NORMAL, 8)
            .withPenalty(PENALTY);
    try (Dataset plain = TestData.ofClasses(x, y, classes)) {
      Dataset data = s == null ? plain : plain.withWeights(s);
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : new int[] {1, 3}) {
          Runs.Result found = Runs.run(data, options, kernels, threads);
          assertThat(found.w()).isDeepEqualTo(expected.w());
          assertThat(found.b()).containsExactly(expected.b());
        }
      }
    }
  }

  @Test
  void batchesGiveTheBitsOfTheContract() {
    List<Optimizer> optimizers =
        List.of(
            new Optimizer.Sgd(0, false),
            new Optimizer.Sgd(0.9, false),
            new Optimizer.Sgd(0.8, true),
            Optimizer.Adam.USUAL);
    Schedule schedule = Schedule.of(Schedule.Kind.CONSTANT);
    for (int seed = 0; seed < 8; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      int d = numbers.between(1, 70);
      int classes = numbers.between(3, 7);
      int m = numbers.between(30, 90);
      float[][] x = numbers.samples(m, d, Kind.PIXELS);
      int[] y = labels(numbers, m, classes);
      float[] s = seed % 3 == 0 ? numbers.floats(m, Kind.PIXELS) : null;
      if (s != null) {
        for (int j = 0; j < m; j++) {
          s[j] += 0.25f;
        }
      }
      double holdout = seed < 4 ? 0 : 0.3;
      SgdOptions sgd =
          new SgdOptions(numbers.between(1, 20), optimizers.get(seed % 4), schedule, 0, holdout, 2);
      Penalty penalty = new Penalty(seed % 5 < 2 ? 0 : 0.4, seed % 2 == 0 ? 0 : 1.5);
      int epochs = 3;
      SgdOracle.Outcome expected =
          new SgdOracle(x, y, s, sgd, penalty, classes)
              .run(start(d, classes, seed), 0.05, epochs, seed);
      Hyperparameters options =
          Hyperparameters.defaults()
              .withSgd(sgd)
              .withIterations(epochs)
              .withLearningRate(0.05)
              .withPenalty(penalty)
              .withInitialization(Initialization.NORMAL, seed);
      try (Dataset plain = TestData.ofClasses(x, y, classes)) {
        Dataset data = s == null ? plain : plain.withWeights(s);
        for (Kernels kernels : AllKernels.fast()) {
          Runs.Result found = Runs.run(data, options, kernels, 2);
          assertThat(found.w()).as("seed %d", seed).isDeepEqualTo(expected.w());
          assertThat(found.b()).as("seed %d", seed).containsExactly(expected.b());
          assertThat(found.convergence().iterations()).isEqualTo(expected.epochs());
          if (holdout > 0) {
            assertThat(found.heldOut().bestEpoch()).isEqualTo(expected.bestEpoch());
            assertThat(found.heldOut().cost()).isEqualTo(expected.heldOutCost());
          }
        }
      }
    }
  }
}
