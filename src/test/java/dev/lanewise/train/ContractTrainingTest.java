// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole iterations, tree over blocks and all, against the contract on plain arrays. */
class ContractTrainingTest {

  static Stream<Arguments> cases() {
    int[][] shapes = {{1, 1}, {5, 256}, {17, 257}, {33, 600}, {3, 2000}, {12288, 20}, {40, 1025}};
    return Stream.of(shapes)
        .flatMap(
            shape ->
                AllKernels.fast().stream()
                    .map(
                        kernels ->
                            Arguments.of(
                                shape[0], shape[1], kernels.name() + kernels.lanes(), kernels)));
  }

  @ParameterizedTest(name = "d={0} m={1} {2}")
  @MethodSource("cases")
  void iterationsGiveTheBitsOfTheContract(int d, int m, String name, Kernels kernels) {
    HostileNumbers numbers = new HostileNumbers(31L * d + m);
    float[][] x = numbers.samples(m, d, HostileNumbers.Kind.SIGNED);
    int[] y = numbers.labels(m);
    double alpha = 0.7;
    int iterations = 5;

    ContractOracle.State expected = new ContractOracle.State(new float[d], 0f, 0);
    double[] costs = new double[iterations];
    for (int iteration = 0; iteration < iterations; iteration++) {
      expected = ContractOracle.iterate(x, y, expected.w(), expected.b(), alpha);
      costs[iteration] = expected.cost();
    }

    try (Dataset data = Dataset.of(x, y)) {
      Hyperparameters options =
          Hyperparameters.tutorial()
              .withEngine(EngineChoice.PRIMAL)
              .withIterations(iterations)
              .withLearningRate(alpha)
              .withCostEvery(1);
      TrainingResult result =
          new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT);
      assertThat(bits(result.model().weights())).isEqualTo(bits(expected.w()));
      assertThat(Float.floatToIntBits(result.model().bias()))
          .isEqualTo(Float.floatToIntBits(expected.b()));
      assertThat(result.costs().stream().mapToDouble(CostPoint::cost).toArray()).isEqualTo(costs);
    }
  }

  @ParameterizedTest(name = "d={0} m={1} {2}")
  @MethodSource("cases")
  void theGramEngineGivesTheBitsOfTheContract(int d, int m, String name, Kernels kernels) {
    HostileNumbers numbers = new HostileNumbers(37L * d + m);
    float[][] x = numbers.samples(m, d, HostileNumbers.Kind.SIGNED);
    int[] y = numbers.labels(m);
    double alpha = 0.7;
    int iterations = 5;
    try (Dataset data = Dataset.of(x, y);
        Arena arena = Arena.ofConfined()) {
      for (Initialization start : List.of(Initialization.ZEROS, Initialization.NORMAL)) {
        FloatMatrix w0 = FloatMatrix.allocate(arena, d, 1);
        start.fill(w0, 9);
        ContractOracle.GramRun expected =
            ContractOracle.gramRun(x, y, w0.column(0), alpha, iterations);
        Hyperparameters options =
            Hyperparameters.tutorial()
                .withEngine(EngineChoice.GRAM)
                .withIterations(iterations)
                .withLearningRate(alpha)
                .withInitialization(start, 9)
                .withCostEvery(1);
        TrainingResult result =
            new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT);
        assertThat(result.engine()).isEqualTo("gram");
        assertThat(bits(result.model().weights())).isEqualTo(bits(expected.w()));
        assertThat(Float.floatToIntBits(result.model().bias()))
            .isEqualTo(Float.floatToIntBits(expected.b()));
        assertThat(result.costs().stream().mapToDouble(CostPoint::cost).toArray())
            .isEqualTo(expected.costs());
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }
}
