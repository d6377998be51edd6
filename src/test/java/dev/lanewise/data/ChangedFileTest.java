// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that is copied into memory is of one version, or refused. */
class ChangedFileTest {

  private static final int SAMPLES = 200_000;

  @TempDir private Path folder;
  private Path file;
  private Path other;

  /** A change to the file while its parts are read. */
  private interface Change {
    void make(Path file, Path other) throws IOException;
  }

  @BeforeEach
  void writeTables() throws IOException {
    file = Files.writeString(folder.resolve("a.csv"), table(1));
    other = Files.writeString(folder.resolve("b.csv"), table(2));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
  }

  private static String table(int number) {
    return "a,b,label\n" + (number + ",2,x\n" + number + ",3,y\n").repeat(SAMPLES / 2);
  }

  static Stream<Change> changes() {
    return Stream.of(
        (file, other) -> Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING),
        (file, other) -> Files.write(file, Files.readAllBytes(other)),
        (file, other) -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING),
        (file, other) -> Files.delete(file),
        (file, other) ->
            Files.writeString(file, "3,3,x\n", java.nio.file.StandardOpenOption.APPEND));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatChangesWhileItIsReadIsRefused(Change change) {
    AtomicBoolean done = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                Datasets.readInParts(
                    file,
                    ReadOptions.unlabelled(),
                    part -> {
                      if (done.compareAndSet(false, true)) {
                        make(change);
                      }
                    }))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("while it was being read");
    assertThat(done).isTrue();
  }

  private void make(Change change) {
    try {
      change.make(file, other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatIsRewrittenAllTheTimeIsOfOneVersionOrRefused() throws Exception {
    byte[] first = Files.readAllBytes(file);
    byte[] second = Files.readAllBytes(other);
    String one = digest(file);
    String two = digest(other);
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !stop.get(); i++) {
                try {
                  Files.write(file, i % 2 == 0 ? second : first);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    writer.start();
    AtomicInteger refused = new AtomicInteger();
    try {
      for (int i = 0; i < 8; i++) {
        try {
          assertThat(digest(file)).isIn(one, two);
        } catch (DataException e) {
          refused.incrementAndGet();
        }
      }
    } finally {
      stop.set(true);
      writer.join();
    }
    assertThat(refused).hasPositiveValue();
  }

  @Test
  void aFileThatNobodyTouchesIsRead() {
    assertThat(digest(file)).isEqualTo(digest(file)).isNotEqualTo(digest(other));
  }

  private static String digest(Path file) {
    try (Dataset data = Datasets.read(file, ReadOptions.labelled())) {
      return data.sha256();
    }
  }
}
