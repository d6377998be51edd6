// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FileStamp;
import dev.lanewise.matrix.MappedMatrix;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A part of a file, mapped for reading, and a watch over the file: what is mapped changes when
 * somebody else writes to the file, and faults when somebody cuts it short.
 *
 * <p>It is the arena of the mapping: to close it ends the mapping and closes the file.
 */
public final class MappedFile implements Arena, MappedMatrix.File {

  private final Path path;
  private final FileStamp stamp;
  private final Arena arena = Arena.ofShared();

  // Open as long as the mapping: its length is that of what is mapped, whatever has its name.
  private final RandomAccessFile file;

  private MappedFile(Path path, FileStamp stamp, RandomAccessFile file) {
    this.path = path;
    this.stamp = stamp;
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @param stamp what the file was when its content was looked at
   * @return the file; the caller closes it
   * @throws DataException if it cannot be read, or is not what it was
   */
  public static MappedFile open(Path path, FileStamp stamp) {
    try {
      MappedFile mapped = new MappedFile(path, stamp, new RandomAccessFile(path.toFile(), "r"));
      try {
        mapped.checkUnchanged();
        // Once it is mapped another file may take its name; before, its content is not the one that
        // was looked at.
        if (!stamp.equals(FileStamp.of(path))) {
          throw new DataException(
              path.toString(), "was replaced while it was being read, expected the same file");
        }
        return mapped;
      } catch (IOException | RuntimeException e) {
        mapped.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataException.unreadable(path.toString(), e);
    }
  }

  /**
   * Maps a part of the file. No byte of it is read yet.
   *
   * @param offset where it begins, in bytes
   * @param size in bytes
   * @return the part, valid until this is closed
   * @throws DataException if it cannot be mapped
   */
  public MemorySegment map(long offset, long size) {
    try {
      return file.getChannel().map(MapMode.READ_ONLY, offset, size, arena);
    } catch (IOException e) {
      throw new DataException(
          path.toString(),
          String.format(Locale.ROOT, "%d bytes of it cannot be mapped: %s", size, e.getMessage()),
          e);
    }
  }

  // The length comes from the operating system, and on the way back from there the JVM throws what
  // earlier reads brought about. It is compared because a read beyond the end of the file, but on
  // its last page, brings about nothing and finds zeros.
  @Override
  public void settle() {
    long length;
    try {
      length = file.length();
    } catch (IOException e) {
      throw DataException.unreadable(path.toString(), e);
    }
    if (length < stamp.size()) {
      throw new DataException(
          path.toString(),
          String.format(
              Locale.ROOT,
              "was cut while it was being read: it has %d bytes, expected %d",
              length,
              stamp.size()));
    }
  }

  @Override
  public void checkUnchanged() {
    settle();
    FileStamp now;
    try {
      now = FileStamp.of(path);
    } catch (IOException e) {
      // Another name or none: what is mapped is still there.
      return;
    }
    if (now.isChangeOf(stamp)) {
      throw stamp.changed(path, now);
    }
  }

  @Override
  public RuntimeException unreadable(InternalError fault) {
    try {
      settle();
    } catch (InternalError again) {
      // Of another read: the same complaint.
      return unreadable(fault);
    } catch (DataException e) {
      return e;
    }
    return new DataException(path.toString(), "became unreadable while it was being read", fault);
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    return arena.allocate(byteSize, byteAlignment);
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public void close() {
    arena.close();
    try {
      file.close();
    } catch (IOException e) {
      // It was read only: nothing can be lost.
    }
  }
}
