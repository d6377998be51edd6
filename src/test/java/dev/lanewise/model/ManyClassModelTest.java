// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models of more than two classes. */
class ManyClassModelTest {

  private static final List<String> NAMES = List.of("3", "7", "9", "cat");

  private final Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});

  static Model model(MultiClass way, float[][] weights, float[] biases) {
    return new Model(
        weights,
        biases,
        way,
        new Schema(
            FeatureShape.of(weights[0].length), Scaling.NONE, NAMES.subList(0, weights.length)),
        ModelFileTest.model().provenance());
  }

  private static float[][] random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  /** In double: softmax of z, or g(z) over their sum. */
  private static double[] expected(MultiClass way, float[][] w, float[] b, float[] x) {
    double[] p = new double[w.length];
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      double z = b[k];
      for (int i = 0; i < x.length; i++) {
        z += (double) w[k][i] * x[i];
      }
      p[k] = way == MultiClass.SOFTMAX ? Math.exp(z) : 1 / (1 + Math.exp(-z));
      sum += p[k];
    }
    double all = sum;
    return Arrays.stream(p).map(value -> value / all).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void probabilitiesAreThoseOfTheFormulas(MultiClass way) {
    float[][] w = random(4, 37, 1);
    float[] b = {0.5f, -1f, 0f, 2f};
    float[][] x = random(300, 37, 2);
    Model model = model(way, w, b);
    try (Dataset data = Dataset.of(x, new int[x.length])) {
      Predictions predictions = model.predict(data, kernels);
      assertThat(predictions.size()).isEqualTo(300);
      assertThat(predictions.classes()).isEqualTo(4);
      for (int j = 0; j < x.length; j++) {
        double[] p = expected(way, w, b, x[j]);
        int best = 0;
        for (int k = 0; k < 4; k++) {
          assertThat(predictions.probability(j, k)).isCloseTo((float) p[k], within(2e-6f));
          assertThat(predictions.loss(j, k))
              .isCloseTo(-Math.log(p[k]), within(1e-5 * (1 - Math.log(p[k]))));
          best = p[k] > p[best] ? k : best;
        }
        assertThat(predictions.predictedClass(j)).isEqualTo(best);
        assertThat(predictions.rank(j, best)).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void logOddsAreThoseOfTheFormulasAndTellSureClassesApart(MultiClass way) {
    float[][] w = random(4, 37, 1);
    float[] b = {0.5f, -1f, 0f, 2f};
    float[][] x = random(300, 37, 2);
    try (Dataset data = Dataset.of(x, new int[x.length])) {
      Predictions predictions = model(way, w, b).predict(data, kernels);
      for (int j = 0; j < x.length; j++) {
        double[] p = expected(way, w, b, x[j]);
        float[] odds = predictions.logOdds(j);
        for (int k = 0; k < 4; k++) {
          // As sum of the others over its own, which 1 - p would cancel.
          double others = 0;
          for (int l = 0; l < 4; l++) {
            others += l == k ? 0 : p[l];
          }
          double exact = Math.log(p[k] / others);
          assertThat(odds[k])
              .isCloseTo((float) exact, within((float) (1e-4 + 1e-5 * Math.abs(exact))));
        }
      }
    }
    // Their probabilities are 1 as floats.
    try (Dataset data = Dataset.of(new float[][] {{40}, {60}}, new int[2])) {
      Model sure = model(way, new float[][] {{1}, {-1}, {-1}}, new float[3]);
      Predictions predictions = sure.predict(data, kernels);
      assertThat(predictions.probability(0, 0)).isEqualTo(predictions.probability(1, 0));
      assertThat(predictions.logOdds(1)[0]).isGreaterThan(predictions.logOdds(0)[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void allKernelsAndPartsOfTheSamplesGiveTheSameBits(MultiClass way) {
    Model model = model(way, random(3, 50, 3), new float[] {0.1f, 0.2f, 0.3f});
    Kernels scalar = KernelChoice.choose(KernelRequest.scalar(), warning -> {});
    try (Dataset data = Dataset.of(random(70, 50, 4), new int[70])) {
      Predictions all = model.predict(data, kernels);
      Predictions slow = model.predict(data, scalar);
      Predictions part = model.predict(data.part(33, 70), kernels);
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j < 70; j++) {
          assertThat(slow.probability(j, k)).isEqualTo(all.probability(j, k));
          assertThat(slow.score(j, k)).isEqualTo(all.score(j, k));
          assertThat(slow.loss(j, k)).isEqualTo(all.loss(j, k));
          if (j >= 33) {
            assertThat(part.probability(j - 33, k)).isEqualTo(all.probability(j, k));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void wherEveryClassIsUnlikelyProbabilitiesStillAddUpToOne(MultiClass way) {
    Model model = model(way, new float[][] {{0}, {0}, {0}}, new float[] {-2000f, -1999f, -1999.5f});
    try (Dataset data = Dataset.of(new float[][] {{1}}, new int[1])) {
      Predictions predictions = model.predict(data, kernels);
      float sum = 0;
      for (int k = 0; k < 3; k++) {
        assertThat(predictions.probability(0, k)).isBetween(0.1f, 0.7f);
        assertThat(predictions.loss(0, k)).isFinite();
        sum += predictions.probability(0, k);
      }
      assertThat(sum).isCloseTo(1f, within(1e-6f));
      assertThat(predictions.predictedClass(0)).isEqualTo(1);
    }
  }

  @Test
  void theMostProbableClassesComeInTheirOrderAndOfEqualsTheFirst() {
    float[] biases = {1f, 3f, 3f, -1f};
    Model model = model(MultiClass.OVR, new float[][] {{0}, {0}, {0}, {0}}, biases);
    try (Dataset data = Dataset.of(new float[][] {{1}}, new int[1])) {
      Predictions predictions = model.predict(data, kernels);
      assertThat(predictions.predictedClass(0)).isEqualTo(1);
      assertThat(predictions.top(0, 1)).containsExactly(1);
      assertThat(predictions.top(0, 3)).containsExactly(1, 2, 0);
      assertThat(predictions.top(0, 9)).containsExactly(1, 2, 0, 3);
      for (int place = 0; place < 4; place++) {
        assertThat(predictions.rank(0, predictions.top(0, 4)[place])).isEqualTo(place);
      }
      assertThatThrownBy(() -> predictions.top(0, 0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> predictions.probability(0))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> predictions.score(0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> predictions.probability(0, 4))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void ofTwoClassesBothHaveAProbability() {
    Model model =
        new Model(
            new float[] {1},
            0f,
            new Schema(FeatureShape.of(1), Scaling.NONE, Schema.UNNAMED),
            ModelFileTest.model().provenance());
    try (Dataset data = Dataset.of(new float[][] {{2}, {-30}, {0}}, new int[3])) {
      Predictions predictions = model.predict(data, kernels);
      assertThat(predictions.classes()).isEqualTo(2);
      assertThat(predictions.probability(0, 1)).isEqualTo(predictions.probability(0));
      assertThat(predictions.probability(0, 0)).isCloseTo(0.11920292f, within(1e-7f));
      assertThat(predictions.probability(1, 0)).isEqualTo(1f);
      assertThat(predictions.score(1, 0)).isEqualTo(30f);
      assertThat(predictions.top(0, 2)).containsExactly(1, 0);
      assertThat(predictions.top(2, 5)).as("one half is class 0").containsExactly(0, 1);
      assertThat(predictions.rank(2, 1)).isEqualTo(1);
      assertThatThrownBy(() -> predictions.probability(0, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void theDigestIsThatOfTheColumnsThenTheBiases() throws Exception {
    float[][] w = {{1, 2}, {3, 4}, {5, 6}};
    ByteBuffer bytes = ByteBuffer.allocate(9 * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
      bytes.putFloat(value);
    }
    Model model = model(MultiClass.SOFTMAX, w, new float[] {7, 8, 9});
    assertThat(model.weightsSha256())
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
    assertThat(model.weightsNorm()).isCloseTo(Math.sqrt(91), within(1e-12));
    assertThat(model.columns()).isEqualTo(3);
    assertThat(model.weights(1)).containsExactly(3, 4);
    assertThat(model.bias(2)).isEqualTo(9);
    w[1][0] = 100;
    assertThat(model.weights(1)).containsExactly(3, 4);
    assertThatThrownBy(model::weights).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(model::bias).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    float[][] w = {{1}, {2}, {3}};
    assertThatThrownBy(() -> model(MultiClass.OVR, w, new float[2]))
        .hasMessageContaining("2 biases for 3 columns");
    assertThatThrownBy(
            () -> model(MultiClass.OVR, new float[][] {{1}, {2}, {Float.NaN}}, new float[3]))
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> model(MultiClass.OVR, new float[][] {{1}, {2}}, new float[2]))
        .hasMessageContaining("2 columns of weights for 2 classes");
    assertThatThrownBy(() -> model(MultiClass.OVR, new float[][] {{1}, {2}, {}}, new float[3]))
        .hasMessageContaining("0 weights");
    assertThatThrownBy(() -> Model.checkSize(1 << 20, 1 << 11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2048 units");
    Model.checkSize((1 << 20) - 1, 1 << 11);
  }
}
