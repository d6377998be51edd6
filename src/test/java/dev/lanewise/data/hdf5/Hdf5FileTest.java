// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static dev.lanewise.data.hdf5.TestFiles.assertRefused;
import static dev.lanewise.data.hdf5.TestFiles.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5FileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"})
  void everyNumericTypeReadsRightInBothByteOrders(String code) {
    float[] expected = new float[24];
    IntStream.range(0, 24).forEach(i -> expected[i] = i);
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      assertThat(file.floats("little_" + code)).isEqualTo(expected);
      assertThat(file.floats("big_" + code)).isEqualTo(expected);
      assertThat(file.doubles("big_" + code)).startsWith(0.0, 1.0, 2.0).hasSize(24);
    }
  }

  @Test
  void negativeNumbersKeepTheirSign() {
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      assertThat(file.longs("negative")).containsExactly(-128, -1, 0, 127);
      assertThat(file.floats("negative")).containsExactly(-128, -1, 0, 127);
    }
  }

  @Test
  void unsignedIntegersOf64BitsAreRoundedOnceToFloats() {
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      // 2^63 + 2^39 + 1 lies just above the middle between two floats.
      assertThat(file.floats("uint64")).containsExactly(0x1p64f, 0x1p63f, Math.nextUp(0x1p63f), 5f);
      assertThat(file.doubles("uint64")).containsExactly(0x1p64, 0x1p63, 0x1p63 + 0x1p39, 5);
    }
  }

  @Test
  void unsignedIntegersBeyondInt64AreRefusedAsIntegers() {
    Path path = made("types.hdf5");
    try (Hdf5File file = Hdf5File.open(path)) {
      assertRefused(path, () -> file.longs("uint64"), "18446744073709551615", "int64");
    }
  }

  @Test
  void booleansReadAsZeroAndOne() {
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      assertThat(file.longs("bool")).containsExactly(0, 1, 1, 0);
      assertThat(file.find("bool").orElseThrow()).hasToString("bool (4) enum of int8");
    }
  }

  @Test
  void compactDataReadRight() {
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      assertThat(file.longs("compact"))
          .containsExactly(IntStream.range(0, 24).asLongStream().toArray());
    }
  }

  @Test
  void textsOfFixedAndVariableLengthComeWithoutTheirPadding() {
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      assertThat(file.strings("fixed")).containsExactly("non-cat", "cat");
      assertThat(file.strings("variable")).containsExactly("nicht", "Kätzchen");
      assertThat(file.strings("spaces")).containsExactly("ab", "c d");
    }
  }

  @Test
  void aDataSetIsDescribedWithoutBeingRead() {
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      assertThat(file.find("big_u2"))
          .contains(new Hdf5Entry("big_u2", List.of(4L, 6L), "uint16 big-endian", 48));
      assertThat(file.find("missing")).isEmpty();
      assertThat(file.names()).contains("big_u2", "bool").doesNotContain("missing");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked-old.hdf5", "chunked-new.hdf5"})
  void chunksReadRightWhateverTheirFiltersAndIndex(String name) {
    long[] expected = IntStream.range(0, 210).asLongStream().toArray();
    try (Hdf5File file = Hdf5File.open(made(name))) {
      for (String data :
          List.of(
              "plain",
              "one",
              "gzip",
              "shuffle",
              "fletcher",
              "all",
              "lzf",
              "extendible",
              "extendible2")) {
        assertThat(file.longs(data)).as(data).isEqualTo(expected);
      }
      assertThat(file.longs("noise")).isEqualTo(file.longs("noise_plain"));
      assertThat(file.strings("words")).containsExactly("a", "bc");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "never | was never written",
        "partly | the chunk at [2, 0] is missing",
        "scaleoffset | compressed in a way that is not supported",
        "szip | compressed in a way that is not supported",
        "compound | compound, expected numbers",
        "reference | reference, expected numbers",
        "array | compound, expected numbers",
        "ragged | variable-length sequence, expected numbers",
        "complex | compound, expected numbers",
        "wide | not IEEE 754, expected numbers",
        "20 bits | integer of 20 bits in 4 bytes, expected numbers",
        "null | was never written",
        "soft | compound, expected numbers",
        "loop | is a link that leads back to itself",
        "external | is a link to '/little_f4' in another file, types.hdf5",
      })
  void whatCannotBeReadRightIsRefused(String name, String reason) {
    Path path = made("refused.hdf5");
    try (Hdf5File file = Hdf5File.open(path)) {
      assertRefused(path, () -> file.floats(name), name, reason);
    }
  }

  @Test
  void numbersBeyondFloat32AreRefusedAsFloatsOnly() {
    Path path = made("refused.hdf5");
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.doubles("huge")).containsExactly(1, 2, 3, 1e300);
      assertThat(file.floats("infinite")).containsExactly(1, Float.POSITIVE_INFINITY, 3, 4);
      assertRefused(path, () -> file.floats("huge"), "huge", "1.0E300", "float32");
    }
  }

  @Test
  void numbersAreNoTextsAndTextsAreNoNumbers() {
    Path path = made("types.hdf5");
    try (Hdf5File file = Hdf5File.open(path)) {
      assertRefused(path, () -> file.strings("bool"), "bool", "expected strings");
      assertRefused(path, () -> file.floats("fixed"), "fixed", "expected numbers");
      assertRefused(path, () -> file.longs("big_f4"), "big_f4", "expected integers");
      assertRefused(path, () -> file.longs("none"), "no data set 'none'", "bool");
    }
  }

  @Test
  void attributesOfTheFileAreReadWithTheirTypes() {
    Path path = made("group.hdf5");
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.stringAttribute("text")).contains("Grüße");
      assertThat(file.stringAttribute("bytes")).contains("bytes");
      assertThat(file.longAttribute("long")).hasValue(-5);
      assertThat(file.longAttribute("one")).hasValue(7);
      assertThat(file.doubleAttribute("double")).hasValue(0.005);
      assertThat(file.doubleAttribute("long")).hasValue(-5);
      assertThat(file.doubleAttribute("unsigned")).hasValue(0x1p63);
      assertThat(file.stringAttribute("none")).isEmpty();
      assertThat(file.longAttribute("none")).isEmpty();
      assertThat(file.doubleAttribute("none")).isEmpty();
      assertRefused(path, () -> file.longAttribute("unsigned"), "unsigned", "int64");
      assertRefused(path, () -> file.longAttribute("double"), "double", "expected an integer");
      assertRefused(path, () -> file.doubleAttribute("list"), "list", "expected a single value");
      assertRefused(path, () -> file.stringAttribute("long"), "long", "expected a string");
    }
  }

  @Test
  void dataSetsInGroupsAreFoundByTheirPathsBehindAUserBlock() {
    try (Hdf5File file = Hdf5File.open(made("group.hdf5"))) {
      assertThat(file.names()).containsExactly("other");
      assertThat(file.longs("set/y")).containsExactly(0, 1, 1, 0);
      assertThat(file.floats("/set/X")).startsWith(0, 1, 2).hasSize(24);
      assertThat(file.find("set")).isEmpty();
      assertThat(file.find("set/X/more")).isEmpty();
    }
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Path path = folder.resolve("none.h5");
    assertRefused(path, () -> Hdf5File.open(path), "no such file");
  }

  @Test
  void aFolderIsRefused() {
    assertRefused(folder, () -> Hdf5File.open(folder), "is a folder");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path path = Files.createFile(folder.resolve("empty.h5"));
    assertRefused(path, () -> Hdf5File.open(path), "is empty");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    Path path = Files.writeString(folder.resolve("text.h5"), "1,2,3\n".repeat(1000));
    assertRefused(path, () -> Hdf5File.open(path), "is not an HDF5 file");
  }

  @Test
  void aTypeThatIsNeitherNumberNorTextIsRefusedWhereItIsAskedFor() {
    Path path = made("opaque.hdf5");
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.longs("X")).hasSize(24);
      assertRefused(path, () -> file.floats("opaque"), "opaque (4) opaque, expected numbers");
    }
  }

  @Test
  void dataInAnotherFileAreRefused() {
    Path path = made("elsewhere.hdf5");
    try (Hdf5File file = Hdf5File.open(path)) {
      assertRefused(path, () -> file.floats("X"), "keeps its numbers in another file");
    }
  }

  @Test
  void aDataSetLargerThanItsFileIsRefusedBeforeMemoryIsTaken() throws IOException {
    Path whole = TestFiles.write(folder.resolve("m.h5"), new Hdf5Content().uint8("X", new byte[7]));
    for (long claimed : new long[] {8, 1L << 33, Long.MAX_VALUE, -2, -1}) {
      Path damaged = folder.resolve("d" + claimed + ".h5");
      Files.write(damaged, Resealed.withDimension(Files.readAllBytes(whole), 7, claimed));
      assertRefused(
          damaged,
          () -> {
            try (Hdf5File file = Hdf5File.open(damaged)) {
              file.floats("X");
            }
          },
          "damaged");
    }
  }

  @Test
  void aDataSetBeyond2GiBIsReadFromTheMappedFile() throws IOException {
    // A sparse file: its last float, beyond 2 GiB, is the only one that is not 0.
    long count = (1L << 29) + 5;
    byte[] small =
        Files.readAllBytes(
            TestFiles.write(
                folder.resolve("small.h5"), new Hdf5Content().float32("X", new float[7])));
    long size = small.length + 4 * (count - 7);
    Path path = folder.resolve("large.h5");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(Resealed.withEnd(Resealed.withDimension(small, 7, count), size));
      file.seek(size - 4);
      file.writeInt(Integer.reverseBytes(Float.floatToIntBits(2.5f)));
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.find("X").orElseThrow().byteSize()).isEqualTo(4 * count);
      Elements elements = file.numbers("X");
      assertThat(elements.type().number().floatAt(elements.run(count - 2, 2), 0)).isEqualTo(0f);
      assertThat(elements.type().number().floatAt(elements.run(count - 2, 2), 1)).isEqualTo(2.5f);
    }
  }

  @Test
  void dataLargerThanTheMachinesMemoryAreMappedOrRefusedBeforeMemoryIsTaken() throws IOException {
    // 2^20 samples of 2^20 bytes in a sparse file.
    byte[] small =
        Files.readAllBytes(
            TestFiles.write(
                folder.resolve("small.h5"), new Hdf5Content().uint8("X", new byte[77], 7, 11)));
    byte[] claims =
        Resealed.withDimension(Resealed.withDimension(small, 7, 1L << 20), 11, 1L << 20);
    long size = small.length - 77 + (1L << 40);
    Path path = folder.resolve("large.h5");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(Resealed.withEnd(claims, size));
      file.setLength(size);
    } catch (IOException e) {
      assumeTrue(false, "skipped: no sparse file of 1 TiB here");
    }
    assertRefused(
        path,
        () -> new Hdf5Format().read(path, ReadOptions.unlabelled().mapped(Mapping.NEVER)),
        "X (1048576, 1048576) uint8 needs 1099511627784 bytes of memory, this machine has ");
    try (Dataset data = new Hdf5Format().read(path, ReadOptions.unlabelled())) {
      assertThat(data.features().storage()).isEqualTo("mapped bytes");
      assertThat(data.features().byteSize()).isEqualTo(1L << 40);
      assertThat(data.features().get((1 << 20) - 1, (1 << 20) - 1)).isZero();
    }
  }

  @Test
  void aFileOpenedByAnotherThreadSaysSo() {
    try (Hdf5File file = Hdf5File.open(made("types.hdf5"))) {
      Throwable thrown =
          catchThrowable(CompletableFuture.supplyAsync(file::names)::join).getCause();
      assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("thread");
    }
  }

  @Test
  void aClosedFileSaysSo() {
    Hdf5File file = Hdf5File.open(made("types.hdf5"));
    file.close();
    file.close();
    assertThatThrownBy(() -> file.floats("big_f4"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }
}
