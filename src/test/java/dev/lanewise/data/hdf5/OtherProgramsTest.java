// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static dev.lanewise.data.hdf5.TestFiles.assertRefused;
import static dev.lanewise.data.hdf5.TestFiles.made;
import static dev.lanewise.data.hdf5.TestFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as MATLAB, Octave, pandas and h5py write them: read as they are meant, or named. */
class OtherProgramsTest {

  private static final Path OTHERS = made("others.hdf5");

  @TempDir Path folder;

  /** The numbers of {@code X}, which the other programs' data sets hold too. */
  private static float[] numbers() {
    try (Hdf5File file = Hdf5File.open(OTHERS)) {
      return file.floats("X");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"matlab/X", "octave/value", "shared", "links/chain", "here/here/X"})
  void theSameNumbersAreReadFromEachProgramsDataSet(String name) {
    float[] numbers = numbers();
    assertThat(numbers).hasSize(15).doesNotHaveDuplicates();
    try (Dataset data = read(OTHERS, name, "matlab/y")) {
      assertThat(data.samples()).isEqualTo(5);
      assertThat(data.width()).isEqualTo(3);
      for (int j = 0; j < 5; j++) {
        assertThat(data.features().column(j))
            .containsExactly(numbers[3 * j], numbers[3 * j + 1], numbers[3 * j + 2]);
      }
      assertThat(data.labels()).containsExactly(0, 1, 1, 0, 2);
    }
  }

  @Test
  void matlabsArraysOfAnyRankAndTypeHaveTheirDimensionsTurnedRound() {
    float[] x = numbers();
    try (Hdf5File file = Hdf5File.open(OTHERS)) {
      assertThat(file.find("matlab/square").orElseThrow())
          .hasToString("matlab/square (3, 3) float32");
      assertThat(file.floats("matlab/square"))
          .containsExactly(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8]);
      assertThat(file.find("matlab/cube").orElseThrow()).hasToString("matlab/cube (5, 2, 3) int16");
      assertThat(file.longs("matlab/cube"))
          .containsExactly(IntStream.range(0, 30).asLongStream().toArray());
    }
  }

  @Test
  void matlabsTruthValuesAreNumbersAndNoPixels() {
    float[] x = numbers();
    try (Dataset data = read(OTHERS, "matlab/logical", "matlab/y")) {
      assertThat(data.origin().features()).isEqualTo("matlab/logical (5, 3) logical");
      for (int j = 0; j < 5; j++) {
        for (int i = 0; i < 3; i++) {
          assertThat(data.features().get(i, j)).isEqualTo(x[3 * j + i] > 0 ? 1f : 0f);
        }
      }
    }
  }

  @Test
  void whatIsTransposedCannotBeMapped() {
    ReadOptions mapped = ReadOptions.unlabelled().named("matlab/X", null).mapped(Mapping.ALWAYS);
    assertRefused(
        OTHERS,
        () -> new Hdf5Format().read(OTHERS, mapped),
        "not in one uncompressed piece of the file, in their order");
  }

  @ParameterizedTest
  @CsvSource({
    "matlab/chars,no yes yes no perhaps",
    "matlab/cells,no yes yes no perhaps",
    "texts/fixed,no yes yes no perhaps",
    "texts/variable,käse brot brot käse öl",
    "texts/ascii,ä ö ä ö ü",
  })
  void labelsThatAreTextsNameTheirClasses(String name, String words) {
    try (Dataset data = read(OTHERS, "X", name)) {
      assertThat(IntStream.of(data.labels()).mapToObj(data.classNames()::get))
          .containsExactly(words.split(" "));
    }
  }

  @Test
  void labelsThatAreTextsOfNumbersAreClassNumbers() {
    try (Dataset data = read(OTHERS, "X", "texts/numbers")) {
      assertThat(data.labels()).containsExactly(0, 1, 1, 0, 1);
      assertThat(data.classNames()).containsExactly("0", "1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "X | texts/latin | a text is not in UTF-8",
        "X | matlab/mixed | cell 0 of matlab/mixed (2, 1) cell holds char of 7 columns",
        "X | matlab/categorical | matlab/categorical (5, 1) MATLAB categorical, expected numbers",
        "matlab/empty | matlab/y | empty array of MATLAB, expected numbers",
        "links/broken | matlab/y | 'links/broken' is a link to a name that is not there, nowhere",
        "links/loop | matlab/y | 'links/loop' is a link that leads back to itself",
        "links/other | matlab/y | is a link to '/train/X' in another file, other.h5",
        "type | matlab/y | has no data set 'type'",
        "texts | matlab/y | 'texts' is a group, expected a data set such as texts/ascii",
      })
  void whatCannotBeReadIsNamed(String features, String labels, String reason) {
    Path file = made("others.hdf5");
    if (labels.equals("matlab/mixed")) {
      try (Hdf5File open = Hdf5File.open(file)) {
        assertRefused(file, () -> open.strings(labels), reason);
      }
      return;
    }
    assertRefused(file, () -> read(file, features, labels), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "groups | found no data set; its groups hold train/X (5, 3) float64, train/y (4) int64;",
        "groups | as in --features train/X",
        "frame | 'df' is a table of pandas (to_hdf), whose numbers are in blocks",
        "frame | --features df/block0_values",
        "sparse | 'X' is a sparse matrix, expected a dense one",
        "link | 'X' is a link to '/X' in another file, other.h5",
      })
  void aFileWhoseDataSetsAreElsewhereSaysWhere(String name, String reason) {
    Path file = made(name + ".hdf5");
    assertRefused(file, () -> read(file), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest"})
  void thousandsOfMembersAndManyAttributesAreRead(String version) throws IOException {
    Path path = folder.resolve("many.hdf5");
    try (InputStream in =
        new GZIPInputStream(getClass().getResourceAsStream("/hdf5/many-" + version + ".hdf5.gz"))) {
      Files.copy(in, path);
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.names()).hasSize(3001).contains("X", "name0000", "name2999");
      for (int i = 0; i < 3000; i += 100) {
        assertThat(file.floats(String.format(Locale.ROOT, "name%04d", i))).isEqualTo(numbers());
      }
    }
  }
}
