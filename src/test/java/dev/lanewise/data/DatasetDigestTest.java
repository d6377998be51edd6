// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.NumberMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.random.Draw;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The digests of data are those of section 9 of the contract. */
class DatasetDigestTest {

  private static Dataset dataset(
      Arena arena, SampleMatrix features, int[] labels, float[] weights) {
    Dataset data =
        new Dataset(
            arena,
            features,
            labels,
            List.of("a", "b"),
            FeatureShape.of(features.rows()),
            Scaling.NONE,
            Origin.memory("test"));
    return weights == null ? data : data.withWeights(weights);
  }

  private static Dataset dataset(double[][] samples, int[] labels, float[] weights) {
    Arena arena = Arena.ofShared();
    NumberMatrix features = NumberMatrix.allocate(arena, samples[0].length, samples.length, true);
    for (int j = 0; j < samples.length; j++) {
      features.putColumn(j, samples[j]);
    }
    return dataset(arena, features, labels, weights);
  }

  private static double[][] floats(Draw draw, int m, int d) {
    double[][] samples = new double[m][d];
    for (double[] sample : samples) {
      float[] drawn = draw.floats(d, Draw.Values.MIXED);
      for (int i = 0; i < d; i++) {
        sample[i] = drawn[i];
      }
    }
    return samples;
  }

  private static void check(Dataset data, double[][] samples, Set<String> seen) {
    DigestOracle expected =
        new DigestOracle(
            samples, data.isLabelled() ? data.labels() : null, data.weights().orElse(null));
    assertThat(data.sha256()).isEqualTo(expected.blocks());
    assertThat(data.sha256(DataDigest.BLOCKS)).isEqualTo(expected.blocks());
    assertThat(data.sha256(DataDigest.CHAIN)).isEqualTo(expected.chain());
    assertThat(seen.add(data.sha256())).as("a digest of its own").isTrue();
  }

  /**
   * At, below and above the borders of blocks and of branches, with all that a data set may have.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 512, 513, 700, 1025, 1281})
  void theDigestIsThatOfTheContract(int m) {
    Draw draw = new Draw(m);
    double[][] samples = floats(draw, m, 3);
    int[] labels = IntStream.range(0, m).map(j -> draw.between(0, 1)).toArray();
    float[] weights = new float[m];
    for (int j = 0; j < m; j++) {
      weights[j] = draw.between(1, 9) / 4f;
    }
    Set<String> seen = new HashSet<>();
    for (double[][] x : List.of(samples, withDouble(samples, m - 1), withDouble(samples, 0))) {
      for (int[] y : new int[][] {null, labels}) {
        for (float[] w : new float[][] {null, weights}) {
          // Both ends are one sample.
          if (m > 1 || x == samples || seen.size() < 8) {
            try (Dataset data = dataset(x, y, w)) {
              check(data, x, seen);
            }
          }
        }
      }
    }
  }

  // One number that is no float, so in one block.
  private static double[][] withDouble(double[][] samples, int at) {
    double[][] copy = samples.clone();
    copy[at] = copy[at].clone();
    copy[at][1] = 0.1;
    return copy;
  }

  @Test
  void bytesHaveTheDigestOfTheirFloats() {
    byte[] pixels = new Draw(5).bytes(300 * 4);
    Arena arena = Arena.ofShared();
    ByteMatrix features = ByteMatrix.allocate(arena, 4, 300, Scaling.PIXEL_FACTOR);
    double[][] samples = new double[300][4];
    for (int j = 0; j < 300; j++) {
      features.setColumn(j, MemorySegment.ofArray(pixels), 4L * j);
      for (int i = 0; i < 4; i++) {
        samples[j][i] = Scaling.pixel(pixels[4 * j + i] & 0xff);
      }
    }
    try (Dataset data = dataset(arena, features, new int[300], null)) {
      check(data, samples, new HashSet<>());
      check(data.part(0, 257), java.util.Arrays.copyOf(samples, 257), new HashSet<>());
    }
  }

  @Test
  void everySampleLabelAndWeightDecides() {
    int m = 600;
    double[][] samples = floats(new Draw(3), m, 2);
    int[] labels = new int[m];
    float[] weights = new float[m];
    java.util.Arrays.fill(weights, 1);
    Set<String> seen = new HashSet<>();
    try (Dataset data = dataset(samples, labels, weights)) {
      check(data, samples, seen);
    }
    for (int j : new int[] {0, 255, 256, 511, 512, 599}) {
      int[] otherLabels = labels.clone();
      otherLabels[j] = 1;
      float[] otherWeights = weights.clone();
      otherWeights[j] = 2;
      double[][] otherSamples = samples.clone();
      otherSamples[j] = new double[] {samples[j][0], Math.nextUp((float) samples[j][1])};
      try (Dataset one = dataset(samples, otherLabels, weights);
          Dataset two = dataset(samples, labels, otherWeights);
          Dataset three = dataset(otherSamples, labels, weights)) {
        check(one, samples, seen);
        check(two, samples, seen);
        check(three, otherSamples, seen);
      }
    }
    double[][] swapped = samples.clone();
    System.arraycopy(samples, 0, swapped, 256, 256);
    System.arraycopy(samples, 256, swapped, 0, 256);
    try (Dataset data = dataset(swapped, labels, weights)) {
      check(data, swapped, seen);
    }
  }

  /** The bytes of one data set may be those of another one, which the chain does not tell apart. */
  @Test
  void equalBytesOfAnotherMeaningHaveAnotherDigest() {
    double[][] sample = {{0.5}};
    try (Dataset labelled = dataset(sample, new int[] {1}, null);
        Dataset weighted = dataset(sample, null, new float[] {Float.MIN_VALUE})) {
      assertThat(weighted.sha256(DataDigest.CHAIN)).isEqualTo(labelled.sha256(DataDigest.CHAIN));
      assertThat(weighted.sha256()).isNotEqualTo(labelled.sha256());
    }
    long floats = (long) Float.floatToRawIntBits(2) << 32 | Float.floatToRawIntBits(0.5f);
    long labels = 1L << 32 | 1;
    double[][] exact = {{Double.longBitsToDouble(floats)}, {Double.longBitsToDouble(labels)}};
    double[][] rounded = {{0.5}, {2}};
    try (Dataset doubles = dataset(exact, null, null);
        Dataset labelled = dataset(rounded, new int[] {1, 1}, null)) {
      assertThat(doubles.sha256(DataDigest.CHAIN)).isEqualTo(labelled.sha256(DataDigest.CHAIN));
      assertThat(doubles.sha256()).isNotEqualTo(labelled.sha256());
    }
  }

  @Test
  void standardisedDataHaveBothDigestsOfWhatTheyWere() {
    double[][] samples = floats(new Draw(9), 300, 3);
    for (double[] sample : samples) {
      java.util.Arrays.setAll(sample, i -> (float) Math.atan(sample[i]));
    }
    try (Dataset data = dataset(samples, new int[300], null);
        Dataset copy = data.standardized()) {
      check(copy, samples, new HashSet<>());
    }
  }

  @ParameterizedTest
  @EnumSource(DataDigest.class)
  void namesAreFound(DataDigest digest) {
    assertThat(DataDigest.of(digest.id())).isEqualTo(digest);
    assertThatThrownBy(() -> DataDigest.of(digest.id() + "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + digest.id() + "s'");
  }
}
