// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Writes a file whole or not at all.
 *
 * <p>The content goes to a temporary file beside the target, to the disk, and only then under the
 * target's name, in one step; then the folder goes to the disk. Whatever fails, or if the power
 * does, the target is what it was or what it was to become. A process that dies leaves its
 * temporary file ({@code .lanewise-*.tmp}) behind; the next write to the same target removes it
 * when it was not written to for ten minutes.
 */
public final class WholeFile {

  private WholeFile() {}

  /** What goes into a file. */
  public interface Body {
    /**
     * Writes the content.
     *
     * @param channel an empty file, open for reading and writing
     * @throws IOException if it cannot be written
     */
    void write(FileChannel channel) throws IOException;
  }

  /** Looks at a file before it takes its name. */
  public interface Check {
    /**
     * Throws what it likes if the temporary file is not what it should be.
     *
     * @param written the temporary file
     */
    void check(Path written);
  }

  /**
   * Writes a file.
   *
   * @param target the file, new or to be replaced; where it is a symbolic link, what it leads to
   * @param body writes the content
   * @param check looks at the content before it takes the target's name
   * @throws DataException if it cannot be written; the target is as it was, and nothing is left
   *     behind
   */
  public static void write(Path target, Body body, Check check) {
    String source = target.toString();
    checkTarget(target);
    Path temporary = null;
    try {
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      Leftovers leftovers = new Leftovers(real);
      Path beside = leftovers.newName();
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        temporary = beside;
        Leftovers.lock(channel);
        leftovers.remove(beside);
        keepPermissions(real, beside);
        body.write(channel);
        channel.force(true);
      }
      check.check(temporary);
      Files.move(
          temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      temporary = null;
      force(real.getParent());
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new DataException(source, "cannot be written: " + reason(e), e);
    } finally {
      delete(temporary);
    }
  }

  /**
   * Refuses a target that could not be written, before work is spent on what goes into it.
   *
   * @param target the file, new or to be replaced
   * @throws DataException if it is a folder, is read-only, or its folder is missing or read-only
   */
  public static void checkTarget(Path target) {
    String source = target.toString();
    if (Files.isDirectory(target)) {
      throw new DataException(source, "is a folder, expected the name of a file");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new DataException(source, "is not a regular file and cannot be replaced");
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new DataException(source, "is read-only and is not replaced");
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new DataException(source, "cannot be written: there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new DataException(source, "cannot be written: permission denied in " + folder);
    }
  }

  // Who may read the old file may read the new one, and nobody else.
  private static void keepPermissions(Path old, Path fresh) throws IOException {
    PosixFileAttributeView from = Files.getFileAttributeView(old, PosixFileAttributeView.class);
    if (from != null && Files.exists(old)) {
      Files.setPosixFilePermissions(fresh, from.readAttributes().permissions());
    }
  }

  private static void force(Path folder) {
    // A folder cannot be opened everywhere (not on Windows); where it can, the new name is safe.
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file itself is on the disk, and the folder follows in its time.
    }
  }

  private static void delete(Path temporary) {
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // Nothing more can be done, and why the writing failed matters more.
      }
    }
  }

  private static String reason(Throwable thrown) {
    Throwable deepest = thrown;
    for (int i = 0; i < 20 && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof NoSuchFileException) {
      return "there is no such folder";
    } else if (deepest instanceof AccessDeniedException) {
      return "permission denied";
    } else if (deepest instanceof ClosedByInterruptException) {
      return "the thread that writes it was interrupted";
    } else if (deepest instanceof FileSystemException) {
      String reason = ((FileSystemException) deepest).getReason();
      return reason == null ? deepest.getMessage() : reason;
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }
}
