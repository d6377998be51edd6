package dev.lanewise.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * What tells whether a file was changed.
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
    return new FileStamp(now.size(), now.lastModifiedTime(), now.fileKey());
  }

  /**
   * Whether the same file was written to. Another file that took its name is no change of it.
   *
   * @param before an earlier stamp under the same name
   * @return true if size or time differ
   */
  boolean isChangeOf(FileStamp before) {
    return Objects.equals(key, before.key)
        && (size != before.size || !modified.equals(before.modified));
  }

  /** Size and time, for people. */
  @Override
  public String toString() {
    return size + " bytes of " + modified;
  }
}
