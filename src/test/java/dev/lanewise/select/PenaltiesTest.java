// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PenaltiesTest {

  @Test
  void theyGoFromStrongToWeakAndEachIsThereOnce() {
    assertThat(Penalties.of(1, 0, 10, 1, -0.0).values()).containsExactly(10.0, 1.0, 0.0);
  }

  @Test
  void aRangeHasItsEndsAndLikeRatios() {
    List<Double> values = Penalties.range(1e-3, 1e3, 7).values();
    assertThat(values).hasSize(7).startsWith(1e3).endsWith(1e-3);
    for (int i = 1; i < 7; i++) {
      assertThat(values.get(i - 1) / values.get(i)).isCloseTo(10, within(1e-4));
    }
    assertThat(Penalties.range(1e3, 1e-3, 7).values()).hasSize(7).startsWith(1e3).endsWith(1e-3);
    assertThat(Penalties.range(1e-1, 1e2, 7).values())
        .containsExactly(100.0, 31.6228, 10.0, 3.16228, 1.0, 0.316228, 0.1);
    assertThat(Penalties.range(2, 8, 2).values()).containsExactly(8.0, 2.0);
  }

  @Test
  void whatIsNoPenaltyIsRefused() {
    assertRefused(() -> Penalties.of(), "there is no penalty, expected at least one");
    assertRefused(() -> Penalties.of(1, -1), "the penalty l2 is finite and at least 0, not -1.0");
    assertRefused(() -> Penalties.of(Double.NaN), "not NaN");
    assertRefused(() -> Penalties.of(Double.POSITIVE_INFINITY), "not Infinity");
    assertRefused(() -> Penalties.range(0, 1, 3), "two ends above 0 and finite, not 0.0 and 1.0");
    assertRefused(() -> Penalties.range(1, 1, 3), "two ends");
    assertRefused(() -> Penalties.range(1, Double.POSITIVE_INFINITY, 3), "two ends");
    assertRefused(() -> Penalties.range(1, 2, 1), "from 2 to 1000 penalties, not 1");
    assertRefused(() -> Penalties.range(1, 2, 1001), "from 2 to 1000 penalties, not 1001");
  }

  private static void assertRefused(Runnable attempt, String message) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
