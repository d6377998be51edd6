// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many threads compute changes no bit, whichever way they share the work. */
class ThreadsTest {

  private static final int[] TEAMS = {1, 2, 3, 4, 5, 8, 17};

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1,1", "5,7", "12288,209", "40,255", "33,257", "100,700", "17,2000", "3,9999"})
  void anyTeamGivesTheSameBits(int d, int m) {
    HostileNumbers numbers = new HostileNumbers(d + m);
    float[][] x = numbers.samples(m, d, HostileNumbers.Kind.SIGNED);
    int[] y = numbers.labels(m);
    try (Dataset data = Dataset.of(x, y)) {
      for (EngineChoice engine : engines(m)) {
        for (Kernels kernels : AllKernels.fast()) {
          String expected = run(data, engine, kernels, 1);
          for (int size : TEAMS) {
            assertThat(run(data, engine, kernels, size))
                .as("%s, %d threads, %s%d", engine, size, kernels.name(), kernels.lanes())
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  // G of many samples takes the scalar kernels long.
  private static List<EngineChoice> engines(int m) {
    return m > 1000
        ? List.of(EngineChoice.PRIMAL)
        : List.of(EngineChoice.PRIMAL, EngineChoice.GRAM);
  }

  private static String run(Dataset data, EngineChoice choice, Kernels kernels, int size) {
    return Engines.run(data, choice, kernels, size, Initialization.ZEROS, 6);
  }

  @Test
  void smallProblemsRunOnFewerThreadsAndLargeOnesOnAsManyAsAskedFor() {
    HostileNumbers numbers = new HostileNumbers(1);
    HostileNumbers.Kind kind = HostileNumbers.Kind.SIGNED;
    Hyperparameters options = Hyperparameters.tutorial().withIterations(1);
    try (Dataset small = Dataset.of(numbers.samples(10, 10, kind), numbers.labels(10));
        Dataset large = Dataset.of(numbers.samples(400, 1000, kind), numbers.labels(400))) {
      LogisticRegression trainer = new LogisticRegression(options, Execution.ofThreads(3));
      assertThat(trainer.fit(small).threads()).isEqualTo(1);
      assertThat(trainer.fit(large).threads()).isEqualTo(3);
    }
  }
}
