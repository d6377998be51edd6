// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file of one or more members.
 *
 * <p>Java's own {@code GZIPInputStream} takes bytes that follow the last member, and are none, for
 * nothing; here they are an error, as all else that is not gzip.
 */
final class GzipInput extends InputStream {

  private static final int FIRST = 0x1f;
  private static final int SECOND = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private boolean ended;

  /**
   * Reads the first header.
   *
   * @param in the file, which begins with the magic number of gzip; closed with this, and if the
   *     header is refused
   * @throws IOException if it cannot be read, or the header is damaged or cut short
   */
  GzipInput(InputStream in) throws IOException {
    this.in = in;
    try {
      readHeader(required(), required());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  static boolean isGzip(byte[] start) {
    return start.length >= 2 && (start[0] & 0xff) == FIRST && (start[1] & 0xff) == SECOND;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = inflate(into, offset, length);
      if (count > 0) {
        crc.update(into, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("the deflate data ask for a dictionary");
      } else {
        fill();
      }
    }
    return -1;
  }

  private int inflate(byte[] into, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(into, offset, length);
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage() == null ? "no deflate data" : e.getMessage());
    }
  }

  private void fill() throws IOException {
    end = in.read(buffer);
    next = 0;
    if (end < 0) {
      end = 0;
      throw cut();
    }
    inflater.setInput(buffer, 0, end);
  }

  private void endMember() throws IOException {
    next = end - inflater.getRemaining();
    long sum = four();
    long size = four();
    if (sum != crc.getValue()) {
      throw new ZipException("the checksum of the content differs");
    }
    if (size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the length of the content differs");
    }
    int first = raw();
    if (first < 0) {
      ended = true;
      return;
    }
    int second = raw();
    if (first != FIRST || second != SECOND) {
      throw new ZipException("something follows the gzip data");
    }
    readHeader(first, second);
    inflater.reset();
    crc.reset();
    inflater.setInput(buffer, next, end - next);
  }

  private void readHeader(int first, int second) throws IOException {
    if (first != FIRST || second != SECOND || required() != DEFLATE) {
      throw new ZipException("no gzip header");
    }
    int flags = required();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("unknown flags in the gzip header");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.setInput(buffer, next, end - next);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      required();
    }
  }

  private void skipText() throws IOException {
    int read;
    do {
      read = required();
    } while (read != 0);
  }

  private long four() throws IOException {
    long value = required();
    value |= (long) required() << 8;
    value |= (long) required() << 16;
    return value | (long) required() << 24;
  }

  private int required() throws IOException {
    int read = raw();
    if (read < 0) {
      throw cut();
    }
    return read;
  }

  private int raw() throws IOException {
    if (next == end) {
      end = Math.max(0, in.read(buffer));
      next = 0;
    }
    return next == end ? -1 : buffer[next++] & 0xff;
  }

  private static EOFException cut() {
    return new EOFException("the gzip data end too soon");
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
