// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.idx;

import dev.lanewise.data.DataException;
import dev.lanewise.data.array.NumberArray;
import dev.lanewise.data.array.NumberType;
import dev.lanewise.data.array.NumberType.Kind;
import dev.lanewise.data.file.FileContent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An IDX file, its header read: two bytes of zero, one for the type, one for the number of
 * dimensions, then these in four bytes each; everything big-endian.
 */
final class IdxFile implements AutoCloseable {

  private static final int MAGIC_BYTES = 4;

  private final FileContent content;
  private final NumberArray array;

  private IdxFile(FileContent content, NumberArray array) {
    this.content = content;
    this.array = array;
  }

  /** Whether a file's first bytes are those of IDX. */
  static boolean isIdx(byte[] start) {
    return start.length >= MAGIC_BYTES
        && start[0] == 0
        && start[1] == 0
        && type(start[2]) != null
        && start[3] > 0;
  }

  /** How many bytes {@link #isIdx} looks at. */
  static int magicBytes() {
    return MAGIC_BYTES;
  }

  private static NumberType type(byte code) {
    switch (code) {
      case 0x08:
        return new NumberType(Kind.UNSIGNED, 1, ByteOrder.BIG_ENDIAN);
      case 0x09:
        return new NumberType(Kind.SIGNED, 1, ByteOrder.BIG_ENDIAN);
      case 0x0b:
        return new NumberType(Kind.SIGNED, 2, ByteOrder.BIG_ENDIAN);
      case 0x0c:
        return new NumberType(Kind.SIGNED, 4, ByteOrder.BIG_ENDIAN);
      case 0x0d:
        return new NumberType(Kind.FLOAT, 4, ByteOrder.BIG_ENDIAN);
      case 0x0e:
        return new NumberType(Kind.FLOAT, 8, ByteOrder.BIG_ENDIAN);
      default:
        return null;
    }
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws DataException if it is not IDX, or cannot have the length that its header promises
   */
  static IdxFile open(Path path) {
    FileContent content = FileContent.open(path);
    try {
      NumberArray array = header(content);
      IdxFile file = new IdxFile(content, array);
      long size = array.byteSize();
      long length = size > Long.MAX_VALUE - file.offset() ? Long.MAX_VALUE : size + file.offset();
      content.expectLength(length, "IDX of " + array);
      return file;
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
  }

  private static NumberArray header(FileContent content) {
    byte[] magic = new byte[MAGIC_BYTES];
    content.fill(magic, "the IDX header");
    if (!isIdx(magic)) {
      throw new DataException(
          content.source(), "is not IDX, expected a file as the labels of MNIST are");
    }
    byte[] sizes = new byte[Integer.BYTES * magic[3]];
    content.fill(sizes, "the IDX header");
    ByteBuffer in = ByteBuffer.wrap(sizes).order(ByteOrder.BIG_ENDIAN);
    List<Long> dimensions = new ArrayList<>();
    while (in.hasRemaining()) {
      dimensions.add(Integer.toUnsignedLong(in.getInt()));
    }
    String name = dimensions.size() == 1 ? "labels" : "images";
    return new NumberArray(content.source(), name, type(magic[2]), dimensions);
  }

  NumberArray array() {
    return array;
  }

  FileContent content() {
    return content;
  }

  /** Where the numbers begin in the content, in bytes. */
  long offset() {
    return MAGIC_BYTES + (long) Integer.BYTES * array.dimensions().size();
  }

  @Override
  public void close() {
    content.close();
  }
}
