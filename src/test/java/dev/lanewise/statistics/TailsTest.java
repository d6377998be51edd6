// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against SciPy 1.10.1: {@code 2 * stats.norm.sf(z)} and {@code stats.chi2.sf(x, degrees)}. */
class TailsTest {

  private static final double PERCENT = 1e-10;

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1e-08, 0.9999999920211544",
    "0.3, 0.7641771556220948",
    "1, 0.31731050786291415",
    "-1.959963984540054, 0.05",
    "2.8, 0.005110260660855864",
    "2.83, 0.004654800413463103",
    "3, 0.0026997960632601866",
    "5, 5.733031437583866e-07",
    "-8.5, 1.89590696444065e-17",
    "20, 5.507248237212311e-89",
    "37, 1.1451142445047853e-299"
  })
  void normal(double z, double expected) {
    assertThat(Tails.normalTwoSided(z)).isCloseTo(expected, withinPercentage(PERCENT));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-09, 1, 0.999974768674784",
    "0.1, 1, 0.7518296340458492",
    "3.84, 1, 0.05004352124870519",
    "4, 1, 0.04550026389635857",
    "10, 1, 0.001565402258002549",
    "80, 1, 3.744097384202887e-19",
    "0.5, 2, 0.7788007830714049",
    "7, 2, 0.0301973834223185",
    "3, 3, 0.3916251762710877",
    "30, 4, 4.894437128029217e-06",
    "9, 9, 0.43727418891386693",
    "108.0145485362948, 5, 1.076431243903253e-21",
    "60, 50, 0.1572420272383916",
    "120, 101, 0.09554063007025347",
    "900, 200, 2.360899075506571e-89",
    "0.001, 40, 1"
  })
  void chiSquared(double x, int degrees, double expected) {
    assertThat(Tails.chiSquared(x, degrees)).isCloseTo(expected, withinPercentage(PERCENT));
  }

  @Test
  void theEnds() {
    assertThat(Tails.normalTwoSided(Double.POSITIVE_INFINITY)).isZero();
    assertThat(Tails.normalTwoSided(Double.NaN)).isNaN();
    assertThat(Tails.chiSquared(0, 3)).isEqualTo(1);
    assertThat(Tails.chiSquared(-1, 3)).isEqualTo(1);
    assertThatThrownBy(() -> Tails.chiSquared(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 degree");
  }
}
