// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.Effort;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One data set and one set of options give one model, whatever computes it. */
class SameBitsTest {

  private static final int SHAPES = Effort.of(10, 40);

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKernelTrainsTheSameModelOnRandomShapes(Kind kind) {
    HostileNumbers numbers = new HostileNumbers(kind.ordinal());
    for (int i = 0; i < SHAPES; i++) {
      check(numbers, kind, numbers.between(1, 200), numbers.between(1, 300));
    }
    check(numbers, kind, 12288, numbers.between(1, 20));
  }

  private static void check(HostileNumbers numbers, Kind kind, int d, int m) {
    // A rate that fits the size of the numbers, so that the run stays finite.
    double rate = kind == Kind.CANCELLING ? 1e-15 : kind == Kind.SPREAD ? 1e-12 : 0.1;
    Hyperparameters some =
        Hyperparameters.tutorial()
            .withIterations(numbers.between(1, 20))
            .withLearningRate(rate)
            .withInitialization(Initialization.NORMAL, numbers.between(0, 1000))
            .withCostEvery(numbers.between(0, 3));
    try (Dataset data = Dataset.of(numbers.samples(m, d, kind), numbers.labels(m))) {
      for (EngineChoice engine : List.of(EngineChoice.PRIMAL, EngineChoice.GRAM)) {
        Hyperparameters options = some.withEngine(engine);
        Map<String, String> digests = new LinkedHashMap<>();
        for (Kernels kernels : AllKernels.atSpeed()) {
          TrainingResult result =
              new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT);
          digests.put(
              kernels.name() + kernels.lanes(), result.model().weightsSha256() + result.costs());
        }
        assertThat(digests.values().stream().distinct())
            .as("d=%d m=%d %s: %s", d, m, options, digests)
            .hasSize(1);
      }
    }
  }
}
