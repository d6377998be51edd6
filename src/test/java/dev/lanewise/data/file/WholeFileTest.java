// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path folder;

  private static void write(Path target, String text) {
    WholeFile.write(
        target, channel -> channel.write(ByteBuffer.wrap(text.getBytes())), written -> {});
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path leftover(String target, Instant touched) throws IOException {
    Path file = Files.writeString(new Leftovers(folder.resolve(target)).newName(), "half");
    Files.setLastModifiedTime(file, FileTime.from(touched));
    return file;
  }

  @Test
  void theTemporaryFileOfADeadWriterIsRemovedByTheNextWriteToItsTarget() throws IOException {
    Path old = leftover("model.h5", Instant.now().minus(Leftovers.STALE).minusSeconds(60));
    Path fresh = leftover("model.h5", Instant.now().minus(Leftovers.STALE).plusSeconds(60));
    Path others = leftover("other.h5", Instant.EPOCH);
    write(folder.resolve("model.h5"), "whole");
    assertThat(old).doesNotExist();
    assertThat(fresh).as("may still be in use").exists();
    assertThat(others).as("is for a write to its own target").exists();
    assertThat(folder.resolve("model.h5")).hasContent("whole");
  }

  @Test
  void theTemporaryFileOfALivingWriterStaysHoweverOld() throws IOException {
    Path target = folder.resolve("model.h5");
    WholeFile.write(
        target,
        channel -> {
          channel.write(ByteBuffer.wrap("first".getBytes()));
          Path mine = folder.resolve(left().getFirst());
          Files.setLastModifiedTime(mine, FileTime.from(Instant.EPOCH));
          write(target, "second");
          assertThat(mine).exists();
        },
        written -> assertThat(written).hasContent("first"));
    assertThat(target).hasContent("first");
    assertThat(left()).containsExactly("model.h5");
  }

  @Test
  void whateverFailsTheOldFileIsIntactAndNothingIsLeft() throws IOException {
    Path target = folder.resolve("model.h5");
    write(target, "old");
    for (Exception failure :
        List.of(new IOException("No space left on device"), new IllegalStateException("odd"))) {
      assertThatThrownBy(
              () ->
                  WholeFile.write(
                      target,
                      channel -> {
                        channel.write(ByteBuffer.wrap("half".getBytes()));
                        if (failure instanceof IOException full) {
                          throw full;
                        }
                        throw (RuntimeException) failure;
                      },
                      written -> {}))
          .isInstanceOf(DataException.class)
          .hasMessage(target + ": cannot be written: " + failure.getMessage());
      assertThat(target).hasContent("old");
      assertThat(left()).containsExactly("model.h5");
    }
  }

  @Test
  void aChannelThatWritesFewerBytesThanItWasGivenIsSeenByTheCheck() throws IOException {
    Path target = folder.resolve("model.h5");
    write(target, "old");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    target,
                    channel -> channel.write(ByteBuffer.wrap("wh".getBytes())),
                    written -> {
                      throw new IllegalStateException("reads back as another");
                    }))
        .hasMessageContaining("reads back as another");
    assertThat(target).hasContent("old");
    assertThat(left()).containsExactly("model.h5");
  }

  @Test
  void whoMayReadTheOldFileMayReadTheNewOneAndNobodyElse() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path target = folder.resolve("model.h5");
    write(target, "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    write(target, "new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
  }

  @Test
  void theTemporaryFileLiesBesideTheTargetAndIsForcedThroughAnOpenChannel() throws IOException {
    Path target = folder.resolve("a".repeat(255));
    FileChannel[] kept = new FileChannel[1];
    WholeFile.write(
        target,
        channel -> {
          kept[0] = channel;
          assertThat(left()).singleElement().asString().matches("\\.lanewise-.*\\.tmp");
        },
        written -> assertThat(kept[0].isOpen()).isFalse());
    assertThat(left()).containsExactly("a".repeat(255));
  }
}
