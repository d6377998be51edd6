// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.matrix.DoubleMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that float32 cannot tell apart, before and after they are standardised. */
class ExactFeaturesTest {

  private static final int ROWS = 40;

  @TempDir private Path folder;

  /** A timestamp in seconds, one in nanoseconds, a coordinate, and a number of usual size. */
  private static double[][] table() {
    double[][] table = new double[ROWS][];
    for (int j = 0; j < ROWS; j++) {
      table[j] =
          new double[] {
            1.7e9 + j * 0.25,
            1_700_000_000_000_000_000L + j * 4096L,
            52.123456 + j * 1e-7,
            j % 7 - 3
          };
    }
    return table;
  }

  private static int[] labels() {
    return IntStream.range(0, ROWS).map(j -> j < ROWS / 2 ? 0 : 1).toArray();
  }

  @Test
  void arraysOfDoublesAreStandardisedInDouble() {
    double[][] table = table();
    try (Dataset data = Dataset.of(table, labels());
        Dataset copy = data.standardized()) {
      assertThat(data.features().storage()).isEqualTo("doubles");
      assertThat(copy.features().storage()).isEqualTo("floats");
      for (int i = 0; i < table[0].length; i++) {
        double sum = 0;
        for (double[] row : table) {
          sum += row[i];
        }
        double mean = sum / ROWS;
        double squares = 0;
        for (double[] row : table) {
          squares += (row[i] - mean) * (row[i] - mean);
        }
        double deviation = Math.sqrt(squares / ROWS);
        for (int j = 0; j < ROWS; j++) {
          assertThat(copy.features().get(i, j))
              .isEqualTo((float) ((table[j][i] - mean) / deviation));
          assertThat(data.features().get(i, j)).isEqualTo((float) table[j][i]);
        }
      }
      // One float for all: what the doubles are kept for.
      assertThat(data.features().get(0, 0)).isEqualTo(data.features().get(0, ROWS - 1));
      assertThat(copy.byteSize()).isEqualTo(copy.features().byteSize() + 8L * 4 * ROWS);
      assertThat(data.part(3, 9).features().doubles(2)).isEqualTo(table[5]);
      try (Dataset some = data.select(new int[] {7, 2})) {
        assertThat(some.features().doubles(1)).isEqualTo(table[2]);
      }
    }
  }

  @Test
  void doublesThatAreFloatsAreKeptAsFloats() {
    try (Dataset doubles = Dataset.of(new double[][] {{1, 0.5}, {-3, 2}}, new int[] {0, 1});
        Dataset floats = Dataset.of(new float[][] {{1, 0.5f}, {-3, 2}}, new int[] {0, 1})) {
      assertThat(doubles.features().storage()).isEqualTo("floats");
      assertThat(doubles.sha256()).isEqualTo(floats.sha256());
    }
    assertThatThrownBy(() -> Dataset.of(new double[][] {{1e300}}, new int[] {0}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feature 0 of sample 0 is Infinity");
  }

  /** The same numbers from files of all kinds: one digest, the same standardised bits. */
  @Test
  void filesOfAllFormatsAreReadExactly() throws IOException {
    double[][] table = table();
    List<Path> files = files(table);
    try (Dataset data = Dataset.of(table, labels());
        Dataset copy = data.standardized()) {
      for (Path file : files) {
        for (Mapping mapping : List.of(Mapping.AUTO, Mapping.NEVER)) {
          ReadOptions options = ReadOptions.labelled().exact().mapped(mapping);
          try (Dataset read = Datasets.read(file, options);
              Dataset standardized = read.standardized()) {
            assertThat(read.sha256()).as("%s", file).isEqualTo(data.sha256());
            assertThat(standardized.standardization()).isEqualTo(copy.standardization());
            for (int j = 0; j < ROWS; j++) {
              assertThat(standardized.features().column(j)).isEqualTo(copy.features().column(j));
            }
          }
        }
        Standardization by = copy.standardization().orElseThrow();
        ReadOptions like = ReadOptions.unlabelled().like(copy.schema());
        List<float[]> inParts = new ArrayList<>();
        Datasets.readInParts(
            file,
            like,
            part -> {
              try (Dataset standardized = part.data().standardized(by)) {
                for (int j = 0; j < standardized.samples(); j++) {
                  inParts.add(standardized.features().column(j));
                }
              }
            });
        assertThat(inParts).as("%s", file).hasSize(ROWS);
        for (int j = 0; j < ROWS; j++) {
          assertThat(inParts.get(j)).isEqualTo(copy.features().column(j));
        }
        // Whoever does not standardise gets floats as before.
        try (Dataset rounded = Datasets.read(file, ReadOptions.labelled())) {
          assertThat(rounded.features().storage()).isEqualTo("floats");
          assertThat(rounded.features().column(5)).isEqualTo(data.features().column(5));
          assertThat(rounded.sha256()).isNotEqualTo(data.sha256());
        }
      }
    }
  }

  @Test
  void dataThatDifferOnlyBelowFloatHaveDigestsOfTheirOwn() {
    double[][] table = table();
    try (Dataset data = Dataset.of(table, labels())) {
      table[3][0] += 0.125;
      try (Dataset other = Dataset.of(table, labels());
          Dataset copy = other.standardized()) {
        assertThat(other.features().column(3)).isEqualTo(data.features().column(3));
        assertThat(other.sha256()).isNotEqualTo(data.sha256());
        assertThat(copy.sha256()).isEqualTo(other.sha256());
      }
    }
  }

  @Test
  void floatsReadExactlyHaveTheDigestOfFloats() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "a,b,label\n0.5,1e9,0\n-2,3,1\n");
    try (Dataset exact = Datasets.read(file, ReadOptions.labelled().exact());
        Dataset rounded = Datasets.read(file, ReadOptions.labelled())) {
      assertThat(exact.features()).isInstanceOf(DoubleMatrix.class);
      assertThat(exact.sha256()).isEqualTo(rounded.sha256());
    }
  }

  @Test
  void aNumberBeyondFloatIsRefusedAlsoWhereItIsReadExactly() throws IOException {
    for (String text : List.of("a,label\n1e39,0\n2,1\n", "0 1:1e39\n1 1:2\n")) {
      Path file = Files.writeString(folder.resolve("t.txt"), text);
      assertThatThrownBy(() -> Datasets.read(file, ReadOptions.labelled().exact()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("1e39")
          .hasMessageContaining("float32's range");
    }
  }

  /** A split file is standardised as the whole would be. */
  @Test
  void whatIsWrittenAgainIsExactToo() {
    Path file = folder.resolve("again.h5");
    try (Dataset data = Dataset.of(table(), labels())) {
      Hdf5DatasetWriter.write(file, data, IntStream.range(0, ROWS).toArray());
      try (Dataset read = Datasets.read(file, ReadOptions.labelled().exact())) {
        assertThat(read.sha256()).isEqualTo(data.sha256());
      }
    }
  }

  @Test
  void numbersThatDifferByRoundingAloneDoNotVary() {
    double[][] table = new double[1000][];
    for (int j = 0; j < table.length; j++) {
      // Around 0.3 in steps of one unit in the last place; and smaller than any square.
      table[j] = new double[] {j % 2 == 0 ? 0.3 : 0.1 + 0.2, j % 2 * 1e-200, j % 2 * 1e-9 + 0.3};
    }
    try (Dataset data = Dataset.of(table, new int[table.length]);
        Dataset copy = data.standardized()) {
      double[] deviations = copy.standardization().orElseThrow().deviations();
      assertThat(deviations[0]).isEqualTo(1);
      assertThat(deviations[1]).isEqualTo(1);
      assertThat(deviations[2]).isBetween(4e-10, 6e-10);
      assertThat(Math.abs(copy.features().get(0, 1))).isLessThan(1e-15f);
      assertThat(copy.features().get(1, 1)).isZero();
    }
  }

  private List<Path> files(double[][] table) throws IOException {
    StringBuilder csv = new StringBuilder("seconds,nanoseconds,latitude,number,label\n");
    StringBuilder svm = new StringBuilder();
    double[] all = new double[table.length * table[0].length];
    for (int j = 0; j < table.length; j++) {
      svm.append(labels()[j]);
      for (int i = 0; i < table[j].length; i++) {
        csv.append(table[j][i]).append(',');
        svm.append(' ').append(i + 1).append(':').append(table[j][i]);
        all[j * table[j].length + i] = table[j][i];
      }
      csv.append(labels()[j]).append('\n');
      svm.append('\n');
    }
    Path hdf5 = folder.resolve("table.h5");
    long[] numbers = IntStream.of(labels()).asLongStream().toArray();
    Hdf5Writer.write(
        hdf5, new Hdf5Content().float64("X", all, table.length, 4).int64("y", numbers));
    return List.of(
        Files.writeString(folder.resolve("table.csv"), csv),
        Files.writeString(folder.resolve("table.svm"), svm),
        hdf5,
        npy("c", table, false),
        npy("fortran", table, true));
  }

  private Path npy(String name, double[][] table, boolean fortran) throws IOException {
    ByteBuffer numbers =
        ByteBuffer.allocate(table.length * 4 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < table.length * 4; i++) {
      numbers.putDouble(fortran ? table[i % table.length][i / table.length] : table[i / 4][i % 4]);
    }
    Files.write(
        folder.resolve("y_" + name + ".npy"), npy("<i8", "(" + ROWS + ",)", false, labels64()));
    return Files.write(
        folder.resolve("X_" + name + ".npy"),
        npy("<f8", "(" + ROWS + ", 4)", fortran, numbers.array()));
  }

  private static byte[] labels64() {
    ByteBuffer bytes = ByteBuffer.allocate(ROWS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int label : labels()) {
      bytes.putLong(label);
    }
    return bytes.array();
  }

  private static byte[] npy(String type, String shape, boolean fortran, byte[] content)
      throws IOException {
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }",
            type,
            fortran ? "True" : "False",
            shape);
    header += " ".repeat(63 - (header.length() + 10) % 64) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length() & 0xff);
    out.write(header.length() >> 8);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    return out.toByteArray();
  }
}
