// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private final Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});

  private static Model model(Scaling scaling, List<String> names, float... weights) {
    return new Model(
        weights,
        0.5f,
        new Schema(FeatureShape.of(weights.length), scaling, names),
        ModelFileTest.model().provenance());
  }

  @Test
  void countsAndCostAreThoseOfTheReference() {
    float[][] x = {{1, 2}, {-3, 1}, {0.2f, 0}, {-1, -2}, {-0.6f, 0}};
    int[] y = {1, 1, 0, 0, 1};
    Model model = model(Scaling.NONE, Schema.UNNAMED, 1f, 0f);
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
    Model model = model(Scaling.NONE, Schema.UNNAMED, 1f);
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
              () -> model(Scaling.NONE, Schema.UNNAMED, 1f, 2f, 3f).predict(data, kernels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("samples of 2 features")
          .hasMessageContaining("the model has 3");
      assertThatThrownBy(() -> model(Scaling.PIXELS, Schema.UNNAMED, 1f, 2f).predict(data, kernels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("features that are numbers as they are")
          .hasMessageContaining("the model has unsigned bytes times 1/255");
    }
  }

  @Test
  void namesAreNotMatchedWithNumbersUntilTold() {
    List<String> names = List.of("non-cat", "cat");
    Model named = model(Scaling.NONE, names, 1f, 2f);
    Model numbered = model(Scaling.NONE, Schema.UNNAMED, 1f, 2f);
    try (Dataset data = Dataset.of(new float[][] {{1, 2}, {2, 1}}, new int[] {1, 0})) {
      assertThatThrownBy(() -> Evaluation.of(named, data, kernels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("classes [0, 1], but the model has [non-cat, cat]; names are not");
      Dataset told = data.withClassNames(names);
      assertThat(Evaluation.of(named, told, kernels).samples()).isEqualTo(2);
      assertThatThrownBy(() -> Evaluation.of(numbered, told, kernels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("classes [non-cat, cat], but the model has [0, 1]; names are not");
      Dataset written = data.withClassNames(List.of("0.0", "1e0"));
      assertThat(Evaluation.of(numbered, written, kernels).correct()).isEqualTo(1);
    }
  }

  /** Compared with scikit-learn's confusion_matrix, precision, recall and f1 (macro). */
  @Test
  void manyClassesAreCountedAsScikitLearnDoes() {
    int[] y = {0, 0, 0, 1, 1, 2, 2, 2, 2, 0};
    int[] taken = {0, 1, 0, 1, 2, 2, 2, 0, 2, 2};
    ConfusionMatrix confusion = new ConfusionMatrix(4, y, taken);
    assertThat(confusion.correct()).isEqualTo(6);
    assertThat(confusion.count(0, 0)).isEqualTo(2);
    assertThat(confusion.count(0, 1)).isEqualTo(1);
    assertThat(confusion.count(0, 2)).isEqualTo(1);
    assertThat(confusion.count(3, 0)).isZero();
    assertThat(confusion.samplesOf(2)).isEqualTo(4);
    assertThat(confusion.predictionsOf(2)).isEqualTo(5);
    assertThat(confusion.precision(0)).isCloseTo(0.6666666666666666, within(1e-15));
    assertThat(confusion.recall(0)).isEqualTo(0.5);
    assertThat(confusion.f1(0)).isCloseTo(0.5714285714285714, within(1e-15));
    assertThat(confusion.precision(2)).isEqualTo(0.6);
    assertThat(confusion.recall(2)).isEqualTo(0.75);
    assertThat(confusion.f1(2)).isCloseTo(0.6666666666666666, within(1e-15));
    assertThat(confusion.precision(3)).as("0 of 0").isZero();
    assertThat(confusion.f1(3)).isZero();
    assertThat(confusion.mistakes(3))
        .containsExactly(
            new ConfusionMatrix.Mistake(0, 1, 1),
            new ConfusionMatrix.Mistake(0, 2, 1),
            new ConfusionMatrix.Mistake(1, 2, 1));
    assertThat(confusion.mistakes(9)).hasSize(4).contains(new ConfusionMatrix.Mistake(2, 0, 1));
    // Of the classes that occur, as scikit-learn has it.
    assertThat(confusion.macroF1()).isCloseTo(0.5793650793650794, within(1e-15));
    assertThatThrownBy(() -> confusion.count(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new ConfusionMatrix(4, y, new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aModelOfManyClassesIsHeldAgainstTheNamesOfTheLabels() {
    float[][] eye = {{9, 0, 0}, {0, 9, 0}, {0, 0, 9}};
    Model model =
        new Model(
            eye,
            new float[3],
            MultiClass.SOFTMAX,
            new Schema(FeatureShape.of(3), Scaling.NONE, List.of("3", "7", "9")),
            ModelFileTest.model().provenance());
    float[][] x = {{1, 0, 0}, {0, 1, 0.5f}, {0, 0.5f, 1}, {1, 0.5f, 0}};
    List<String> texts = List.of("3", "7", "7", "9");
    try (Dataset data = named(x, texts)) {
      Evaluation evaluation = Evaluation.of(model, data, kernels);
      assertThat(evaluation.samples()).isEqualTo(4);
      assertThat(evaluation.correct()).isEqualTo(2);
      assertThat(evaluation.topAccuracy(1)).isEqualTo(evaluation.accuracy()).isEqualTo(0.5);
      assertThat(evaluation.topAccuracy(2)).isEqualTo(0.75);
      assertThat(evaluation.topAccuracy(3)).isEqualTo(1);
      assertThat(evaluation.topAccuracy(7)).isEqualTo(1);
      assertThat(evaluation.confusion().count(1, 2)).isEqualTo(1);
      assertThat(evaluation.confusion().count(2, 0)).isEqualTo(1);
      double cost = 0;
      int[] y = {0, 1, 1, 2};
      for (int j = 0; j < 4; j++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += Math.exp(9.0 * x[j][k]);
        }
        cost += Math.log(sum) - 9.0 * x[j][y[j]];
      }
      assertThat(evaluation.cost()).isCloseTo(cost / 4, within(1e-6));
      assertThatThrownBy(evaluation::truePositives).isInstanceOf(IllegalStateException.class);
    }
    try (Dataset data = named(x, List.of("3", "7", "8", "9"))) {
      assertThatThrownBy(() -> Evaluation.of(model, data, kernels))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("sample 2 is of class '8', which the model does not have")
          .hasMessageContaining("[3, 7, 9]");
    }
  }

  private static Dataset named(float[][] x, List<String> texts) {
    Labels labels = Labels.ofTexts("test", "y", texts, LabelRules.STRICT, List.of()).orElseThrow();
    Arena arena = Arena.ofShared();
    FloatMatrix features = FloatMatrix.allocate(arena, x[0].length, x.length);
    for (int j = 0; j < x.length; j++) {
      features.setColumn(j, x[j]);
    }
    return new Dataset(
        arena,
        features,
        labels.numbers(),
        labels.classNames(),
        FeatureShape.of(x[0].length),
        Scaling.NONE,
        Origin.memory("test"));
  }
}
