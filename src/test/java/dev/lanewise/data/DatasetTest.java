// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

  @Test
  void weightsBelongToTheDataAndToTheirDigest() {
    float[][] samples = {{1, 2}, {3, 4}};
    try (Dataset data = Dataset.of(samples, new int[] {0, 1})) {
      assertThat(data.weights()).isEmpty();
      Dataset weighted = data.withWeights(new float[] {0.5f, 0});
      assertThat(weighted.weights().orElseThrow()).containsExactly(0.5f, 0);
      assertThat(weighted.named("other").weights().orElseThrow()).containsExactly(0.5f, 0);
      assertThat(weighted.sha256()).isNotEqualTo(data.sha256());
      assertThat(weighted.sha256()).isNotEqualTo(data.withWeights(new float[] {0.5f, 1}).sha256());
    }
  }

  @Test
  void weightsThatCannotBeAreRefused() {
    try (Dataset data = Dataset.of(new float[][] {{1}, {2}}, new int[] {0, 1})) {
      assertThatThrownBy(() -> data.withWeights(new float[] {1}))
          .hasMessageContaining("1 weights for 2 samples");
      assertThatThrownBy(() -> data.withWeights(new float[2]))
          .hasMessageContaining("every weight is 0");
      for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> data.withWeights(new float[] {1, bad}))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("the weight of sample 1 is " + bad);
      }
    }
  }

  @Test
  void twoClassesOfOneNameAreRefused() {
    for (String name : List.of("1", "1.0")) {
      Arena arena = Arena.ofShared();
      FloatMatrix features = FloatMatrix.allocate(arena, 1, 2);
      assertThatThrownBy(
              () ->
                  new Dataset(
                      arena,
                      features,
                      new int[] {0, 1},
                      List.of("1", name),
                      FeatureShape.of(1),
                      Scaling.NONE,
                      Origin.memory("samples")))
          .isInstanceOf(DataException.class)
          .hasMessage("samples: two classes are called '1', expected a name of its own for each");
    }
    try (Dataset data = Dataset.of(new float[][] {{1}, {2}}, new int[] {0, 1})) {
      assertThatThrownBy(() -> data.withClassNames(List.of("a", "a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two classes are called 'a'");
    }
  }

  @Test
  void arraysBecomeColumns() {
    try (Dataset data = Dataset.of(new float[][] {{1, 2, 3}, {4, 5, 6}}, new int[] {0, 1})) {
      assertThat(data.samples()).isEqualTo(2);
      assertThat(data.width()).isEqualTo(3);
      assertThat(data.features().column(1)).containsExactly(4, 5, 6);
      assertThat(data.labels()).containsExactly(0, 1);
      assertThat(data.count(1)).isEqualTo(1);
      assertThat(data.schema().scaling()).isEqualTo(Scaling.NONE);
    }
  }

  @Test
  void badArraysAreRefusedByName() {
    assertRefused("no samples", new float[0][], 0);
    assertRefused("no samples", new float[1][0], 0);
    assertRefused("sample 1 has 1 features, expected 2", new float[][] {{1, 2}, {3}}, 0, 1);
    assertRefused("2 labels for 1 samples", new float[][] {{1}}, 0, 1);
    assertRefused("label 2 of sample 0", new float[][] {{1}}, 2);
    assertRefused("label -1 of sample 0", new float[][] {{1}}, -1);
    assertRefused("feature 1 of sample 0 is NaN", new float[][] {{1, Float.NaN}}, 1);
    assertRefused("Infinity", new float[][] {{Float.POSITIVE_INFINITY}}, 1);
  }

  private static void assertRefused(String problem, float[][] samples, int... labels) {
    assertThatThrownBy(() -> Dataset.of(samples, labels).close())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void dataThatAreRefusedFreeTheirMemory() {
    Arena arena = Arena.ofShared();
    FloatMatrix features = FloatMatrix.allocate(arena, 2, 1);
    assertThatThrownBy(
            () ->
                new Dataset(
                    arena,
                    features,
                    new int[] {7},
                    Schema.UNNAMED,
                    FeatureShape.of(2),
                    Scaling.NONE,
                    Origin.memory("x")))
        .isInstanceOf(DataException.class);
    assertThat(arena.scope().isAlive()).isFalse();
  }

  @Test
  void theDigestTellsFeaturesAndLabelsApart() {
    String digest = digest(new float[][] {{1, 2}, {3, 4}}, 0, 1);
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(digest(new float[][] {{1, 2}, {3, 4}}, 0, 1)).isEqualTo(digest);
    assertThat(digest(new float[][] {{1, 2}, {3, 4}}, 1, 1)).isNotEqualTo(digest);
    assertThat(digest(new float[][] {{1, 2}, {3, 5}}, 0, 1)).isNotEqualTo(digest);
    assertThat(digest(new float[][] {{1, 2, 3, 4}}, 0)).isNotEqualTo(digest);
  }

  private static String digest(float[][] samples, int... labels) {
    try (Dataset data = Dataset.of(samples, labels)) {
      return data.sha256();
    }
  }

  @Test
  void labelsAreCopies() {
    int[] labels = {0, 1};
    try (Dataset data = Dataset.of(new float[][] {{1}, {2}}, labels)) {
      labels[0] = 9;
      data.labels()[1] = 9;
      assertThat(data.labels()).containsExactly(0, 1);
    }
  }

  @Test
  void messagesAreOneLineWhateverTheNamesHold() {
    DataException e = new DataException("a\nb\u001b[31m.h5", "is\r\nbad");
    assertThat(e.getMessage()).doesNotContain("\n", "\r", "\u001b").contains("bad");
  }

  @Test
  void shapesMultiplyWithoutOverflow() {
    assertThat(FeatureShape.of(64, 64, 3).size()).isEqualTo(12288);
    assertThat(FeatureShape.of(64, 64, 3)).hasToString("64 x 64 x 3");
    assertThat(FeatureShape.of(64, 64, 3).isPicture()).isTrue();
    assertThat(FeatureShape.of(12288).isPicture()).isFalse();
    assertThatThrownBy(() -> FeatureShape.of(65536, 65536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FeatureShape.of(3, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FeatureShape(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyPixelIsOneProductOfTheFloatNearest255th() {
    assertThat(Scaling.PIXEL_FACTOR).isEqualTo(0x1.010102p-8f);
    assertThat(Scaling.pixel(0)).isZero();
    assertThat(Scaling.pixel(255)).isEqualTo(1f);
    for (Scaling scaling : Scaling.values()) {
      assertThat(Scaling.of(scaling.id())).isEqualTo(scaling);
    }
    assertThatThrownBy(() -> Scaling.of("other")).isInstanceOf(IllegalArgumentException.class);
  }
}
