package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.SampleKind;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private final Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});

  private static Model model(Scaling scaling, List<String> names, float... weights) {
    return new Model(
        weights,
        0.5f,
        new SampleKind(FeatureShape.of(weights.length), scaling, names),
        ModelFileTest.model().provenance());
  }

  @Test
  void countsAndCostAreThoseOfTheReference() {
    float[][] x = {{1, 2}, {-3, 1}, {0.2f, 0}, {-1, -2}, {-0.6f, 0}};
    int[] y = {1, 1, 0, 0, 1};
    Model model = model(Scaling.NONE, SampleKind.UNNAMED, 1f, 0f);
    try (Dataset data = Dataset.of(x, y)) {
      Evaluation evaluation = Evaluation.of(model, data, kernels);
      // z + 0.5 is 1.5, -2.5, 0.7, -0.5, -0.1.
      assertThat(evaluation.truePositives()).isEqualTo(1);
      assertThat(evaluation.falseNegatives()).isEqualTo(2);
      assertThat(evaluation.falsePositives()).isEqualTo(1);
      assertThat(evaluation.trueNegatives()).isEqualTo(1);
      assertThat(evaluation.correct()).isEqualTo(2);
      assertThat(evaluation.accuracy()).isEqualTo(0.4);
      double cost = new Neuron(new double[] {1, 0}, 0.5).cost(Samples.of(data), y);
      assertThat(evaluation.cost()).isCloseTo(cost, within(1e-6));
    }
  }

  @Test
  void aProbabilityOfExactlyOneHalfIsClass0() {
    Model model = model(Scaling.NONE, SampleKind.UNNAMED, 1f);
    try (Dataset data = Dataset.of(new float[][] {{-0.5f}, {-0.4999f}}, new int[] {0, 1})) {
      Predictions predictions = model.predict(data, kernels);
      assertThat(predictions.probability(0)).isEqualTo(0.5f);
      assertThat(predictions.predictedClass(0)).isZero();
      assertThat(predictions.predictedClass(1)).isEqualTo(1);
    }
  }

  @Test
  void dataOfAnotherKindAreRefused() {
    try (Dataset data = Dataset.of(new float[][] {{1, 2}}, new int[] {1})) {
      assertThatThrownBy(
              () -> model(Scaling.NONE, SampleKind.UNNAMED, 1f, 2f, 3f).predict(data, kernels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("samples of 2 features")
          .hasMessageContaining("the model has 3");
      assertThatThrownBy(
              () -> model(Scaling.PIXELS, SampleKind.UNNAMED, 1f, 2f).predict(data, kernels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("scaled as 'none'")
          .hasMessageContaining("'pixels'");
    }
  }

  @Test
  void unnamedClassesGoWithAnyNames() {
    Model named = model(Scaling.NONE, List.of("non-cat", "cat"), 1f, 2f);
    try (Dataset data = Dataset.of(new float[][] {{1, 2}}, new int[] {1})) {
      assertThat(Evaluation.of(named, data, kernels).samples()).isEqualTo(1);
    }
  }
}
