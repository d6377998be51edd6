// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiceTest {

  @Test
  void staysInItsRanges() {
    Dice dice = Dice.of(1, Part.TRAIN, 2, 3);

    for (int i = 0; i < 10_000; i++) {
      assertThat(dice.unit()).isGreaterThanOrEqualTo(0).isLessThan(1);
      assertThat(dice.around(5, 2)).isBetween(3.0, 7.0);
      assertThat(dice.between(-1, 4)).isBetween(-1.0, 4.0);
      assertThat(dice.below(3)).isBetween(0, 2);
      assertThat(dice.sign()).isIn(-1, 1);
    }
  }

  @Test
  void eachArgumentMatters() {
    Set<Long> first = new HashSet<>();
    for (long seed = -3; seed < 3; seed++) {
      for (Part part : Part.values()) {
        for (long purpose = 0; purpose < 6; purpose++) {
          for (long index = 0; index < 6; index++) {
            first.add(Dice.of(seed, part, purpose, index).bits());
          }
        }
      }
    }

    assertThat(first).hasSize(6 * 2 * 6 * 6);
  }

  @Test
  void sequenceIsTheOneItHasAlwaysBeen() {
    Dice dice = Dice.of(1, Part.TRAIN, 2, 3);

    assertThat(new long[] {dice.bits(), dice.bits()})
        .containsExactly(5448189355898889427L, 1999566916687384766L);
  }
}
