// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {

  private static final int WIDEST = Math.min(16, FloatVector.SPECIES_PREFERRED.length());

  private final List<String> warnings = new ArrayList<>();

  @Test
  void autoTakesTheWidestVectorsWithoutAWarning() {
    Kernels kernels = choose(KernelRequest.auto());
    assertThat(kernels.name()).isEqualTo("simd");
    assertThat(kernels.lanes()).isEqualTo(WIDEST);
    assertThat(warnings).isEmpty();
  }

  @Test
  void scalarIsScalar() {
    assertThat(choose(KernelRequest.scalar()).name()).isEqualTo("scalar");
    assertThat(choose(KernelRequest.scalar()).lanes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void aWidthAskedForIsGivenOrRefused(int lanes) {
    if (lanes <= WIDEST) {
      assertThat(choose(KernelRequest.simd(lanes)).lanes()).isEqualTo(lanes);
    } else {
      assertThatThrownBy(() -> choose(KernelRequest.simd(lanes)))
          .isInstanceOf(KernelUnavailableException.class)
          .hasMessageContaining("no vectors of " + lanes + " floats")
          .hasMessageContaining("have " + WIDEST);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 12, 32})
  void otherWidthsAreRefused(int lanes) {
    assertThatThrownBy(() -> KernelRequest.simd(lanes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scalarKernelsHaveNoLanesToChoose() {
    assertThatThrownBy(
            () -> new KernelRequest(KernelRequest.Kind.SCALAR, java.util.OptionalInt.of(8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Kernels choose(KernelRequest request) {
    return KernelChoice.choose(request, warnings::add);
  }
}
