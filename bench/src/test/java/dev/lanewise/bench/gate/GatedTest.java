// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.bench.ratio.Comparisons;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatedTest {

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void forksFindAllThatIsGated(int lanes) {
    assertThat(Gated.all(lanes))
        .extracting(Gated::name)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(Comparisons.named(name).name()).isEqualTo(name));
  }

  @Test
  void simdMustBeFasterThanScalarOnAnyMachine() {
    assertThat(Gated.all(8).subList(0, 3)).extracting(Gated::floor).containsOnly(1.5);
    assertThat(Gated.all(4).subList(0, 3)).extracting(Gated::floor).containsOnly(1.1);
  }
}
