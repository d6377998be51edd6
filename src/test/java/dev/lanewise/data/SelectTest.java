// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of the samples, whatever they are stored as. */
class SelectTest {

  @TempDir private Path folder;

  @Test
  void someSamplesAreTheSameSamples() {
    int m = 20;
    int d = 21;
    byte[] pixels = TestData.pixels(m, d, 1);
    float[] floats = new float[m * d];
    long[] labels = new long[m];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) Math.sin(i);
    }
    for (int j = 0; j < m; j++) {
      labels[j] = j % 3 == 0 ? 1 : 0;
    }
    Path bytesFile = folder.resolve("bytes.h5");
    Path floatsFile = folder.resolve("floats.h5");
    Hdf5Writer.write(bytesFile, new Hdf5Content().uint8("X", pixels, m, d).int64("y", labels, m));
    Hdf5Writer.write(
        floatsFile, new Hdf5Content().float32("X", floats, m, d).int64("y", labels, m));
    int[] numbers = {3, 4, 19, 0, 7};
    for (Path file : new Path[] {bytesFile, floatsFile}) {
      for (Mapping mapping : new Mapping[] {Mapping.NEVER, Mapping.ALWAYS}) {
        ReadOptions options = ReadOptions.labelled().mapped(mapping);
        try (Dataset all = Datasets.read(file, options);
            Dataset some = all.select(numbers)) {
          assertThat(some.samples()).isEqualTo(numbers.length);
          assertThat(some.features().storage()).isEqualTo(file == bytesFile ? "bytes" : "floats");
          assertThat(some.scaling()).isEqualTo(all.scaling());
          assertThat(some.classNames()).isEqualTo(all.classNames());
          for (int k = 0; k < numbers.length; k++) {
            assertThat(some.features().column(k)).isEqualTo(all.features().column(numbers[k]));
            assertThat(some.labels()[k]).isEqualTo(all.labels()[numbers[k]]);
          }
        }
      }
    }
  }

  @Test
  void weightsComeAlongAndMayNotAllBeZero() {
    try (Dataset data =
            Dataset.of(new float[][] {{1}, {2}, {3}}, new int[] {0, 1, 0})
                .withWeights(new float[] {2, 0, 3});
        Dataset some = data.select(new int[] {2, 1})) {
      assertThat(some.weights().orElseThrow()).containsExactly(3, 0);
      assertThatThrownBy(() -> data.select(new int[] {1}))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("every weight is 0");
      assertThatThrownBy(() -> data.select(new int[] {3}))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
