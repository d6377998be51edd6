// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyIntervalTest {

  /** Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void theIntervalsOfThePaper(int correct, int samples, double low, double high) {
    AccuracyInterval interval = AccuracyInterval.of(correct, samples);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void staysWithinZeroAndOne() {
    assertThat(AccuracyInterval.of(50, 50).high()).isEqualTo(1);
    assertThat(AccuracyInterval.of(0, 1).low()).isZero();
  }
}
