// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static dev.lanewise.data.hdf5.TestFiles.everything;
import static dev.lanewise.data.hdf5.TestFiles.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lanewise.Effort;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.ReadOptions;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files cut short anywhere and files with wrong bits: refused with one line, or read right. */
class DamagedFileTest {

  @TempDir Path folder;

  private Path contiguous(int samples, int side) {
    Path file = folder.resolve("whole.h5");
    byte[] pixels = new byte[samples * side * side * 3];
    new Random(1).nextBytes(pixels);
    int[] labels = new Random(2).ints(samples, 0, 2).toArray();
    Hdf5DatasetWriter.write(
        file, "train", FeatureShape.of(side, side, 3), pixels, labels, List.of("non-cat", "cat"));
    return file;
  }

  private Path chunked() {
    Path file = folder.resolve("whole.h5");
    int[][] x = new int[7][5];
    for (int j = 0; j < 7; j++) {
      x[j] = new Random(j).ints(5).toArray();
    }
    try (WritableHdfFile out = HdfFile.write(file)) {
      out.putDataset(
          "X",
          x,
          DatasetCreationOptions.builder().chunkDimensions(2, 3).shuffle().deflate().build());
      out.putDataset("y", new long[] {0, 1, 1, 0, 1, 0, 0});
    }
    return file;
  }

  /** All that a data set holds, or null where the file is refused as it should be. */
  private static List<Object> readOrRefused(Path file, ReadOptions options) {
    try (Dataset data = new Hdf5Format().read(file, options)) {
      return everything(data);
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith(file.toString()).hasLineCount(1);
      return null;
    }
  }

  private void assertCutsAreRefusedOrHarmless(
      byte[] whole, int[] lengths, Function<Path, List<Object>> read) throws IOException {
    Path cut = folder.resolve("cut.h5");
    Files.write(cut, whole);
    List<Object> expected = read.apply(cut);
    assertThat(expected).isNotNull();
    for (int length : lengths) {
      Files.write(cut, Arrays.copyOf(whole, length));
      List<Object> found = read.apply(cut);
      if (found != null) {
        assertThat(found).as("cut to %d of %d bytes", length, whole.length).isEqualTo(expected);
      }
    }
  }

  /** All lengths below one, or every seventh. */
  private static int[] every(int length) {
    return IntStream.range(0, length).filter(i -> i % Effort.of(7, 1) == 0).toArray();
  }

  @Test
  void aContiguousFileCutAnywhereIsRefusedOrReadRight() throws IOException {
    byte[] whole = Files.readAllBytes(contiguous(3, 4));
    assertCutsAreRefusedOrHarmless(
        whole, every(whole.length), file -> readOrRefused(file, ReadOptions.labelled()));
  }

  @Test
  void aChunkedFileCutAnywhereIsRefusedOrReadRight() throws IOException {
    byte[] whole = Files.readAllBytes(chunked());
    assertCutsAreRefusedOrHarmless(
        whole, every(whole.length), file -> readOrRefused(file, ReadOptions.labelled()));
  }

  @Test
  void aFileThatIsCutAndSaysItIsShorterIsRefusedOrReadRight() throws IOException {
    // The end-of-file address fits the cut file, so that only the addresses of the data can tell.
    byte[] whole = Files.readAllBytes(contiguous(3, 4));
    Path cut = folder.resolve("cut.h5");
    List<Object> expected = readOrRefused(folder.resolve("whole.h5"), ReadOptions.labelled());
    int refused = 0;
    int tries = 0;
    for (int length = 48; length < whole.length; length += Effort.of(7, 1)) {
      tries++;
      Files.write(cut, Resealed.withEnd(Arrays.copyOf(whole, length), length));
      List<Object> found = readOrRefused(cut, ReadOptions.labelled());
      if (found == null) {
        refused++;
      } else {
        assertThat(found).isEqualTo(expected);
      }
    }
    // Nothing in this file is unused.
    assertThat(refused).isEqualTo(tries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked-old.hdf5", "chunked-new.hdf5", "group.hdf5"})
  void aFileOfTheHdf5LibraryCutAnywhereIsRefusedOrReadRight(String name) throws IOException {
    byte[] whole = Files.readAllBytes(made(name));
    String features = name.startsWith("group") ? "set/X" : "all";
    ReadOptions options = ReadOptions.unlabelled().named(features, null);
    int[] lengths = Arrays.stream(every(whole.length)).filter(i -> i % 17 == 0).toArray();
    assertCutsAreRefusedOrHarmless(whole, lengths, file -> readOrRefused(file, options));
  }

  @Test
  void aFileOfTheTutorialsSizeCutAtSeveralHundredPlacesIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(contiguous(209, 64));
    int[] lengths = new Random(3).ints(Effort.of(80, 400), 0, whole.length).toArray();
    Path cut = folder.resolve("cut.h5");
    // Longest first, so that each cut only shortens the file.
    Arrays.sort(lengths);
    Files.write(cut, whole);
    try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      for (int i = lengths.length - 1; i >= 0; i--) {
        channel.truncate(lengths[i]);
        assertThat(readOrRefused(cut, ReadOptions.labelled())).as("cut to %d", lengths[i]).isNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"train_catvnoncat.h5,300", "test_catvnoncat.h5,300"})
  void theTutorialsOwnFilesCutShortAreRefused(String name, int cuts) throws IOException {
    byte[] whole = Files.readAllBytes(TestFiles.tutorial(name));
    int[] lengths = new Random(4).ints(cuts, 0, whole.length).toArray();
    assertCutsAreRefusedOrHarmless(
        whole, lengths, file -> readOrRefused(file, ReadOptions.labelled()));
  }

  @Test
  void wrongBitsInOurOwnFilesNeverEscapeAsAnythingButARefusal() throws IOException {
    assertFlipsAreHandled(
        Files.readAllBytes(contiguous(3, 4)), ReadOptions.labelled(), Effort.of(100, 500));
    assertFlipsAreHandled(
        Files.readAllBytes(chunked()), ReadOptions.labelled(), Effort.of(100, 500));
  }

  @ParameterizedTest
  @CsvSource({
    "chunked-old.hdf5,all",
    "chunked-old.hdf5,extendible2",
    "chunked-new.hdf5,all",
    "chunked-new.hdf5,extendible",
    "chunked-new.hdf5,lzf",
    "group.hdf5,set/X",
    "types.hdf5,little_f4",
  })
  void wrongBitsInFilesOfTheHdf5LibraryNeverEscapeAsAnythingButARefusal(
      String name, String features) throws IOException {
    ReadOptions options = ReadOptions.unlabelled().named(features, null);
    assertFlipsAreHandled(Files.readAllBytes(made(name)), options, Effort.of(100, 500));
  }

  private void assertFlipsAreHandled(byte[] whole, ReadOptions options, int times) {
    Random random = new Random(5);
    Path flipped = folder.resolve("flipped.h5");
    for (int i = 0; i < times; i++) {
      byte[] damaged = whole.clone();
      // One to four wrong bytes, half of the time in the headers at the beginning.
      for (int n = random.nextInt(4); n >= 0; n--) {
        int range = random.nextBoolean() ? Math.min(1000, whole.length) : whole.length;
        damaged[random.nextInt(range)] = (byte) random.nextInt();
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            Files.write(flipped, damaged);
            readOrRefused(flipped, options);
          },
          "try " + i);
    }
  }
}
