// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {

  @Test
  void whatNoMachineHasIsRefusedWithBothNumbers() {
    assertThat(Memory.lack("a matrix", 1L << 60).orElseThrow())
        .matches("a matrix needs 1152921504606846976 bytes of memory, this machine has \\d{9,}");
    assertThat(Memory.lack("a matrix", Long.MAX_VALUE)).isPresent();
    assertThat(Memory.isLarge(1L << 60)).isTrue();
  }

  @Test
  void whatIsSmallFits() {
    assertThat(Memory.lack("a matrix", 1 << 20)).isEmpty();
    assertThat(Memory.isLarge(1 << 20)).isFalse();
  }
}
