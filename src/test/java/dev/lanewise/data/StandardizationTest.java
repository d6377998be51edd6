// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.random.Draw;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardizationTest {

  @TempDir private Path folder;

  @Test
  void theNumbersAreThoseOfTheContract() {
    try (Dataset data =
            Dataset.of(
                new float[][] {{1, 0.1f, 5}, {2, 0.1f, 5e-3f}, {6, 0.1f, -5}},
                new int[] {0, 1, 0});
        Dataset copy = data.standardized()) {
      Standardization by = copy.standardization().orElseThrow();
      double mean = (5.0 + (double) 5e-3f + -5.0) / 3;
      double[] differences = {5.0 - mean, (double) 5e-3f - mean, -5.0 - mean};
      double squares = 0;
      for (double difference : differences) {
        squares += difference * difference;
      }
      double deviation = Math.sqrt(squares / 3);
      assertThat(by.means()).containsExactly(3, (double) 0.1f, mean);
      assertThat(by.deviations()).containsExactly(Math.sqrt(14.0 / 3), 1, deviation);
      for (int j = 0; j < 3; j++) {
        assertThat(copy.features().get(2, j)).isEqualTo((float) (differences[j] / deviation));
        // It does not vary, and is 0 and no rounding error by a small number.
        assertThat(copy.features().get(1, j)).isZero();
      }
      assertThat(copy.labels()).isEqualTo(data.labels());
      assertThat(copy.sha256()).isEqualTo(data.sha256());
      assertThat(copy.scaling()).isEqualTo(Scaling.NONE);
    }
  }

  /** Sums over samples, written from sections 4 and 16 of the contract. */
  private interface Terms {
    double of(int sample);
  }

  private static double sum(int[] samples, Terms terms) {
    return tree(samples, 0, (samples.length + 255) / 256, terms);
  }

  private static double tree(int[] samples, int first, int blocks, Terms terms) {
    if (blocks == 1) {
      double sum = 0;
      for (int k = 256 * first; k < Math.min(samples.length, 256 * (first + 1)); k++) {
        sum += terms.of(samples[k]);
      }
      return sum;
    }
    int left = 1;
    while (2 * left < blocks) {
      left *= 2;
    }
    return tree(samples, first, left, terms) + tree(samples, first + left, blocks - left, terms);
  }

  private static double chain(int[] samples, Terms terms) {
    double sum = 0;
    for (int j : samples) {
      sum += terms.of(j);
    }
    return sum;
  }

  /** All samples, and those that are left where others are held out. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 512, 513, 700, 1025, 1281})
  void sumsGoByTheTreeOverTheSamplesThatAreLearnedFrom(int m) {
    Draw draw = new Draw(m);
    double[][] x = new double[m][9];
    for (double[] sample : x) {
      Arrays.setAll(sample, i -> Math.scalb(draw.between(-99_999, 99_999) / 7.0, i));
    }
    int[] all = IntStream.range(0, m).toArray();
    int[] some = IntStream.range(0, m).filter(j -> j % 5 != 1).toArray();
    int otherBits = 0;
    try (Dataset data = Dataset.of(x, new int[m])) {
      for (int[] samples : List.of(all, some)) {
        int n = samples.length;
        try (Dataset copy = samples == all ? data.standardized() : data.standardized(samples)) {
          Standardization by = copy.standardization().orElseThrow();
          for (int i = 0; i < 9; i++) {
            int feature = i;
            double mean = sum(samples, j -> x[j][feature]) / n;
            double squares = sum(samples, j -> (x[j][feature] - mean) * (x[j][feature] - mean));
            assertThat(by.means()[i]).isEqualTo(mean);
            assertThat(by.deviations()[i]).isEqualTo(n == 1 ? 1 : Math.sqrt(squares / n));
            otherBits += mean == chain(samples, j -> x[j][feature]) / n ? 0 : 1;
          }
        }
      }
    }
    // Numbers that tell the orders apart. One block is one chain, and so is one with a sample more.
    assertThat(otherBits > 0).isEqualTo(m > 257);
  }

  @Test
  void manyEqualNumbersDoNotVary() {
    float[][] samples = new float[100_001][];
    Arrays.fill(samples, new float[] {16_777_213f / 3});
    try (Dataset data = Dataset.of(samples, new int[samples.length]);
        Dataset copy = data.standardized()) {
      assertThat(copy.standardization().orElseThrow().deviations()).containsExactly(1);
      assertThat(copy.features().get(0, 100_000)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mapping.class,
      names = {"ALWAYS", "NEVER"})
  void bytesAreScaledFirstWhereverTheyLie(Mapping mapping) {
    byte[] pixels = TestData.pixels(50, 12, 3);
    Path file = folder.resolve("pixels.h5");
    Hdf5Writer.write(
        file, new Hdf5Content().uint8("X", pixels, 50, 2, 2, 3).int64("y", new long[50]));
    try (Dataset data = Datasets.read(file, ReadOptions.labelled().mapped(mapping));
        Dataset copy = data.standardized()) {
      Standardization by = copy.standardization().orElseThrow();
      for (int i = 0; i < 12; i++) {
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < 50; j++) {
          float pixel = Scaling.pixel(pixels[j * 12 + i] & 0xff);
          float expected = (float) ((pixel - by.means()[i]) / by.deviations()[i]);
          assertThat(copy.features().get(i, j)).isEqualTo(expected);
          sum += expected;
          squares += (double) expected * expected;
        }
        assertThat(sum / 50).isCloseTo(0, within(1e-6));
        assertThat(squares / 50).isCloseTo(1, within(1e-6));
      }
      assertThat(copy.features().storage()).isEqualTo("floats");
      assertThat(copy.schema().shape()).isEqualTo(FeatureShape.of(2, 2, 3));
    }
  }

  @Test
  void otherDataAreBroughtToTheSameScale() {
    try (Dataset train = Dataset.of(new float[][] {{1, 4}, {3, 8}}, new int[] {0, 1});
        Dataset scaled = train.standardized();
        Dataset test = Dataset.of(new float[][] {{5, 6}}, new int[] {1})) {
      Schema schema = scaled.schema();
      float[] features = schema.withFeatures(test, "the model", data -> data.features().column(0));
      assertThat(features).containsExactly(3, 0);
      // What is on that scale already is not brought there again.
      assertThat(schema.<Dataset>withFeatures(scaled, "the model", data -> data)).isSameAs(scaled);
      assertThat(train.schema().<Dataset>withFeatures(test, "it", data -> data)).isSameAs(test);
      schema.requireFeatures(scaled, "the model");
      assertThatThrownBy(() -> schema.requireFeatures(test, "the model"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("features that are not standardised, but the model has standard");
      assertThatThrownBy(() -> train.schema().requireFeatures(scaled, "the model"))
          .hasMessageContaining("standardised in a way of their own");
      assertThatThrownBy(scaled::standardized).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    Standardization by = new Standardization(new double[] {0}, new double[] {1e-30});
    try (Dataset huge = Dataset.of(new float[][] {{1e30f}}, new int[] {0});
        Dataset wide = Dataset.of(new float[][] {{1, 2}}, new int[] {0})) {
      assertThatThrownBy(() -> huge.standardized(by))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("feature 0 of sample 0 is Infinity");
      assertThatThrownBy(() -> wide.standardized(by))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("2 features, expected the 1");
      Schema schema =
          new Schema(FeatureShape.of(1), Scaling.PIXELS, Schema.UNNAMED, Optional.empty());
      assertThatThrownBy(
              () -> schema.standardized(by).withFeatures(huge, "the model", data -> data))
          .hasMessageContaining("numbers as they are, but the model has unsigned bytes times 1/255")
          .hasMessageContaining("--scale pixels or none");
    }
    for (double[] bad : List.of(new double[] {0}, new double[] {-1}, new double[] {Double.NaN})) {
      assertThatThrownBy(() -> new Standardization(new double[1], bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Standardization(new double[2], new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void viewsStayStandardised() {
    try (Dataset data = Dataset.of(new float[][] {{1}, {2}, {3}}, new int[] {0, 1, 1});
        Dataset copy = data.standardized()) {
      for (Dataset view :
          List.of(
              copy.named("other"),
              copy.part(1, 3),
              copy.withWeights(new float[] {1, 2, 3}),
              copy.withClassNames(List.of("no", "yes")))) {
        assertThat(view.standardization()).isEqualTo(copy.standardization());
      }
      assertThat(copy.part(1, 3).sha256()).isEqualTo(data.part(1, 3).sha256());
      assertThat(copy.withWeights(new float[] {1, 2, 3}).sha256())
          .isEqualTo(data.withWeights(new float[] {1, 2, 3}).sha256());
      try (Dataset some = copy.select(new int[] {2, 0})) {
        assertThat(some.standardization()).isEqualTo(copy.standardization());
        assertThat(some.features().get(0, 1)).isEqualTo(copy.features().get(0, 0));
        assertThat(some.named("some").sha256()).isEqualTo(some.sha256());
      }
    }
  }
}
