// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static dev.lanewise.data.hdf5.TestFiles.assertRefused;
import static dev.lanewise.data.hdf5.TestFiles.everything;
import static dev.lanewise.data.hdf5.TestFiles.made;
import static dev.lanewise.data.hdf5.TestFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features that stay in their file: the same numbers, and an eye on what happens to the file. */
class MappingTest {

  // Some pages of data, so that there are whole ones to cut.
  private static final int SAMPLES = 100;
  private static final int FEATURES = 500;

  @TempDir private Path folder;

  private static Dataset read(Path file, String features, Mapping mapping) {
    return new Hdf5Format()
        .read(file, ReadOptions.unlabelled().named(features, null).mapped(mapping));
  }

  private Path pixels() {
    byte[] pixels = TestData.pixels(SAMPLES, FEATURES, 1);
    return write(
        folder.resolve("pixels.h5"), new Hdf5Content().uint8("X", pixels, SAMPLES, FEATURES));
  }

  @ParameterizedTest
  @CsvSource({
    "types.hdf5, little_u1, mapped bytes",
    "types.hdf5, big_u1, mapped bytes",
    "types.hdf5, little_f4, mapped floats",
    "group.hdf5, set/X, mapped bytes"
  })
  void mappedAndCopiedAreTheSame(String name, String features, String storage) {
    try (Dataset mapped = read(made(name), features, Mapping.ALWAYS);
        Dataset copied = read(made(name), features, Mapping.NEVER);
        Dataset small = read(made(name), features, Mapping.AUTO)) {
      assertThat(mapped.features().storage()).isEqualTo(storage);
      assertThat("mapped " + copied.features().storage()).isEqualTo(storage);
      assertThat(small.features().storage()).isEqualTo(copied.features().storage());
      assertThat(everything(mapped)).isEqualTo(everything(copied));
      assertThat(mapped.features().get(5, 3)).isEqualTo(copied.features().get(5, 3));
      assertThat(mapped.sha256()).isEqualTo(copied.sha256());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "types.hdf5, big_f4, float32 big-endian",
    "types.hdf5, little_f8, float64",
    "types.hdf5, little_i1, int8",
    "chunked-old.hdf5, plain, not in one uncompressed piece",
    "chunked-new.hdf5, noise, not in one uncompressed piece"
  })
  void whatCannotBeMappedIsRefusedOnlyWhereItMustBe(String name, String features, String why) {
    assertRefused(
        made(name),
        () -> read(made(name), features, Mapping.ALWAYS),
        "cannot be mapped",
        why,
        "expected contiguous uint8 or float32");
    read(made(name), features, Mapping.AUTO).close();
  }

  @Test
  void compressedBytesBecomeBytes() {
    try (Dataset compressed = read(made("chunked-new.hdf5"), "noise", Mapping.AUTO);
        Dataset plain = read(made("chunked-new.hdf5"), "noise_plain", Mapping.ALWAYS)) {
      assertThat(compressed.features().storage()).isEqualTo("bytes");
      assertThat(compressed.sha256()).isEqualTo(plain.sha256());
    }
  }

  @Test
  void mappedFeaturesThatAreNotFiniteAreRefused() {
    assertRefused(
        made("refused.hdf5"),
        () -> read(made("refused.hdf5"), "nan", Mapping.ALWAYS),
        "feature 0 of sample 1 is NaN");
  }

  @ParameterizedTest
  @CsvSource({"1", "20000", "49999"})
  void aFileThatWasCutIsToldInOneLine(int bytes) throws IOException {
    Path file = pixels();
    long size = Files.size(file);
    try (Dataset data = read(file, "X", Mapping.ALWAYS)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size - bytes);
      }
      assertRefused(
          file,
          data::sha256,
          "was cut while it was being read: it has " + (size - bytes) + " bytes, expected " + size);
    }
  }

  @Test
  void aFileThatWasWrittenToIsToldInOneLine() throws IOException {
    Path file = pixels();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    try (Dataset data = read(file, "X", Mapping.ALWAYS)) {
      assertThat(data.sha256()).hasSize(64);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {1}), Files.size(file) - 1);
      }
      assertRefused(file, () -> data.reading(() -> 0), "was changed while it was being read");
    }
  }

  @Test
  void whatComesOfWorkOnAFileThatChangedIsNotBelieved() throws IOException {
    Path file = pixels();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    try (Dataset data = read(file, "X", Mapping.ALWAYS)) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
      assertRefused(
          file,
          () ->
              data.reading(
                  () -> {
                    throw new IllegalStateException("diverged, for instance");
                  }),
          "was changed while it was being read");
    }
  }

  @Test
  void anotherFileThatTakesTheNameChangesNothing() throws IOException {
    Path file = pixels();
    try (Dataset data = read(file, "X", Mapping.ALWAYS)) {
      float before = data.features().get(1, 1);
      Path other = Files.writeString(folder.resolve("other"), "something else");
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      float after = data.reading(() -> data.features().get(1, 1));
      assertThat(after).isEqualTo(before);
      Files.delete(file);
      assertThat(data.sha256()).hasSize(64);
    }
  }
}
