// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static dev.lanewise.data.hdf5.TestFiles.assertRefused;
import static dev.lanewise.data.hdf5.TestFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.file.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5WriterTest {

  @TempDir Path folder;

  private static Hdf5Content content() {
    return new Hdf5Content()
        .uint8("bytes", new byte[] {0, 127, -1, -128}, 2, 2)
        .float32("floats", new float[] {1.5f, -0f, Float.MIN_VALUE})
        .float64("doubles", new double[] {Math.PI})
        .int64("longs", new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 1, 2)
        .strings("texts", List.of("", "Kätzchen", "cat"))
        .attribute("text", "Grüße")
        .attribute("nothing", "")
        .attribute("long", -7L)
        .attribute("double", 0.005);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everythingWrittenIsReadBack() throws IOException {
    Path path = write(folder.resolve("all.h5"), content());
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.names())
          .containsExactlyInAnyOrder("bytes", "floats", "doubles", "longs", "texts");
      assertThat(file.find("bytes").orElseThrow()).hasToString("bytes (2, 2) uint8");
      assertThat(file.longs("bytes")).containsExactly(0, 127, 255, 128);
      assertThat(file.floats("floats")).containsExactly(1.5f, -0f, Float.MIN_VALUE);
      assertThat(file.doubles("doubles")).containsExactly(Math.PI);
      assertThat(file.longs("longs")).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
      assertThat(file.strings("texts")).containsExactly("", "Kätzchen", "cat");
      assertThat(file.stringAttribute("text")).contains("Grüße");
      assertThat(file.stringAttribute("nothing")).contains("");
      assertThat(file.longAttribute("long")).hasValue(-7);
      assertThat(file.doubleAttribute("double")).hasValue(0.005);
    }
    assertThat(left()).containsExactly("all.h5");
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(write(folder.resolve("first.h5"), content()));
    byte[] second = Files.readAllBytes(write(folder.resolve("second.h5"), content()));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aContentCanBeWrittenTwice() throws IOException {
    Hdf5Content content = content();
    byte[] first = Files.readAllBytes(write(folder.resolve("first.h5"), content));
    assertThat(Files.readAllBytes(write(folder.resolve("second.h5"), content))).isEqualTo(first);
  }

  @Test
  void moreThanOneBlockOfDataIsWrittenWhole() {
    float[] values = new float[1_000_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path path = write(folder.resolve("large.h5"), new Hdf5Content().float32("X", values));
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.floats("X")).isEqualTo(values);
    }
  }

  @Test
  void anOlderFileIsReplaced() throws IOException {
    Path path = Files.writeString(folder.resolve("all.h5"), "older");
    write(path, content());
    assertThat(new Hdf5Format().matches(path)).isTrue();
    assertThat(left()).containsExactly("all.h5");
  }

  @Test
  void aSymbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path real = Files.writeString(folder.resolve("real.h5"), "older");
    Path link = folder.resolve("link.h5");
    try {
      Files.createSymbolicLink(link, real);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "skipped: no symbolic links here");
    }
    write(link, content());
    assertThat(link).isSymbolicLink();
    assertThat(new Hdf5Format().matches(real)).isTrue();
  }

  @Test
  void aFolderInTheWayIsRefusedAndNothingIsLeftBehind() throws IOException {
    Path path = Files.createDirectory(folder.resolve("folder.h5"));
    assertRefused(path, () -> Hdf5Writer.write(path, content()), "is a folder");
    assertThat(left()).containsExactly("folder.h5");
  }

  @Test
  void aMissingFolderIsNamed() throws IOException {
    Path path = folder.resolve("missing").resolve("all.h5");
    assertRefused(path, () -> Hdf5Writer.write(path, content()), "there is no folder", "missing");
    assertThat(left()).isEmpty();
  }

  @Test
  void aFolderThatMayNotBeWrittenIsRefused() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "skipped: no POSIX permissions here");
    Path path = Files.createDirectory(folder.resolve("closed")).resolve("all.h5");
    Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(path.getParent()), "skipped: this user may write anywhere");
      assertRefused(path, () -> Hdf5Writer.write(path, content()), "permission denied");
    } finally {
      Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    assertThat(Files.exists(path)).isFalse();
  }

  @Test
  void whateverFailsTheOlderFileStaysAndNothingIsLeftBehind() throws IOException {
    Path path = Files.writeString(folder.resolve("all.h5"), "older");
    for (Throwable failure :
        List.of(new IOException("No space left on device"), new OutOfMemoryError("heap"))) {
      assertRefused(
          path,
          () ->
              WholeFile.write(
                  path,
                  channel -> {
                    channel.write(ByteBuffer.allocate(100));
                    if (failure instanceof IOException) {
                      throw (IOException) failure;
                    }
                    throw (Error) failure;
                  },
                  written -> {}),
          "cannot be written: " + failure.getMessage());
    }
    assertRefused(
        path,
        () ->
            WholeFile.write(
                path,
                channel -> {},
                written -> {
                  throw new IllegalStateException("reads back as another");
                }),
        "reads back as another");
    assertThat(path).hasContent("older");
    assertThat(left()).containsExactly("all.h5");
  }

  @Test
  void contentThatNoFileCanHoldIsRefusedAtOnce() {
    Hdf5Content content = new Hdf5Content().uint8("X", new byte[6], 2, 3);
    assertThatThrownBy(() -> content.float32("X", new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two data sets");
    assertThatThrownBy(() -> content.float32("none", new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no elements");
    for (int[] dimensions : List.of(new int[] {4, 2}, new int[] {0, 6}, new int[] {-2, -3})) {
      assertThatThrownBy(() -> content.uint8("Y", new byte[6], dimensions))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("6 elements");
    }
    for (String name : List.of("", " ", "a/b", ".", "a\0b")) {
      assertThatThrownBy(() -> content.uint8(name, new byte[6]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> content.attribute(name, 1L))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> content.attribute("long", "x".repeat(30_001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30000");
    assertThatThrownBy(() -> content.strings("S", List.of("a\0b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestAttributeIsReadBack() {
    String text = "ä".repeat(15_000);
    Path path = write(folder.resolve("long.h5"), new Hdf5Content().attribute("text", text));
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.stringAttribute("text")).contains(text);
    }
  }

  @Test
  void picturesThatDoNotFitTheirLabelsAreRefusedAtOnce() {
    Path path = folder.resolve("x.h5");
    FeatureShape shape = FeatureShape.of(2, 1, 1);
    List<String> names = List.of("no", "yes");
    assertThatThrownBy(
            () -> Hdf5DatasetWriter.write(path, "dev", shape, new byte[2], new int[1], names))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Hdf5DatasetWriter.write(path, "train", shape, new byte[3], new int[1], names))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Hdf5DatasetWriter.write(path, "train", shape, new byte[0], new int[0], names))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Hdf5DatasetWriter.write(path, "train", shape, new byte[2], new int[] {2}, names))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                Hdf5DatasetWriter.write(
                    path, "train", shape, new byte[2], new int[1], List.of("cat")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(path).doesNotExist();
  }
}
