// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.SgdOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KernelWarmUpTest {

  private static final Kernels SIMD = KernelChoice.choose(KernelRequest.simd(), warning -> {});

  static Stream<Arguments> runs() {
    return Stream.of(SolverChoice.values())
        .flatMap(
            solver ->
                Stream.of(2, 3).map(classes -> Arguments.of(Hyperparameters.of(solver), classes)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void warmsTheKernelsOfEverySolver(Hyperparameters options, int classes) {
    assertWarms(options, classes);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void warmsTheKernelsOfNetworks(Activation activation) {
    Hyperparameters options =
        Hyperparameters.of(SolverChoice.SGD)
            .withInitialization(Initialization.HE, 1)
            .withHidden(new HiddenLayers(List.of(5), activation, 0))
            .withSgd(SgdOptions.USUAL_OF_NETWORKS);
    assertWarms(options, 3);
  }

  static Activation[] activations() {
    return Activation.values();
  }

  private static void assertWarms(Hyperparameters options, int classes) {
    Kernels scalar = KernelChoice.choose(KernelRequest.scalar(), warning -> {});
    try (Dataset data = OneVersusRestTest.clouds(30, 4, "a", "b", classes == 2 ? "a" : "c");
        Dataset pixels = DrawnCats.TEST.read()) {
      for (Kernels kernels : List.of(SIMD, scalar)) {
        assertThat(KernelWarmUp.once(options, kernels, data)).isGreaterThan(3);
        assertThat(KernelWarmUp.once(options, kernels, pixels)).isGreaterThan(4);
      }
    }
  }

  @Test
  void endsWhenTheSamplesAreThere() throws InterruptedException {
    KernelWarmUp warmUp = KernelWarmUp.start(Hyperparameters.of(SolverChoice.LBFGS), SIMD);
    try (Dataset data = OneVersusRestTest.clouds(30, 4, "a", "b", "a")) {
      warmUp.await(data);
    }
    assertThat(warmUp.thread().join(Duration.ofSeconds(60))).isTrue();
  }

  @Test
  void endsWithoutSamples() throws InterruptedException {
    KernelWarmUp warmUp = KernelWarmUp.start(Hyperparameters.of(SolverChoice.LBFGS), SIMD);
    warmUp.close();
    assertThat(warmUp.thread().join(Duration.ofSeconds(60))).isTrue();
  }
}
