// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.hdf5.Hdf5DatasetWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that come through a pipe. */
class PipedFileTest {

  private static final String TABLE = ",a,label\n0,1,0\n1,2,1\n";

  @TempDir private Path folder;

  private final InputStream before = System.in;
  private final List<String> told = new ArrayList<>();
  private List<Path> leftBefore;

  @BeforeEach
  void look() {
    leftBefore = left();
  }

  @AfterEach
  void nothingIsLeft() {
    System.setIn(before);
    assertThat(left()).isEqualTo(leftBefore);
  }

  private static List<Path> left() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.toString().endsWith(".piped")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path standardInput(byte[] bytes) {
    System.setIn(new ByteArrayInputStream(bytes));
    return Path.of("-");
  }

  private static Path standardInput(String text) {
    return standardInput(text.getBytes(StandardCharsets.UTF_8));
  }

  private ReadOptions labelled() {
    return ReadOptions.labelled().noting(told::add);
  }

  @Test
  void textIsReadFromStandardInput() {
    try (Dataset data = Datasets.read(standardInput(TABLE), labelled())) {
      assertThat(data.features().column(1)).containsExactly(2);
      assertThat(data.origin().source()).isEqualTo("standard input");
    }
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).startsWith("standard input: column 0, without a name,");
    List<String> sources = new ArrayList<>();
    Datasets.readInParts(
        standardInput("0 1:5\n1 2:6\n"),
        ReadOptions.unlabelled(),
        part -> sources.add(part.data().origin().source() + part.data().features().get(1, 1)));
    assertThat(sources).containsExactly("standard input6.0");
  }

  @Test
  void binaryFormatsAreReadFromStandardInput() throws IOException {
    Path file = folder.resolve("data.h5");
    try (Dataset data = Dataset.of(new float[][] {{1, 2}, {3, 4}}, new int[] {0, 1})) {
      Hdf5DatasetWriter.write(file, data, new int[] {0, 1});
      try (Dataset piped =
          Datasets.read(standardInput(Files.readAllBytes(file)), ReadOptions.labelled())) {
        assertThat(piped.sha256()).isEqualTo(data.sha256());
      }
      List<Float> parts = new ArrayList<>();
      Datasets.readInParts(
          standardInput(Files.readAllBytes(file)),
          ReadOptions.unlabelled(),
          part -> parts.add(part.data().features().get(0, 1)));
      assertThat(parts).containsExactly(3f);
    }
  }

  @Test
  void aNamedPipeIsReadUnderItsName() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0, "needs mkfifo");
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Files.writeString(pipe, "a,label\n1,0\nx,1\n");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    assertThatThrownBy(() -> Datasets.read(pipe, labelled()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(pipe + ": line 3: column 'a' is 'x', expected a number");
    writer.join();
  }

  @Test
  void whatCannotBeReadFromAPipeIsRefused() {
    assertThatThrownBy(() -> Datasets.read(standardInput(""), labelled()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("standard input: is a pipe that nothing came through");
    ReadOptions mapped = labelled().mapped(Mapping.ALWAYS);
    assertThatThrownBy(() -> Datasets.read(standardInput(TABLE), mapped))
        .isInstanceOf(DataException.class)
        .hasMessage("standard input: the features cannot be mapped: they come through a pipe");
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "needs /dev/zero");
    assertThatThrownBy(() -> Datasets.read(device, labelled()))
        .isInstanceOf(DataException.class)
        .hasMessage("/dev/zero: is a device or a socket, expected a file, a folder or a pipe");
  }
}
