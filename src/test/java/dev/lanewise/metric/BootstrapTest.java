// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import static dev.lanewise.JudgingGolden.doubles;
import static dev.lanewise.JudgingGolden.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.JudgingGolden;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Intervals against the metrics of scikit-learn on the same draws. */
class BootstrapTest {

  private static final double CLOSE = 1e-12;

  @Test
  void intervalsAreThoseOfScikitLearnsMetrics() {
    JsonNode expected = JudgingGolden.read().get("bootstrap");
    double[] exact = doubles(expected.get("scores"));
    float[] scores = new float[exact.length];
    int[] predicted = new int[exact.length];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = (float) exact[j];
      predicted[j] = scores[j] > 0 ? 1 : 0;
    }
    Map<String, Bootstrap.Interval> found =
        Bootstrap.intervals(
            scores,
            ints(expected.get("labels")),
            predicted,
            expected.get("draws").asInt(),
            expected.get("seed").asLong());
    assertThat(found).hasSameSizeAs(expected.get("intervals"));
    int i = 0;
    for (Map.Entry<String, Bootstrap.Interval> entry : found.entrySet()) {
      JsonNode ends = expected.get("intervals").get(i++);
      assertThat(entry.getValue().lower())
          .as(entry.getKey())
          .isCloseTo(ends.get(0).asDouble(), within(CLOSE));
      assertThat(entry.getValue().upper())
          .as(entry.getKey())
          .isCloseTo(ends.get(1).asDouble(), within(CLOSE));
    }
  }

  @Test
  void drawsWithoutAClassHaveNoAreaAndAreLeftOut() {
    Map<String, Bootstrap.Interval> found =
        Bootstrap.intervals(
            new float[] {1, 2, -1}, new int[] {1, 0, 0}, new int[] {1, 1, 0}, 200, 1);
    assertThat(found.get("rocArea").lower()).isBetween(0.0, 0.5);
    assertThat(found.get("rocArea").upper()).isBetween(0.5, 1.0);
    assertThat(found.get("accuracy").upper()).isEqualTo(1);
  }

  @Test
  void theNumberOfDrawsIsChecked() {
    for (int draws : new int[] {-1, 1, Bootstrap.MOST + 1}) {
      assertThatThrownBy(
              () -> Bootstrap.intervals(new float[] {1}, new int[] {1}, new int[] {1}, draws, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 2 to 100000 draws, not " + draws);
    }
  }
}
