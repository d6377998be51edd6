// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static dev.lanewise.data.hdf5.TestFiles.read;
import static dev.lanewise.data.hdf5.TestFiles.tutorial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's own files, with numbers that h5py gives; skipped where they are not at hand. */
class TutorialFilesTest {

  @TempDir Path folder;

  // Row, column, channel of a picture of 64 x 64 x 3.
  private static float pixel(Dataset data, int sample, int row, int column, int channel) {
    return data.features().get((row * 64 + column) * 3 + channel, sample);
  }

  private static long sum(Dataset data) {
    long sum = 0;
    for (int j = 0; j < data.samples(); j++) {
      for (float value : data.features().column(j)) {
        sum += Math.round(value * 255.0);
      }
    }
    return sum;
  }

  @Test
  void theTrainingFileHolds209PicturesAnd72Cats() {
    try (Dataset data = read(tutorial("train_catvnoncat.h5"))) {
      assertThat(data.samples()).isEqualTo(209);
      assertThat(data.shape()).isEqualTo(FeatureShape.of(64, 64, 3));
      assertThat(data.count(1)).isEqualTo(72);
      assertThat(data.classNames()).containsExactly("non-cat", "cat");
      assertThat(data.scaling()).isEqualTo(Scaling.PIXELS);
      assertThat(data.origin().features()).isEqualTo("train_set_x (209, 64, 64, 3) uint8");
      assertThat(pixel(data, 0, 0, 0, 0)).isEqualTo(Scaling.pixel(17));
      assertThat(pixel(data, 25, 31, 17, 2)).isEqualTo(Scaling.pixel(101));
      assertThat(pixel(data, 208, 63, 63, 2)).isEqualTo(Scaling.pixel(0));
      assertThat(sum(data)).isEqualTo(264_542_077);
    }
  }

  @Test
  void theTestFileHolds50PicturesAnd33Cats() {
    try (Dataset data = read(tutorial("test_catvnoncat.h5"))) {
      assertThat(data.samples()).isEqualTo(50);
      assertThat(data.shape()).isEqualTo(FeatureShape.of(64, 64, 3));
      assertThat(data.count(1)).isEqualTo(33);
      assertThat(pixel(data, 0, 0, 0, 0)).isEqualTo(Scaling.pixel(158));
      assertThat(pixel(data, 49, 63, 63, 2)).isEqualTo(Scaling.pixel(5));
      assertThat(sum(data)).isEqualTo(65_969_547);
    }
  }

  @Test
  void theTrainingFileWrittenAnewReadsTheSame() {
    Path original = tutorial("train_catvnoncat.h5");
    try (Dataset data = read(original);
        Hdf5File file = Hdf5File.open(original)) {
      long[] values = file.longs("train_set_x");
      byte[] pixels = new byte[values.length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) values[i];
      }
      Path anew = folder.resolve("anew.h5");
      Hdf5DatasetWriter.write(
          anew, "train", data.shape(), pixels, data.labels(), List.of("non-cat", "cat"));
      try (Dataset again = read(anew)) {
        assertThat(again.sha256()).isEqualTo(data.sha256());
        assertThat(again.labels()).isEqualTo(data.labels());
        assertThat(again.classNames()).isEqualTo(data.classNames());
      }
    }
  }
}
