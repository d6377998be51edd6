// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The temporary files of one target: what they are called, and what becomes of those whose writer
 * died.
 *
 * <p>One that is left over is removed by the next write to the same target, once nobody holds its
 * lock and it was not written to for ten minutes: a writer holds the lock as long as it writes, and
 * has ten minutes to look at what it wrote.
 */
final class Leftovers {

  /** How long a file that nobody has locked may still be in use. */
  static final Duration STALE = Duration.ofMinutes(10);

  private final Path target;
  private final String prefix;

  /**
   * @param target the file to be written, no symbolic link, with its folder
   */
  Leftovers(Path target) {
    this.target = target;
    // Of fixed length, because the target's own name may be as long as names can be.
    this.prefix =
        String.format(Locale.ROOT, ".lanewise-%08x-", target.getFileName().toString().hashCode());
  }

  /** A new name beside the target. */
  Path newName() {
    return target.resolveSibling(prefix + UUID.randomUUID() + ".tmp");
  }

  /**
   * Has others keep off a file until its channel is closed. Where the file system has no locks they
   * will not take it for left over either.
   */
  static void lock(FileChannel channel) {
    try {
      tryLock(channel);
    } catch (IOException | UnsupportedOperationException e) {
      // As good as it gets.
    }
  }

  // A byte that no file has, so that a lock is in nobody's way where locks are binding.
  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    return Optional.ofNullable(channel.tryLock(Long.MAX_VALUE - 1, 1, false));
  }

  /**
   * Removes what dead writers left.
   *
   * @param fresh the temporary file of this write, by whose time the age of others is told: the
   *     clock of the file system may be another than that of this machine
   */
  void remove(Path fresh) {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(target.getParent(), prefix + "*.tmp")) {
      FileTime now = Files.getLastModifiedTime(fresh);
      for (Path file : found) {
        if (!file.equals(fresh) && isOld(file, now)) {
          removeUnlocked(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They take some space; what is to be written matters more.
    }
  }

  private static boolean isOld(Path file, FileTime now) throws IOException {
    FileTime touched = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && touched.toInstant().plus(STALE).isBefore(now.toInstant());
  }

  private static void removeUnlocked(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (tryLock(channel).isPresent()) {
        Files.delete(file);
      }
    } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
      // In use, or somebody else's.
    }
  }
}
