// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsTest {

  private static final Offset<Double> ROUNDING = within(1e-12);

  /** What scikit-learn says, with the scores it says it of. */
  record Golden(JsonNode json) {

    float[] probabilities() {
      double[] values = numbers(json.get("probabilities"));
      float[] floats = new float[values.length];
      IntStream.range(0, floats.length).forEach(j -> floats[j] = (float) values[j]);
      return floats;
    }

    int[] labels() {
      return Arrays.stream(numbers(json.get("labels"))).mapToInt(label -> (int) label).toArray();
    }

    double[] list(String name, int index) {
      return numbers(json.get(name).get(index));
    }

    double number(String name) {
      return json.get(name).asDouble();
    }

    @Override
    public String toString() {
      return json.get("name").asText();
    }

    private static double[] numbers(JsonNode array) {
      return StreamSupport.stream(array.spliterator(), false)
          .mapToDouble(JsonNode::asDouble)
          .toArray();
    }
  }

  static Stream<Golden> goldens() throws IOException {
    try (InputStream in = MetricsTest.class.getResourceAsStream("/report/metrics.json")) {
      JsonNode all = new ObjectMapper().readTree(in);
      return StreamSupport.stream(all.spliterator(), false).map(Golden::new);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void theRocCurveIsThatOfScikitLearn(Golden golden) {
    RocCurve roc = RocCurve.of(ranking(golden)).orElseThrow();
    assertCurve(roc.points(), golden.list("roc", 0), golden.list("roc", 1));
    assertThat(roc.area()).isCloseTo(golden.number("area"), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void precisionAndRecallAreThoseOfScikitLearn(Golden golden) {
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(ranking(golden)).orElseThrow();
    assertCurve(
        curve.points(), golden.list("precisionRecall", 0), golden.list("precisionRecall", 1));
    assertThat(curve.averagePrecision()).isCloseTo(golden.number("averagePrecision"), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void reliabilityIsThatOfScikitLearn(Golden golden) {
    Reliability reliability = Reliability.of(golden.probabilities(), golden.labels());
    double[] means = golden.list("reliability", 0);
    double[] shares = golden.list("reliability", 1);
    double[] counts = golden.list("reliability", 2);
    assertThat(reliability.bins()).hasSameSizeAs(means);
    for (int i = 0; i < means.length; i++) {
      Reliability.Bin bin = reliability.bins().get(i);
      assertThat(bin.meanProbability()).isCloseTo(means[i], ROUNDING);
      assertThat(bin.share()).isCloseTo(shares[i], ROUNDING);
      assertThat(bin.samples()).isEqualTo((int) counts[i]);
    }
    assertThat(reliability.brierScore()).isCloseTo(golden.number("brierScore"), ROUNDING);
    assertThat(reliability.calibrationError())
        .isCloseTo(golden.number("calibrationError"), ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void countsAtAThresholdAreThoseOfCounting(Golden golden) {
    float[] probabilities = golden.probabilities();
    int[] labels = golden.labels();
    ThresholdCounts counts = ThresholdCounts.of(probabilities, labels);
    for (int step = 0; step <= ThresholdCounts.STEPS; step++) {
      double threshold = step / 100.0;
      for (int label = 0; label < 2; label++) {
        int wanted = label;
        long above =
            IntStream.range(0, labels.length)
                .filter(j -> labels[j] == wanted && probabilities[j] > threshold)
                .count();
        int counted = label == 1 ? counts.truePositives(step) : counts.falsePositives(step);
        assertThat(counted).as("label %d above %s", label, threshold).isEqualTo((int) above);
      }
    }
    assertThat(counts.positives() + counts.negatives()).isEqualTo(labels.length);
    assertThat(counts.positives()).isEqualTo(Arrays.stream(labels).sum());
  }

  private static Ranking ranking(Golden golden) {
    return Ranking.of(golden.probabilities(), golden.labels());
  }

  private static void assertCurve(Curve curve, double[] x, double[] y) {
    assertThat(curve.size()).isEqualTo(x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat(curve.x(i)).isCloseTo(x[i], ROUNDING);
      assertThat(curve.y(i)).isCloseTo(y[i], ROUNDING);
    }
  }

  @Test
  void negativeInfiniteAndMissingScoresHaveTheirPlace() {
    float[] scores = {Float.NaN, -1, 2, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0f};
    Ranking ranking = Ranking.of(scores, new int[] {1, 0, 1, 0, 1, 0, 1});
    assertThat(ranking.groups()).isEqualTo(5);
    assertThat(IntStream.range(0, 5).map(ranking::truePositives)).containsExactly(1, 2, 3, 3, 4);
    assertThat(IntStream.range(0, 5).map(ranking::falsePositives)).containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  void oneClassAloneHasNoCurve() {
    Ranking ones = Ranking.of(new float[] {1, 2}, new int[] {1, 1});
    Ranking zeros = Ranking.of(new float[] {1, 2}, new int[] {0, 0});
    assertThat(RocCurve.of(ones)).isEmpty();
    assertThat(RocCurve.of(zeros)).isEmpty();
    assertThat(PrecisionRecallCurve.of(zeros)).isEmpty();
    assertThat(PrecisionRecallCurve.of(ones).orElseThrow().averagePrecision()).isEqualTo(1);
  }

  @Test
  void theAreaOfManySamplesDoesNotOverflow() {
    int samples = 400_000;
    float[] scores = new float[samples];
    int[] labels = new int[samples];
    for (int j = 0; j < samples; j++) {
      scores[j] = j;
      labels[j] = j < samples / 2 ? 0 : 1;
    }
    assertThat(RocCurve.of(Ranking.of(scores, labels)).orElseThrow().area()).isEqualTo(1);
  }

  @Test
  void probabilitiesThatAreNoNumbersAreLeftOut() {
    Reliability some = Reliability.of(new float[] {Float.NaN, 0.75f}, new int[] {1, 1});
    assertThat(some.bins()).containsExactly(new Reliability.Bin(0.75, 1, 1));
    assertThat(some.brierScore()).isEqualTo(0.0625);
    assertThat(Reliability.of(new float[] {Float.NaN}, new int[] {1}).brierScore()).isNaN();
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ranking.of(new float[2], new int[3]))
        .withMessageContaining("3 labels for 2 samples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThresholdCounts.of(new float[1], new int[] {2}))
        .withMessageContaining("not 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Reliability.of(new float[0], new int[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curve(new double[] {1, 0}, new double[2]))
        .withMessageContaining("falls");
  }
}
