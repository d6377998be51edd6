// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Damage;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Scaling;
import dev.lanewise.matrix.ByteMatrix;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFormatTest {

  @TempDir private Path folder;

  /** A file that NumPy made; see make.py beside it. */
  static Path made(String name) {
    try {
      return Path.of(NpyFormatTest.class.getResource("/npy/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Dataset labelled(Path file) {
    return Datasets.read(file, ReadOptions.labelled());
  }

  static Dataset unlabelled(Path file) {
    return Datasets.read(file, ReadOptions.unlabelled());
  }

  /** The numbers 0 to 47 as 4 pixel samples of 12. */
  static void assertCubes(Dataset data) {
    assertThat(data.features()).isInstanceOf(ByteMatrix.class);
    assertThat(data.shape()).isEqualTo(FeatureShape.of(2, 3, 2));
    assertThat(data.scaling()).isEqualTo(Scaling.PIXELS);
    for (int j = 0; j < 4; j++) {
      for (int i = 0; i < 12; i++) {
        assertThat(data.features().get(i, j)).isEqualTo(Scaling.pixel(12 * j + i));
      }
    }
  }

  /** The numbers 0 to 23 as 4 samples of 6. */
  static void assertTable(Dataset data) {
    assertThat(data.shape()).isEqualTo(FeatureShape.of(6));
    assertThat(data.scaling()).isEqualTo(Scaling.NONE);
    for (int j = 0; j < 4; j++) {
      for (int i = 0; i < 6; i++) {
        assertThat(data.features().get(i, j)).isEqualTo(6f * j + i);
      }
    }
  }

  @Test
  void pixelsStayBytesAndLabelsAreFoundBeside() {
    try (Dataset data = labelled(made("X_train.npy"))) {
      assertCubes(data);
      assertThat(data.labels()).containsExactly(0, 1, 2, 1);
      assertThat(data.classNames()).containsExactly("0", "1", "2");
      assertThat(data.origin().features()).isEqualTo("X_train.npy (4, 2, 3, 2) uint8");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "little_i1",
        "little_i2",
        "big_i4",
        "little_i8",
        "little_u2",
        "big_u2",
        "little_u4",
        "little_u8",
        "little_f2",
        "big_f4",
        "little_f4",
        "little_f8"
      })
  void everyTypeOfNumberIsRead(String type) {
    try (Dataset data = unlabelled(made("type_" + type + ".npy"))) {
      assertTable(data);
    }
  }

  @Test
  void truthIsOneAndNoPixel() {
    try (Dataset data = unlabelled(made("bool.npy"))) {
      assertThat(data.scaling()).isEqualTo(Scaling.NONE);
      assertThat(data.features().column(0)).containsExactly(1, 0, 0, 1, 0, 0);
      assertThat(data.origin().features()).endsWith("bool");
    }
  }

  @Test
  void theOrderOfFortranAndLaterVersionsAreRead() {
    try (Dataset data = labelled(made("x_fortran.npy"))) {
      assertCubes(data);
      assertThat(data.labels()).containsExactly(0, 1, 2, 1);
    }
    try (Dataset data = unlabelled(made("table_fortran.npy"))) {
      assertTable(data);
    }
    try (Dataset data = unlabelled(made("version2.npy"))) {
      assertTable(data);
    }
  }

  @Test
  void whatLiesAsItIsComputedWithCanBeMapped() throws IOException {
    ReadOptions mapped = ReadOptions.unlabelled().mapped(Mapping.ALWAYS);
    try (Dataset data = Datasets.read(made("type_little_f4.npy"), mapped)) {
      assertThat(data.features().storage()).isEqualTo("mapped floats");
      assertTable(data);
    }
    try (Dataset data = Datasets.read(made("X_train.npy"), mapped)) {
      assertThat(data.features().storage()).isEqualTo("mapped bytes");
    }
    assertUnmappable(made("type_big_f4.npy"), "they are float32 big-endian");
    assertUnmappable(made("x_fortran.npy"), "they are in Fortran's order");
    assertUnmappable(made("plain.npz"), "they are in an archive");
  }

  private static void assertUnmappable(Path file, String reason) {
    assertThatThrownBy(() -> Datasets.read(file, ReadOptions.unlabelled().mapped(Mapping.ALWAYS)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be mapped: " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "objects.npy, 'array ''objects.npy'' holds Python objects (dtype object), expected numbers'",
    "records.npy, records (a structured dtype)",
    "complex.npy, complex numbers",
    "texts.npy, holds texts",
    "y_train.npy, 'expected samples x features, two dimensions or more'",
    "objects.npz, 'array ''y'' holds Python objects (dtype object), expected numbers or texts'",
    "sparse_csr.npz, 'is a sparse matrix of SciPy''s; save numpy.savez('",
    "sparse_coo.npz, is a sparse matrix of SciPy's",
    "sparse_dia.npz, is a sparse matrix of SciPy's",
    "named_wrong.npz, 'array ''feature_names'': there are 2 names for 6 features'",
    "nothing_of_use.npz, 'holds no features: expected X, x_train'",
    "mnist_like.npz, 'the features could be x_train, x_test; choose with --features NAME'",
  })
  void whatIsNoDataIsRefused(String name, String reason) {
    Path file = made(name);
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> unlabelled(made("nan.npy")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feature 0 of sample 1 in nan.npy is NaN");
  }

  @Test
  void namesOfFeaturesAreKept() {
    try (Dataset data = labelled(made("named.npz"))) {
      assertTable(data);
      assertThat(data.featureNames())
          .contains(FeatureNames.of(List.of("a", "b", "größe", "d", "e", "f")));
    }
    List<String> told = new ArrayList<>();
    Path objects = made("named_objects.npz");
    try (Dataset data = Datasets.read(objects, ReadOptions.labelled().noting(told::add))) {
      assertThat(data.featureNames()).isEmpty();
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).startsWith(objects + ": feature_names").contains("left out");
  }

  @Test
  void archivesAreReadByTheirNames() {
    try (Dataset data = labelled(made("plain.npz"))) {
      assertCubes(data);
      assertThat(data.labels()).containsExactly(0, 1, 2, 1);
      assertThat(data.classNames()).containsExactly("a", "b", "c");
    }
    for (String name : new String[] {"compressed.npz", "big_texts.npz"}) {
      try (Dataset data = labelled(made(name))) {
        assertTable(data);
        assertThat(data.classNames()).containsExactly("björn", "cat", "dog");
        assertThat(data.labels()).containsExactly(2, 1, 0, 1);
      }
    }
    try (Dataset data = labelled(made("bytes.npz"))) {
      assertThat(data.classNames()).containsExactly("no", "yes");
      assertThat(data.labels()).containsExactly(0, 1, 1, 0);
    }
    ReadOptions test = ReadOptions.labelled().named("x_test", null);
    try (Dataset data = Datasets.read(made("mnist_like.npz"), test)) {
      assertThat(data.samples()).isEqualTo(2);
      assertThat(data.origin().labels()).isEqualTo("y_test");
    }
    ReadOptions missing = ReadOptions.labelled().named("z", null);
    assertThatThrownBy(() -> Datasets.read(made("plain.npz"), missing))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no array 'z', expected one of X, y, target_names");
  }

  @Test
  void otherArchivesAreRefused() throws IOException {
    Path file = folder.resolve("other.zip");
    try (java.util.zip.ZipOutputStream out =
        new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new java.util.zip.ZipEntry("letter.txt"));
      out.write(65);
    }
    assertThatThrownBy(() -> unlabelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is a zip archive of letter.txt and no arrays; unpack it");
  }

  @Test
  void headersThatLieAreRefusedBeforeMemoryIsAskedFor() throws IOException {
    assertLieIsRefused("(4, 6)", "(9, 6)", "takes 344 bytes, the file has 224");
    assertLieIsRefused("(4, 6)", "(3, 6)", "but the file has 224");
    assertLieIsRefused("(4, 6)", "(999999999, 99999999)", "cut short or damaged");
    assertLieIsRefused("(4, 6)", "(999999999999999999, 99999999999999999)", "cut short or damaged");
    assertLieIsRefused("(4, 6)", "(9999999999999999999, 6)", "is damaged: the header");
    assertLieIsRefused("(4, 6)", "(-4, 6)", "is damaged: the header");
    assertLieIsRefused("(4, 6)", "(0, 6)", "but the file has 224");
    assertLieIsRefused("(4, 6)", "4", "is damaged: the header");
    assertLieIsRefused("<f4", "<f16", "numbers of the unknown dtype f16");
    assertLieIsRefused("<f4", "f", "numbers of the unknown dtype f");
    assertLieIsRefused("'descr'", "'d'", "is damaged: the header");
    assertLieIsRefused("False", "Maybe", "is damaged: the header");
  }

  private void assertLieIsRefused(String truth, String lie, String reason) throws IOException {
    byte[] bytes = Files.readAllBytes(made("type_little_f4.npy"));
    String header = new String(bytes, 10, 118, java.nio.charset.StandardCharsets.ISO_8859_1);
    String lying = header.replace(truth, lie).stripTrailing();
    String padded = lying + " ".repeat(117 - lying.length()) + "\n";
    System.arraycopy(
        padded.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, bytes, 10, 118);
    Path file = Files.write(folder.resolve("lie.npy"), bytes);
    assertThatThrownBy(() -> unlabelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X_train.npy", "x_fortran.npy", "compressed.npz", "plain.npz"})
  void damageIsRefusedOrHarmless(String name) throws IOException {
    Path file = Files.copy(made(name), folder.resolve(name));
    if (name.endsWith("npy")) {
      String labels = name.replaceFirst("^[xX]", "y");
      Files.copy(made(labels), folder.resolve(labels));
    }
    Damage.assertCutsAreRefused(file, NpyFormatTest::labelled);
    Damage.assertTrailingBytesAreRefused(file, NpyFormatTest::labelled);
    Damage.assertEveryHeaderByteIsHandled(file, 128, NpyFormatTest::labelled);
    Damage.assertWrongBytesAreHandled(file, 128, 1000, NpyFormatTest::labelled);
  }

  @Test
  void wrongDataInAnArchiveAreNoticed() throws IOException {
    Path file = Files.copy(made("plain.npz"), folder.resolve("plain.npz"));
    byte[] whole = Files.readAllBytes(file);
    // X is the first entry, stored; its last pixel is 47.
    int pixel = 0;
    while (whole[pixel] != 46 || whole[pixel + 1] != 47) {
      pixel++;
    }
    whole[pixel] = 45;
    Files.write(file, whole);
    assertThatThrownBy(() -> labelled(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the checksum of the content differs");
  }

  private Path labels(String type, int length, byte[] texts) throws IOException {
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '%s%d', 'fortran_order': False, 'shape': (2,), }",
            type,
            length);
    String padded = header + " ".repeat(117 - header.length()) + "\n";
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    out.writeBytes(padded.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    out.writeBytes(texts);
    Path features = folder.resolve("X.npy");
    byte[] numbers = Files.readAllBytes(made("type_little_i1.npy"));
    String types = new String(numbers, 10, 118, java.nio.charset.StandardCharsets.ISO_8859_1);
    System.arraycopy(
        types.replace("(4, 6)", "(2,12)").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
        0,
        numbers,
        10,
        118);
    Files.write(features, numbers);
    Files.write(folder.resolve("y.npy"), out.toByteArray());
    return features;
  }

  @Test
  void textsThatAreNoneAreNotMadeTheSame() throws IOException {
    Path latin1 = labels("|S", 2, new byte[] {'g', (byte) 0xfc, 'g', (byte) 0xe4});
    assertThatThrownBy(() -> labelled(latin1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("text 0 of array 'y.npy' is not in UTF-8");
    Path beyond = labels("<U", 1, new byte[] {1, 2, 3, 4, 'a', 0, 0, 0});
    assertThatThrownBy(() -> labelled(beyond))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("text 0 of array 'y.npy' is not in UTF-32LE");
    Path within = labels("|S", 3, new byte[] {'a', 0, 'b', 'a', 0, 'c'});
    assertThatThrownBy(() -> labelled(within))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("control character");
    try (Dataset data = labelled(labels("|S", 3, new byte[] {'a', 0, 0, 'a', 'b', 0}))) {
      assertThat(data.classNames()).containsExactly("a", "ab");
    }
  }
}
