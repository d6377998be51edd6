// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import static dev.lanewise.JudgingGolden.doubles;
import static dev.lanewise.JudgingGolden.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.JudgingGolden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calibrations against scikit-learn and SciPy. */
class CalibrationTest {

  private static final double CLOSE = 1e-12;

  private final JsonNode golden = JudgingGolden.read();

  private static double sigmoid(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void plattIsThatOfScikitLearn(int number) {
    JsonNode expected = golden.get("calibrations").get(number);
    double[] scores = doubles(expected.get("scores"));
    PlattCalibration platt = PlattCalibration.fit(scores, ints(expected.get("labels")));
    assertThat(platt.slope())
        .isCloseTo(expected.get("platt").get("slope").asDouble(), within(CLOSE));
    assertThat(platt.intercept())
        .isCloseTo(expected.get("platt").get("intercept").asDouble(), within(CLOSE));
    double[] close = doubles(expected.get("platt").get("ofScikitLearn"));
    for (int j = 0; j < scores.length; j++) {
      assertThat(sigmoid(platt.score(scores[j]))).isCloseTo(close[j], within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void isotonicIsThatOfScikitLearn(int number) {
    JsonNode expected = golden.get("calibrations").get(number);
    IsotonicCalibration isotonic =
        IsotonicCalibration.fit(doubles(expected.get("scores")), ints(expected.get("labels")));
    double[] at = doubles(expected.get("at"));
    double[] probabilities = doubles(expected.get("isotonic"));
    for (int j = 0; j < at.length; j++) {
      assertThat(isotonic.probability(at[j])).isCloseTo(probabilities[j], within(CLOSE));
      assertThat(sigmoid(isotonic.score(at[j]))).isCloseTo(probabilities[j], within(CLOSE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theTemperatureIsWhereTheSlopeIsZero(int number) {
    JsonNode expected = golden.get("calibrations").get(number);
    TemperatureCalibration temperature =
        TemperatureCalibration.fit(doubles(expected.get("scores")), ints(expected.get("labels")));
    assertThat(temperature.temperature())
        .isCloseTo(expected.get("temperature").asDouble(), within(CLOSE));
  }

  @Test
  void theTemperatureOfManyClassesIsWhereTheSlopeIsZero() {
    JsonNode expected = golden.get("many");
    double[][] scores = new double[expected.get("scores").size()][];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = doubles(expected.get("scores").get(j));
    }
    assertThat(TemperatureCalibration.fit(scores, ints(expected.get("labels"))).temperature())
        .isCloseTo(expected.get("temperature").asDouble(), within(CLOSE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"platt", "isotonic", "temperature"})
  void numbersMakeTheSameCalibration(String id) {
    double[] scores = {-2, -1, 0, 1, 2, 3};
    int[] labels = {0, 1, 0, 1, 0, 1};
    for (Calibration.Kind kind : Calibration.Kind.values()) {
      if (kind.id().equals(id)) {
        Calibration calibration = Calibration.fit(kind, scores, labels);
        double[] numbers =
            calibration.numbers().stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(Calibration.of(id, numbers)).isEqualTo(calibration);
        assertThat(calibration.kind()).isEqualTo(kind);
        assertThat(calibration.score(Double.NaN)).isNaN();
      }
    }
  }

  @Test
  void whatCannotBeCalibratedIsRejected() {
    double[] scores = {-2, -1, 1, 2};
    for (Calibration.Kind kind : Calibration.Kind.values()) {
      assertThatThrownBy(() -> Calibration.fit(kind, scores, new int[] {1, 1, 1, 1}))
          .hasMessageContaining("both classes");
    }
    assertThatThrownBy(() -> TemperatureCalibration.fit(scores, new int[] {0, 0, 1, 1}))
        .hasMessageContaining("classify all held-out samples correctly");
    assertThatThrownBy(() -> TemperatureCalibration.fit(scores, new int[] {1, 1, 0, 0}))
        .hasMessageContaining("tell nothing");
    assertThatThrownBy(() -> Calibration.of("beta", new double[] {1, 2}))
        .hasMessageContaining("no calibration is called 'beta'");
    assertThatThrownBy(() -> Calibration.of("platt", new double[] {1}))
        .hasMessageContaining("expected 2");
    assertThatThrownBy(() -> Calibration.of("temperature", new double[] {-1}))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> new IsotonicCalibration(List.of(1.0, 0.0), List.of(0.2, 0.3)))
        .hasMessageContaining("knots");
    assertThatThrownBy(() -> new IsotonicCalibration(List.of(0.0, 1.0), List.of(0.3, 0.2)))
        .hasMessageContaining("knots");
    assertThatThrownBy(() -> new IsotonicCalibration(List.of(0.0), List.of(1.0)))
        .hasMessageContaining("knots");
  }

  @Test
  void separableScoresHaveAPlattCalibrationOfFiniteSlope() {
    PlattCalibration platt =
        PlattCalibration.fit(new double[] {-2, -1, 1, 2}, new int[] {0, 0, 1, 1});
    assertThat(platt.slope()).isBetween(0.3, 3.0);
  }
}
