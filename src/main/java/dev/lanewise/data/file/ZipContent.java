// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FileStamp;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip archive, each of whose entries is content of its own. All that goes wrong is a {@link
 * DataException}.
 */
public final class ZipContent implements AutoCloseable {

  private static final byte[] LOCAL_HEADER = {'P', 'K', 3, 4};
  private static final int END_BYTES = 22;
  private static final int END_SIGNATURE = 0x06054b50;

  private final Path path;
  private final String source;
  private final ZipFile zip;
  private final FileStamp stamp;

  private ZipContent(Path path, ZipFile zip, FileStamp stamp) {
    this.path = path;
    this.source = path.toString();
    this.stamp = stamp;
    this.zip = zip;
  }

  /**
   * Whether a file's first bytes are those of a zip archive with something in it.
   *
   * @param start four bytes or more
   * @return true if it is one
   */
  public static boolean isZip(byte[] start) {
    if (start.length < LOCAL_HEADER.length) {
      return false;
    }
    for (int i = 0; i < LOCAL_HEADER.length; i++) {
      if (start[i] != LOCAL_HEADER[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Opens an archive.
   *
   * @param path the file
   * @return the archive; the caller closes it
   * @throws DataException if it cannot be read, is cut short, is damaged, or something follows it
   */
  public static ZipContent open(Path path) {
    String source = path.toString();
    try {
      FileStamp stamp = FileStamp.of(path);
      checkEnd(path, source);
      return new ZipContent(path, new ZipFile(path.toFile(), StandardCharsets.UTF_8), stamp);
    } catch (ZipException e) {
      throw new DataException(
          source, String.format(Locale.ROOT, "is cut short or damaged: %s", e.getMessage()), e);
    } catch (IOException e) {
      throw FileContent.failed(source, e);
    } catch (IllegalArgumentException e) {
      throw new DataException(source, "is damaged: a name in it is no text", e);
    }
  }

  // Java looks for the end of an archive anywhere near the end of the file.
  private static void checkEnd(Path path, String source) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long size = file.length();
      int length = (int) Math.min(size, END_BYTES + 0xffff);
      byte[] end = new byte[length];
      file.seek(size - length);
      file.readFully(end);
      for (int at = length - END_BYTES; at >= 0; at--) {
        int comment = unsigned(end, at + END_BYTES - 2) | unsigned(end, at + END_BYTES - 1) << 8;
        if (signature(end, at) == END_SIGNATURE && at + END_BYTES + comment == length) {
          return;
        }
      }
    }
    throw new DataException(
        source, "is cut short, or something follows it: a zip archive ends otherwise");
  }

  private static int signature(byte[] bytes, int at) {
    return unsigned(bytes, at)
        | unsigned(bytes, at + 1) << 8
        | unsigned(bytes, at + 2) << 16
        | unsigned(bytes, at + 3) << 24;
  }

  private static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  /**
   * The names of the entries.
   *
   * @return in the order of the archive
   */
  public List<String> names() {
    return zip.stream().map(ZipEntry::getName).toList();
  }

  /**
   * The content of an entry.
   *
   * @param name one of {@link #names()}
   * @return the content; the caller closes it
   * @throws DataException if it cannot be read
   */
  public FileContent open(String name) {
    String entrySource = source + ": " + name;
    ZipEntry entry = zip.getEntry(name);
    try {
      return new FileContent(
          path,
          entrySource,
          new Checked(zip.getInputStream(entry), entry.getCrc()),
          "in an archive",
          entry.getCompressedSize(),
          stamp);
    } catch (IOException e) {
      throw FileContent.failed(entrySource, e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // It was read only: nothing can be lost.
    }
  }

  /** Compares the checksum at the end, which Java does not. */
  private static final class Checked extends FilterInputStream {

    private final CRC32 crc = new CRC32();
    private final long expected;

    Checked(InputStream in, long expected) {
      super(in);
      this.expected = expected;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count > 0) {
        crc.update(into, offset, count);
      } else if (count < 0 && crc.getValue() != expected) {
        throw new ZipException("the checksum of the content differs");
      }
      return count;
    }
  }
}
