// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Indexes of chunks: read right where they are as they were written, refused where they are not.
 */
class ChunkIndexTest {

  private static final List<String> NAMES =
      List.of(
          "fixed",
          "fixed_limits",
          "fixed_filtered",
          "extensible",
          "extensible_second",
          "extensible_filtered",
          "tree",
          "tree_filtered");

  @TempDir Path folder;

  private byte[] whole;
  private Path file;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream in =
        new GZIPInputStream(getClass().getResourceAsStream("/hdf5/indexes.hdf5.gz"))) {
      whole = in.readAllBytes();
    }
    file = folder.resolve("indexes.hdf5");
    Files.write(file, whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed",
        "fixed_limits",
        "fixed_filtered",
        "extensible",
        "extensible_second",
        "extensible_filtered",
        "tree",
        "tree_filtered"
      })
  void chunksAreFoundWhereTheHdf5LibraryPutThem(String name) {
    try (Hdf5File in = Hdf5File.open(file)) {
      double[] found = in.doubles(name);
      assertThat(found).hasSizeGreaterThan(29);
      assertThat(wrong(found)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"same", "limits"})
  void chunksWithoutAnIndexLieOneAfterTheOther(String name) throws IOException {
    Path implicit = folder.resolve("implicit.hdf5");
    try (InputStream in = getClass().getResourceAsStream("/hdf5/implicit.hdf5")) {
      Files.copy(in, implicit);
    }
    try (Hdf5File in = Hdf5File.open(implicit)) {
      double[] found = in.doubles(name);
      assertThat(found).hasSize(60);
      assertThat(wrong(found)).isZero();
    }
  }

  /** How many of the numbers are not what was written: 0 to 250 again and again. */
  private static long wrong(double[] found) {
    return IntStream.range(0, found.length).filter(i -> found[i] != i % 251).count();
  }

  @ParameterizedTest
  @CsvSource({
    "FAHD,3", "FADB,3", "EAHD,3", "EAIB,3", "EASB,1", "EADB,7", "BTHD,2", "BTIN,1", "BTLF,2",
  })
  void aByteThatDiffersInABlockIsRefused(String signature, int atLeast) throws IOException {
    List<Integer> blocks = places(signature);
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(atLeast);
    for (int block : blocks) {
      // The signature, the version, the kind, and the first bytes of what comes then.
      for (int at : new int[] {0, 4, 5, 6, 14, 15, 16}) {
        assertThat(refusals(block + at, 1))
            .as("%s at %d, byte %d", signature, block, at)
            .singleElement()
            .asString()
            .startsWith(file + ": data set ")
            .contains(" is damaged: in its index of chunks, ")
            .hasLineCount(1);
      }
    }
  }

  @Test
  void aBitThatDiffersAnywhereIsRefusedOrChangesNoMoreThanItsOwnNumber() throws IOException {
    int refused = 0;
    for (int at = 0; at < whole.length; at += 29) {
      refused += refusals(at, 1 << at % 8).isEmpty() ? 0 : 1;
    }
    // Most of the file is indexes; the rest is numbers, and what is allocated and not used.
    assertThat(refused).isGreaterThan(whole.length / 29 / 2);
  }

  @Test
  void aPageOfAFixedArrayIsComparedWithItsChecksum() throws IOException {
    // Prefix, bits of two pages and checksum of the only data block that has pages, then the pages.
    int pages = 0;
    for (int block : places("FADB")) {
      int first = block + 14 + 1 + 4;
      int second = first + 1024 * 8 + 4;
      for (int at : new int[] {first + 9, second + 9, second + 76 * 8}) {
        if (at < whole.length) {
          pages +=
              (int) refusals(at, 1).stream().filter(text -> text.contains("page of FADB")).count();
        }
      }
    }
    assertThat(pages).isGreaterThanOrEqualTo(3);
  }

  @Test
  void anIndexThatUsesABlockTwiceIsRefused() throws IOException {
    // The tree's root names its second child in place of its first, under a right checksum.
    byte[] damaged = whole.clone();
    int root = places("BTIN").get(0);
    int records = 2;
    int children = root + 6 + records * 24;
    int pointer = 8 + 1;
    System.arraycopy(damaged, children + pointer, damaged, children, pointer);
    int length = 6 + records * 24 + 3 * pointer;
    Resealed.seal(damaged, root, length);
    Files.write(file, damaged);
    try (Hdf5File in = Hdf5File.open(file)) {
      assertThat(refusal(in, "tree")).hasValueSatisfying(it -> assertThat(it).contains("twice"));
    }
  }

  private List<Integer> places(String signature) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(signature); at >= 0; at = text.indexOf(signature, at + 1)) {
      places.add(at);
    }
    return places;
  }

  /** The refusals of the data sets of a file in which a byte differs; the others are read right. */
  private List<String> refusals(int at, int difference) throws IOException {
    byte[] damaged = whole.clone();
    damaged[at] ^= (byte) difference;
    Files.write(file, damaged);
    List<String> refusals = new ArrayList<>();
    long wrong = 0;
    try (Hdf5File in = Hdf5File.open(file)) {
      for (String name : NAMES) {
        Optional<String> refusal = refusal(in, name);
        refusal.ifPresent(refusals::add);
        wrong += refusal.isPresent() ? 0 : wrong(in.doubles(name));
      }
    } catch (DataException e) {
      refusals.add(e.getMessage());
    }
    assertThat(wrong).as("byte %d", at).isLessThanOrEqualTo(1);
    return refusals;
  }

  private static Optional<String> refusal(Hdf5File in, String name) {
    try {
      in.doubles(name);
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(e.getMessage());
    }
  }
}
