// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.matrix.SampleMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data sets that are read a part at a time. */
class DatasetPartTest {

  private static final int MANY = 140_000;

  @TempDir private Path folder;

  private static float feature(int sample, int feature) {
    return (sample * 31 + feature * 7) % 1000 / 8f;
  }

  private enum Format {
    CSV {
      @Override
      Path write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("a,label,b\n");
        for (int j = 0; j < MANY; j++) {
          text.append(feature(j, 0)).append(",x,").append(feature(j, 1)).append('\n');
        }
        return Files.writeString(folder.resolve("table.csv"), text);
      }
    },
    LIBSVM {
      @Override
      Path write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < MANY; j++) {
          text.append(j % 2).append(" 1:").append(feature(j, 0));
          // What is 0 is left out.
          if (feature(j, 1) != 0) {
            text.append(" 2:").append(feature(j, 1));
          }
          text.append('\n');
        }
        return Files.writeString(folder.resolve("samples.libsvm"), text);
      }
    },
    HDF5 {
      @Override
      Path write(Path folder) {
        float[] x = new float[MANY * 2];
        for (int i = 0; i < x.length; i++) {
          x[i] = feature(i / 2, i % 2);
        }
        Path file = folder.resolve("samples.h5");
        Hdf5Writer.write(file, new Hdf5Content().float32("X", x, MANY, 2));
        return file;
      }
    };

    abstract Path write(Path folder) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void partsAreTheWhole(Format format) throws IOException {
    Path file = format.write(folder);
    List<Integer> sizes = new ArrayList<>();
    int[] next = new int[1];
    Datasets.readInParts(
        file,
        ReadOptions.unlabelled(),
        part -> {
          assertThat(part.first()).isEqualTo(next[0]);
          assertThat(part.total()).isEqualTo(MANY);
          Dataset data = part.data();
          assertThat(data.width()).isEqualTo(2);
          for (int j = 0; j < data.samples(); j++) {
            int sample = part.first() + j;
            if (data.features().get(0, j) != feature(sample, 0)
                || data.features().get(1, j) != feature(sample, 1)) {
              throw new AssertionError("sample " + sample);
            }
          }
          sizes.add(data.samples());
          next[0] += data.samples();
        });
    assertThat(sizes).containsExactly(65_536, 65_536, MANY - 2 * 65_536);
  }

  @Test
  void whatIsReadOnceIsMappedWhereItCanBe() throws IOException {
    List<String> storages = new ArrayList<>();
    Path file = Format.HDF5.write(folder);
    Datasets.readInParts(
        file, ReadOptions.unlabelled(), part -> storages.add(part.data().features().storage()));
    Datasets.readInParts(
        file,
        ReadOptions.unlabelled().mapped(Mapping.NEVER),
        part -> storages.add(part.data().features().storage()));
    assertThat(storages)
        .containsExactly(
            "mapped floats", "mapped floats", "mapped floats", "floats", "floats", "floats");
  }

  @Test
  void aBadLastRowIsFoundBeforeTheFirstPart() throws IOException {
    for (Format format : new Format[] {Format.CSV, Format.LIBSVM}) {
      Path file = format.write(folder);
      Files.writeString(file, Files.readString(file) + (format == Format.CSV ? "1,x,q\n" : "1 q"));
      assertThatThrownBy(
              () ->
                  Datasets.readInParts(
                      file,
                      ReadOptions.unlabelled(),
                      part -> {
                        throw new AssertionError(part);
                      }))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("q");
    }
  }

  @Test
  void whatAListenerThrowsEndsTheReading() throws IOException {
    for (Format format : Format.values()) {
      Path file = format.write(folder);
      int[] parts = new int[1];
      assertThatThrownBy(
              () ->
                  Datasets.readInParts(
                      file,
                      ReadOptions.unlabelled(),
                      part -> {
                        parts[0]++;
                        throw new DataException("listener", "no more");
                      }))
          .hasMessage("listener: no more");
      assertThat(parts[0]).isEqualTo(1);
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsRefused() throws IOException {
    for (Format format : new Format[] {Format.CSV, Format.LIBSVM}) {
      Path file = format.write(folder);
      String more = format == Format.CSV ? "1,x,2\n" : "1 1:2\n";
      assertThatThrownBy(
              () ->
                  Datasets.readInParts(
                      file,
                      ReadOptions.unlabelled(),
                      part -> {
                        try {
                          Files.writeString(file, more, java.nio.file.StandardOpenOption.APPEND);
                        } catch (IOException e) {
                          throw new AssertionError(e);
                        }
                      }))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("was changed while it was being read");
    }
  }

  @Test
  void aPartIsAViewUnderNumbersFromZero() {
    float[][] samples = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};
    try (Dataset data = Dataset.of(samples, new int[] {0, 1, 1, 0})) {
      Dataset part = data.withWeights(new float[] {1, 2, 3, 4}).part(1, 3);
      assertThat(part.samples()).isEqualTo(2);
      assertThat(part.features().column(0)).containsExactly(3, 4);
      assertThat(part.features().column(1)).containsExactly(5, 6);
      assertThat(part.labels()).containsExactly(1, 1);
      assertThat(part.weights().orElseThrow()).containsExactly(2, 3);
      assertThat(part.part(1, 2).features().get(1, 0)).isEqualTo(6);
      SampleMatrix features = part.features();
      assertThatThrownBy(() -> features.column(2)).isInstanceOf(IndexOutOfBoundsException.class);
      for (int[] none : new int[][] {{1, 1}, {-1, 1}, {2, 5}, {3, 2}}) {
        assertThatThrownBy(() -> data.part(none[0], none[1]))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Test
  void partsHaveNoLabelsThatOneCouldAskFor() {
    Path file = folder.resolve("none.h5");
    assertThatThrownBy(() -> Datasets.readInParts(file, ReadOptions.labelled(), part -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPartTakesEightMebibytes() {
    assertThat(DatasetPart.samplesAtOnce(1)).isEqualTo(65_536);
    assertThat(DatasetPart.samplesAtOnce(12_288)).isEqualTo(170);
    assertThat(DatasetPart.samplesAtOnce(100_000_000)).isEqualTo(1);
  }
}
