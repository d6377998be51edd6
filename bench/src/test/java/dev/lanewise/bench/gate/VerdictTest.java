// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.bench.ratio.Spread;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Requirement OF_4 = new Requirement(1.5, OptionalDouble.of(4));

  // More measurements than given would throw.
  private static Supplier<Spread> measured(double... medians) {
    Iterator<Spread> spreads =
        List.of(medians).stream()
            .flatMapToDouble(java.util.Arrays::stream)
            .mapToObj(median -> new Spread(median / 2, median, median * 2))
            .iterator();
    return spreads::next;
  }

  @Test
  void aRatioMayFallByAQuarter() {
    Verdict verdict = Verdict.of("r", OF_4, measured(3.0));

    assertThat(verdict.holds()).isTrue();
    assertThat(verdict).asString().contains("r ", "3.00 (1.50 to 6.00)", "baseline 4.00", ": ok");
  }

  @Test
  void aRatioThatFellOnceIsMeasuredAgain() {
    Verdict verdict = Verdict.of("r", OF_4, measured(2.9, 3.5));

    assertThat(verdict.holds()).isTrue();
    assertThat(verdict).asString().contains("2.90", "again 3.50", "ok the second time");
  }

  @Test
  void aRatioThatFellTwiceInARowHasFallen() {
    Verdict verdict = Verdict.of("r", OF_4, measured(2.9, 2.99));

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict).asString().contains("at least 3.00: TOO LOW");
  }

  @Test
  void whatIsNoNumberHasFallen() {
    assertThat(Verdict.of("r", OF_4, measured(Double.NaN, Double.NaN)).holds()).isFalse();
  }

  @Test
  void withoutABaselineTheFloorCounts() {
    Requirement floor = new Requirement(1.5, OptionalDouble.empty());

    assertThat(Verdict.of("r", floor, measured(1.5)).holds()).isTrue();
    assertThat(Verdict.of("r", floor, measured(1.49, 1.49)).holds()).isFalse();
    assertThat(Verdict.of("r", floor, measured(1.5))).asString().contains("no baseline");
  }

  @Test
  void aLowBaselineDoesNotLowerTheFloor() {
    Requirement low = new Requirement(1.5, OptionalDouble.of(1.6));

    assertThat(low.least()).isEqualTo(1.5);
  }
}
