// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data sets that h5py wrote with all its filters, with chunks that were written without some of
 * them, and with all kinds of index: the numbers are those that h5py reads. {@code
 * src/test/python/write_hdf5.py} makes them.
 */
class Hdf5PeerTest {

  private static final String REFUSED = "refused";

  @TempDir Path folder;

  @Test
  void aFewOfAllCombinationsAreReadAsH5pyReadsThem() throws IOException {
    for (String name : List.of("earliest", "latest")) {
      try (InputStream in =
          new GZIPInputStream(getClass().getResourceAsStream("/hdf5/peer/" + name + ".hdf5.gz"))) {
        Files.copy(in, folder.resolve(name + ".hdf5"));
      }
    }
    try (InputStream in = getClass().getResourceAsStream("/hdf5/peer/expected.txt")) {
      Files.copy(in, folder.resolve("expected.txt"));
    }
    assertThat(compared(folder)).isEqualTo(72);
  }

  @Test
  void allCombinationsAreReadAsH5pyReadsThem() throws IOException {
    String all = System.getProperty("hdf5.peer.dir", "");
    assumeTrue(!all.isBlank(), "skipped: set -Dhdf5.peer.dir to what write_hdf5.py has written");
    System.out.println(compared(Path.of(all)) + " data sets are read as h5py reads them");
  }

  private static int compared(Path folder) throws IOException {
    Map<String, Map<String, String[]>> files = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("expected.txt"))) {
      String[] parts = line.split("\t");
      files.computeIfAbsent(parts[0], it -> new TreeMap<>()).put(parts[1], parts);
    }
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (String name : files.keySet()) {
      try (Hdf5File file = Hdf5File.open(folder.resolve(name))) {
        Map<String, String[]> expected = files.get(name);
        assertThat(file.names()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (String[] each : expected.values()) {
          String found = digest(file, each[1]);
          compared++;
          // Where h5py refuses, so must Lanewise; it may where h5py does not find what was written.
          boolean right = found.equals(each[2]);
          if (each[2].equals(REFUSED) || each[3].equals("otherwise")) {
            right |= found.startsWith(REFUSED);
          }
          if (!right) {
            wrong.add(name + ": " + each[1] + ": " + found);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    return compared;
  }

  private static String digest(Hdf5File file, String name) {
    try {
      double[] values = file.doubles(name);
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
      bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes.array()));
    } catch (DataException e) {
      return REFUSED + ": " + e.getMessage();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
