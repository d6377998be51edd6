// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Objects;

/**
 * Detects whether a file was changed. Folders, pipes and devices count as unchanged.
 *
 * @param size in bytes
 * @param modified when it was last written to
 * @param key what the file system calls it, whatever its name, or null where there is no such thing
 */
public record FileStamp(long size, FileTime modified, Object key) {

  /**
   * The stamp of a file as it is now.
   *
   * @param path the file
   * @return its stamp
   * @throws IOException if there is no such file, or it cannot be looked at
   */
  public static FileStamp of(Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return now.isRegularFile()
        ? new FileStamp(now.size(), now.lastModifiedTime(), now.fileKey())
        : new FileStamp(0, FileTime.fromMillis(0), now.fileKey());
  }

  /**
   * Makes sure that what was read since this stamp was taken is the content of one file.
   *
   * @param path the file that the stamp is of
   * @throws DataException if it was written to, replaced or removed meanwhile
   */
  public void requireUnchanged(Path path) {
    FileStamp now;
    try {
      now = of(path);
    } catch (IOException e) {
      throw new DataException(
          path.toString(), "was removed while it was being read; read it again when it is back", e);
    }
    if (!equals(now)) {
      throw changed(path, now);
    }
  }

  /**
   * The complaint about a file that was changed.
   *
   * @param path the file
   * @param now what it is now
   * @return says what it was before, too
   */
  public DataException changed(Path path, FileStamp now) {
    return new DataException(
        path.toString(),
        String.format(
            Locale.ROOT,
            "was %s while it was being read (%s, then %s), expected the same data to the end",
            Objects.equals(key, now.key) ? "changed" : "replaced",
            this,
            now));
  }

  /**
   * Whether the same file was written to. Another file that took its name is no change of it.
   *
   * @param before an earlier stamp under the same name
   * @return true if size or time differ
   */
  public boolean isChangeOf(FileStamp before) {
    return Objects.equals(key, before.key)
        && (size != before.size || !modified.equals(before.modified));
  }

  /** Size and time, for people. */
  @Override
  public String toString() {
    return size + " bytes of " + modified;
  }
}
