// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FileStamp;
import dev.lanewise.matrix.Memory;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * What is in a file, read once from its beginning to its end; where it is compressed with gzip,
 * what was compressed. All that goes wrong is a {@link DataException}.
 *
 * <p>Not for use by several threads at once.
 */
public final class FileContent implements AutoCloseable {

  // What deflate makes of a long run of one byte; it cannot do better.
  private static final long BEST_RATIO = 1032;
  private static final int BUFFER = 1 << 16;

  // Tables of numbers are compressed to a third or a tenth, and to a hundredth where most are
  // zeros.
  private static final long HONEST_RATIO = 200;

  private final Path path;
  private final String source;
  private final InputStream in;
  private final String packing;
  private final long size;
  private final FileStamp stamp;
  private long read;

  /** What is read at most, in bytes. */
  private long most;

  /**
   * @param path the file
   * @param source the file, or what is read of it, for messages
   * @param packing how it is packed, or null if the file's bytes are the content
   * @param size of the packed bytes
   * @param stamp what the file was before any byte of it was read
   */
  FileContent(
      Path path, String source, InputStream in, String packing, long size, FileStamp stamp) {
    this.path = path;
    this.source = source;
    this.in = new BufferedInputStream(in, BUFFER);
    this.packing = packing;
    this.size = size;
    this.stamp = stamp;
    this.most =
        packing == null
            ? Long.MAX_VALUE
            : Math.max(Memory.mostUnpacked(), HONEST_RATIO * Math.max(1, size));
  }

  /**
   * The first bytes of the content, to tell a format by.
   *
   * @param file a regular file; of one of 0 bytes nothing is read, since such files of the kernel
   *     (in /proc) may wait for ever
   * @param most how many of them at most
   * @return fewer where the file has fewer, or can be uncompressed no further
   * @throws UncheckedIOException if it cannot be read
   */
  public static byte[] start(Path file, int most) {
    try (InputStream raw = input(file)) {
      byte[] first = raw.readNBytes(most);
      return GzipInput.isGzip(first) ? uncompressedStart(file, most) : first;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream input(Path file) throws IOException {
    return Files.size(file) == 0 ? InputStream.nullInputStream() : Files.newInputStream(file);
  }

  private static byte[] uncompressedStart(Path file, int most) throws IOException {
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    try (InputStream in = new GzipInput(Files.newInputStream(file))) {
      byte[] some = new byte[most];
      int count = 0;
      while (count >= 0 && found.size() < most) {
        found.write(some, 0, count);
        count = in.read(some, 0, most - found.size());
      }
    } catch (EOFException | ZipException e) {
      // Whoever reads the file will say so.
      return found.toByteArray();
    }
    return found.toByteArray();
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return its content; the caller closes it
   * @throws DataException if it cannot be read, or begins as gzip and goes on otherwise
   */
  public static FileContent open(Path path) {
    String source = path.toString();
    try {
      FileStamp stamp = FileStamp.of(path);
      boolean compressed;
      try (InputStream raw = input(path)) {
        compressed = GzipInput.isGzip(raw.readNBytes(2));
      }
      InputStream raw = input(path);
      return compressed
          ? new FileContent(path, source, new GzipInput(raw), "gzipped", stamp.size(), stamp)
          : new FileContent(path, source, raw, null, stamp.size(), stamp);
    } catch (IOException e) {
      throw failed(source, e);
    }
  }

  static DataException failed(String source, IOException e) {
    if (e instanceof EOFException) {
      return new DataException(source, "is cut short: " + e.getMessage(), e);
    } else if (e instanceof ZipException) {
      return new DataException(source, "is damaged: " + e.getMessage(), e);
    }
    return DataException.unreadable(source, e);
  }

  /**
   * The file, for messages.
   *
   * @return its name as it was given
   */
  public String source() {
    return source;
  }

  /**
   * What the file was when it was opened: whatever else is read of it is to be of the same.
   *
   * @return its stamp
   */
  public FileStamp stamp() {
    return stamp;
  }

  /**
   * How the content is packed.
   *
   * @return for instance {@code gzipped}; empty if the bytes of the file are the content
   */
  public Optional<String> packing() {
    return Optional.ofNullable(packing);
  }

  /**
   * Refuses a file that cannot have the length that it says it has, before memory is asked for.
   * Without this there is a limit to what compressed content may expand to.
   *
   * @param length in bytes, of all the content; {@link Long#MAX_VALUE} for more than can be counted
   * @param what what it is that takes so many bytes
   * @throws DataException if there are fewer or more, as far as can be told without uncompressing
   */
  public void expectLength(long length, String what) {
    most = Long.MAX_VALUE;
    if (packing != null) {
      if (length / BEST_RATIO > size) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "is cut short or damaged: %s takes %d bytes, more than %d bytes can hold, %s",
                what,
                length,
                size,
                packing));
      }
    } else if (length > size) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is cut short or damaged: %s takes %d bytes, the file has %d",
              what,
              length,
              size));
    } else if (length < size) {
      throw new DataException(
          source,
          String.format(Locale.ROOT, "%s takes %d bytes, but the file has %d", what, length, size));
    }
  }

  /**
   * Fills an array with what comes next.
   *
   * @param into the array
   * @param what what is being read, for the message
   * @throws DataException if it cannot be read, is damaged, or ends before the array is full
   */
  public void fill(byte[] into, String what) {
    int count = 0;
    while (count < into.length) {
      int more = read(into, count, into.length - count);
      if (more < 0) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "is cut short: it ends after %d bytes, within %s, expected %d more",
                read,
                what,
                into.length - count));
      }
      count += more;
    }
  }

  /**
   * Makes sure that there is nothing left. With gzip the checksum comes after the content, so that
   * nothing is known to be right before this.
   *
   * @param what what was read, for the message
   * @throws DataException if something follows
   */
  public void expectEnd(String what) {
    if (read(new byte[1], 0, 1) >= 0) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT, "goes on after %s, expected its end after %d bytes", what, read - 1));
    }
  }

  /**
   * What comes next, as a stream for libraries. It throws {@link DataException}, so that the reason
   * gets through them.
   *
   * @return a stream; it need not be closed
   */
  public InputStream stream() {
    return new InputStream() {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return FileContent.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        return FileContent.this.read(into, offset, length);
      }
    };
  }

  private int read(byte[] into, int offset, int length) {
    try {
      int count = in.read(into, offset, length);
      read += Math.max(0, count);
      if (read > most) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "expands from %d bytes to more than %d, which tables hardly do; if it is meant to,"
                    + " unpack it first, for instance with 'gunzip -k FILE'",
                size,
                most));
      }
      if (count < 0) {
        // Else a part of it could be of before a change, and a part of after.
        stamp.requireUnchanged(path);
      }
      return count;
    } catch (IOException e) {
      throw failed(source, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // It was read only: nothing can be lost.
    }
  }
}
