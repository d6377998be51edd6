// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the elements of a data set are: the data layout message, in versions 1 to 5.
 *
 * <p>Version 5 of HDF5 2.0 differs from version 4 by the width of sizes in the index of chunks
 * alone, which the index itself tells.
 *
 * @param kind how they are kept
 * @param address of contiguous elements, of the index of chunks, or of a single chunk; {@link
 *     CheckedStorage#UNDEFINED} if nothing was written
 * @param compact the elements, if they are in the message
 * @param chunk the sides of a chunk in elements
 * @param index how chunks are found
 * @param singleSize the bytes of a single chunk with filters, else -1
 * @param singleMask the filters that a single chunk was written without
 * @param edgesRaw whether chunks that go beyond the edge of the data set are written without
 *     filters
 */
record Layout(
    Kind kind,
    long address,
    ByteBuffer compact,
    int[] chunk,
    Index index,
    long singleSize,
    int singleMask,
    boolean edgesRaw) {

  enum Kind {
    COMPACT,
    CONTIGUOUS,
    CHUNKED,
    /** Made of parts of other data sets. */
    VIRTUAL
  }

  enum Index {
    NONE,
    SINGLE,
    IMPLICIT,
    FIXED_ARRAY,
    EXTENSIBLE_ARRAY,
    TREE_2,
    /** The B-tree of version 1, up to version 3 of the layout. */
    TREE_1;

    private static Index of(int type) {
      if (type < SINGLE.ordinal() || type > TREE_2.ordinal()) {
        throw new UnsupportedHdfException("there is an index of chunks of type " + type);
      }
      return values()[type];
    }
  }

  private static final int EDGES_RAW = 1;
  private static final int SINGLE_FILTERED = 1 << 1;

  /**
   * Reads the message.
   *
   * @throws HdfException if it is damaged or of a later version
   */
  static Layout read(CheckedStorage storage, ByteBuffer in) {
    int version = in.get();
    switch (version) {
      case 1:
      case 2:
        return first(storage, in);
      case 3:
      case 4:
      case 5:
        return later(storage, in, version);
      default:
        throw new UnsupportedHdfException(
            "its data layout message is of version " + version + ", expected 1 to 5");
    }
  }

  private static Layout first(CheckedStorage storage, ByteBuffer in) {
    int rank = Byte.toUnsignedInt(in.get());
    Kind kind = kind(in.get());
    in.position(in.position() + 5);
    long address = kind == Kind.COMPACT ? CheckedStorage.UNDEFINED : storage.address(in);
    int[] sides = sides(in, rank, Integer.BYTES);
    switch (kind) {
      case COMPACT:
        return compact(in, in.getInt());
      case CONTIGUOUS:
        return contiguous(address);
      case CHUNKED:
        return chunked(address, withoutElement(sides), Index.TREE_1);
      default:
        throw new HdfException("a layout of version 1 or 2 cannot be virtual");
    }
  }

  private static Layout later(CheckedStorage storage, ByteBuffer in, int version) {
    Kind kind = kind(in.get());
    switch (kind) {
      case COMPACT:
        return compact(in, Short.toUnsignedInt(in.getShort()));
      case CONTIGUOUS:
        return contiguous(storage.address(in));
      case CHUNKED:
        return version == 3 ? chunkedInTree(storage, in) : chunked(storage, in);
      default:
        return new Layout(kind, CheckedStorage.UNDEFINED, null, null, Index.NONE, -1, 0, false);
    }
  }

  private static Kind kind(int number) {
    if (number < 0 || number >= Kind.values().length) {
      throw new UnsupportedHdfException("it is stored in a way of number " + number);
    }
    return Kind.values()[number];
  }

  private static Layout compact(ByteBuffer in, int size) {
    ByteBuffer elements = in.slice(in.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    return new Layout(
        Kind.COMPACT, CheckedStorage.UNDEFINED, elements, null, Index.NONE, -1, 0, false);
  }

  private static Layout contiguous(long address) {
    return new Layout(Kind.CONTIGUOUS, address, null, null, Index.NONE, -1, 0, false);
  }

  private static Layout chunked(long address, int[] sides, Index index) {
    return new Layout(Kind.CHUNKED, address, null, sides, index, -1, 0, false);
  }

  private static Layout chunkedInTree(CheckedStorage storage, ByteBuffer in) {
    int rank = Byte.toUnsignedInt(in.get());
    long address = storage.address(in);
    return chunked(address, withoutElement(sides(in, rank, Integer.BYTES)), Index.TREE_1);
  }

  private static Layout chunked(CheckedStorage storage, ByteBuffer in) {
    int flags = in.get();
    int rank = Byte.toUnsignedInt(in.get());
    int width = in.get();
    if (width < 1 || width > Long.BYTES) {
      throw new HdfException("sides of chunks are numbers of " + width + " bytes");
    }
    int[] sides = withoutElement(sides(in, rank, width));
    Index index = Index.of(in.get());
    long singleSize = -1;
    int singleMask = 0;
    switch (index) {
      case SINGLE:
        if ((flags & SINGLE_FILTERED) != 0) {
          singleSize = storage.length(in);
          singleMask = in.getInt();
        }
        break;
      case FIXED_ARRAY:
        in.get();
        break;
      case EXTENSIBLE_ARRAY:
        in.position(in.position() + 5);
        break;
      case TREE_2:
        in.position(in.position() + 6);
        break;
      default:
        break;
    }
    long address = storage.address(in);
    boolean edgesRaw = (flags & EDGES_RAW) != 0;
    return new Layout(Kind.CHUNKED, address, null, sides, index, singleSize, singleMask, edgesRaw);
  }

  private static int[] sides(ByteBuffer in, int rank, int width) {
    int[] sides = new int[rank];
    for (int k = 0; k < rank; k++) {
      sides[k] = Math.toIntExact(CheckedStorage.number(in, width));
    }
    return sides;
  }

  // The last one is the bytes of an element.
  private static int[] withoutElement(int[] sides) {
    if (sides.length < 2) {
      throw new HdfException("chunks have " + sides.length + " sides");
    }
    int[] chunk = new int[sides.length - 1];
    System.arraycopy(sides, 0, chunk, 0, chunk.length);
    return chunk;
  }
}
