// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static dev.lanewise.JudgingGolden.doubles;
import static dev.lanewise.JudgingGolden.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.JudgingGolden;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.table.CategoricalEncoding;
import dev.lanewise.data.table.NumericEncoding;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Permutation importance and contributions against NumPy and scikit-learn. */
class ImportanceTest {

  private static final double CLOSE = 1e-12;

  private final Kernels kernels = KernelChoice.choose(KernelRequest.scalar(), warning -> {});
  private final JsonNode golden = JudgingGolden.read().get("importance");

  private Model model() {
    double[] exact = doubles(golden.get("weights"));
    float[] weights = new float[exact.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) exact[i];
    }
    TableEncoding encoding =
        new TableEncoding(
            List.of(
                new NumericEncoding("a", false, OptionalDouble.empty(), false),
                new NumericEncoding("b", false, OptionalDouble.empty(), false),
                new CategoricalEncoding(
                    "c", List.of("x", "y", "z"), List.of(), Optional.empty(), false)),
            Set.of());
    Schema schema =
        new Schema(
            FeatureShape.of(weights.length),
            Scaling.NONE,
            List.of("0", "1"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(FeatureNames.of(encoding.featureNames())),
            Optional.empty(),
            Optional.of(encoding));
    Provenance provenance =
        Provenance.now("primal", "scalar", 1, 1, Map.of(), new DataProvenance("drawn", "", 1, 5));
    return new Model(weights, (float) golden.get("bias").asDouble(), schema, provenance);
  }

  private Dataset data() {
    float[][] rows = new float[golden.get("rows").size()][];
    for (int j = 0; j < rows.length; j++) {
      double[] row = doubles(golden.get("rows").get(j));
      rows[j] = new float[row.length];
      for (int i = 0; i < row.length; i++) {
        rows[j][i] = (float) row[i];
      }
    }
    return Dataset.of(rows, ints(golden.get("labels")));
  }

  @Test
  void importanceIsThatOfScikitLearnsMetricsOnTheSameShuffles() {
    try (Dataset data = data()) {
      List<Importance> found =
          Importance.of(
              model(), data, golden.get("repeats").asInt(), golden.get("seed").asLong(), kernels);
      assertThat(found.stream().map(Importance::column)).containsExactly("a", "b", "c");
      for (int c = 0; c < found.size(); c++) {
        double[] expected = doubles(golden.get("columns").get(c));
        Importance column = found.get(c);
        assertThat(column.logLoss()).isCloseTo(expected[0], within(CLOSE));
        assertThat(column.logLossDeviation()).isCloseTo(expected[1], within(CLOSE));
        assertThat(column.accuracy()).isCloseTo(expected[2], within(CLOSE));
        assertThat(column.accuracyDeviation()).isCloseTo(expected[3], within(CLOSE));
      }
    }
  }

  @Test
  void contributionsAndTheBiasAddUpToTheScore() {
    Model model = model();
    try (Dataset data = data()) {
      Explanations explanations = Explanations.of(model, data);
      Predictions predictions = model.predict(data, kernels);
      double[] weights = doubles(golden.get("weights"));
      for (int j = 0; j < data.samples(); j++) {
        double[] row = doubles(golden.get("rows").get(j));
        Map<String, Double> expected =
            Map.of(
                "a", weights[0] * row[0],
                "b", weights[1] * row[1],
                "c", weights[2] * row[2] + weights[3] * row[3] + weights[4] * row[4]);
        double sum = explanations.base(1);
        double before = Double.POSITIVE_INFINITY;
        for (Explanations.Contribution one : explanations.of(j, 1)) {
          assertThat(one.value()).isCloseTo(expected.get(one.column()), within(CLOSE));
          assertThat(Math.abs(one.value())).isLessThanOrEqualTo(before);
          before = Math.abs(one.value());
          sum += one.value();
        }
        assertThat(sum).isCloseTo(predictions.score(j), within(CLOSE));
        assertThat(explanations.of(j, 0).getFirst().value())
            .isEqualTo(-explanations.of(j, 1).getFirst().value());
        assertThat(explanations.base(0)).isEqualTo(-explanations.base(1));
      }
    }
  }

  @Test
  void aColumnIsShuffledAtLeastOnce() {
    try (Dataset data = data()) {
      assertThatThrownBy(() -> Importance.of(model(), data, 0, 1, kernels))
          .hasMessageContaining("at least once, not 0 times");
    }
  }
}
