// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryMetricsTest {

  private static final Offset<Double> ROUNDING = within(1e-12);

  static Stream<Named<JsonNode>> goldens() throws IOException {
    try (InputStream in = BinaryMetricsTest.class.getResourceAsStream("/report/binary.json")) {
      JsonNode all = new ObjectMapper().readTree(in);
      return StreamSupport.stream(all.spliterator(), false)
          .map(golden -> Named.of(golden.get("name").asText(), golden));
    }
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void theMetricsAreThoseOfScikitLearn(JsonNode golden) {
    float[] scores = new float[golden.get("scores").size()];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = (float) golden.get("scores").get(j).asDouble();
    }
    BinaryMetrics metrics =
        BinaryMetrics.of(scores, ints(golden.get("labels")), ints(golden.get("predicted")));
    assertThat(metrics.rocArea()).hasValueCloseTo(golden.get("rocArea").asDouble(), ROUNDING);
    assertThat(metrics.averagePrecision())
        .hasValueCloseTo(golden.get("averagePrecision").asDouble(), ROUNDING);
    assertThat(metrics.brierScore()).isCloseTo(golden.get("brierScore").asDouble(), ROUNDING);
    assertThat(metrics.logLoss()).isCloseTo(golden.get("logLoss").asDouble(), ROUNDING);
    assertThat(metrics.precision()).isCloseTo(golden.get("precision").asDouble(), ROUNDING);
    assertThat(metrics.recall()).isCloseTo(golden.get("recall").asDouble(), ROUNDING);
    assertThat(metrics.f1()).isCloseTo(golden.get("f1").asDouble(), ROUNDING);
    assertThat(metrics.matthews()).isCloseTo(golden.get("matthews").asDouble(), ROUNDING);
  }

  @Test
  void samplesOfOneClassHaveNoAreas() {
    BinaryMetrics none = BinaryMetrics.of(new float[] {1, -1}, new int[] {0, 0}, new int[] {1, 0});
    assertThat(none.rocArea()).isEmpty();
    assertThat(none.averagePrecision()).isEmpty();
    assertThat(none.recall()).isZero();
    assertThat(none.matthews()).isZero();
    BinaryMetrics all = BinaryMetrics.of(new float[] {800}, new int[] {0}, new int[] {1});
    assertThat(all.logLoss()).as("no overflow").isEqualTo(800);
    assertThat(all.brierScore()).isEqualTo(1);
  }

  @Test
  void manySamplesDoNotOverflow() {
    int samples = 300_000;
    float[] scores = new float[samples];
    int[] labels = new int[samples];
    int[] predicted = new int[samples];
    for (int j = 0; j < samples; j++) {
      labels[j] = j % 2;
      predicted[j] = j % 4 == 0 ? 1 - labels[j] : labels[j];
    }
    // 150,000 of class 1, all right; of class 0 half.
    assertThat(BinaryMetrics.of(scores, labels, predicted).matthews())
        .isCloseTo((150e3 * 75e3) / Math.sqrt(225e3 * 150e3 * 150e3 * 75e3), ROUNDING);
  }

  @Test
  void countsMustFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryMetrics.of(new float[] {1}, new int[] {1}, new int[] {1, 0}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryMetrics.of(new float[] {1}, new int[] {2}, new int[] {1}));
  }
}
