// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lanewise.Effort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * Damages files in every way there is, and sees that they are refused in one line or read right.
 */
public final class Damage {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Damage() {}

  /** All that a data set holds, or null where the file is refused as it should be. */
  public static List<Object> readOrRefused(Path file, Function<Path, Dataset> reader) {
    try (Dataset data = reader.apply(file)) {
      return everything(data);
    } catch (DataException e) {
      // It may be about another file that goes with this one.
      assertThat(e.getMessage()).startsWith(file.getParent().toString()).hasLineCount(1);
      return null;
    }
  }

  /** Everything in a data set, for comparing two of them. */
  public static List<Object> everything(Dataset data) {
    List<Object> all = new ArrayList<>();
    for (int j = 0; j < data.samples(); j++) {
      for (float value : data.features().column(j)) {
        all.add(value);
      }
    }
    if (data.isLabelled()) {
      for (int label : data.labels()) {
        all.add(label);
      }
    }
    all.addAll(data.classNames());
    all.add(data.shape());
    all.add(data.scaling());
    return all;
  }

  /** A file cut to every length, or to a seventh of the lengths: always refused. */
  public static void assertCutsAreRefused(Path file, Function<Path, Dataset> reader) {
    byte[] whole = bytes(file);
    assertThat(readOrRefused(file, reader)).as("whole").isNotNull();
    for (int length = whole.length - 1; length >= 0; length -= Effort.of(7, 1)) {
      write(file, Arrays.copyOf(whole, length));
      assertThat(readOrRefused(file, reader))
          .as("cut to %d of %d bytes", length, whole.length)
          .isNull();
    }
    write(file, whole);
  }

  /** A file with anything after its end: always refused. */
  public static void assertTrailingBytesAreRefused(Path file, Function<Path, Dataset> reader) {
    byte[] whole = bytes(file);
    for (int more : new int[] {1, 2, 7, 8, 9, 100, 70_000}) {
      for (int value : new int[] {0, 'x', 0xff}) {
        byte[] longer = Arrays.copyOf(whole, whole.length + more);
        Arrays.fill(longer, whole.length, longer.length, (byte) value);
        write(file, longer);
        assertThat(readOrRefused(file, reader)).as("%d bytes of %d", more, value).isNull();
      }
    }
    write(file, whole);
  }

  /** One to four wrong bytes, half of the time in the header: refused, or something is read. */
  public static void assertWrongBytesAreHandled(
      Path file, int header, int times, Function<Path, Dataset> reader) {
    assertWrongBytes(file, header, times, damaged -> readOrRefused(damaged, reader));
  }

  private static void assertWrongBytes(Path file, int header, int times, Consumer<Path> check) {
    byte[] whole = bytes(file);
    Random random = new Random(5);
    for (int i = 0; i < times / Effort.of(5, 1); i++) {
      byte[] damaged = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        int range = random.nextBoolean() ? Math.min(header, whole.length) : whole.length;
        damaged[random.nextInt(range)] = (byte) random.nextInt();
      }
      assertTimeoutPreemptively(
          LIMIT,
          () -> {
            write(file, damaged);
            check.accept(file);
          },
          "try " + i);
    }
    write(file, whole);
  }

  /**
   * One to four wrong bytes in a file that has a checksum over all that matters: refused, or what
   * is read is right.
   */
  public static void assertWrongBytesAreNoticed(
      Path file, int header, int times, Function<Path, Dataset> reader) {
    List<Object> right = readOrRefused(file, reader);
    assertWrongBytes(
        file,
        header,
        times,
        damaged -> {
          List<Object> found = readOrRefused(damaged, reader);
          if (found != null) {
            assertThat(found).isEqualTo(right);
          }
        });
  }

  /** Every byte of the header with every value that may matter, or with one or two of these. */
  public static void assertEveryHeaderByteIsHandled(
      Path file, int header, Function<Path, Dataset> reader) {
    byte[] whole = bytes(file);
    for (int i = 0; i < 8 * header; i += Effort.of(5, 1)) {
      int at = i / 8;
      int[] values = {0, 1, 2, 0x7f, 0x80, 0xff, whole[at] + 1, whole[at] - 1};
      byte[] damaged = whole.clone();
      damaged[at] = (byte) values[i % 8];
      write(file, damaged);
      String what = String.format(Locale.ROOT, "byte %d as %d", at, damaged[at] & 0xff);
      assertTimeoutPreemptively(LIMIT, () -> readOrRefused(file, reader), what);
    }
    write(file, whole);
  }

  public static byte[] gzipped(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
