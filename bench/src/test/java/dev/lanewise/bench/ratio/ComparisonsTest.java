// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ComparisonsTest {

  @Test
  void aForkFindsAComparisonByItsName() {
    String name = Comparisons.gramToFmaPeak().name();

    assertThat(Comparisons.named(name).name()).isEqualTo(name);
    assertThatThrownBy(() -> Comparisons.named("Epoch to the moon")).hasMessageContaining("moon");
  }
}
