// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the filters of one chunk, in reverse order, but for those that it was written without.
 *
 * <p>jhdf's own pipeline knows nothing of filters that a chunk was written without; it neither
 * checks nor removes the four bytes of a Fletcher-32 checksum, so that a shuffle below it comes out
 * wrong; it inflates without a bound; and its LZF makes Java print warnings about Unsafe. Its LZ4
 * and bitshuffle, which HDF5 itself does not have, are left out.
 */
final class ChunkFilters {

  /** A mask that leaves out all filters. */
  static final int ALL_LEFT_OUT = -1;

  // No supported compression makes more than so many bytes of one: deflate is the strongest.
  private static final long MAX_EXPANSION = 1032;

  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int LZF = 32000;

  private final List<FilterInfo> filters;

  ChunkFilters(List<FilterInfo> filters) {
    this.filters = List.copyOf(filters);
  }

  private boolean isUsed(int filter, int mask) {
    return filter >= Integer.SIZE || (mask & 1 << filter) == 0;
  }

  /**
   * The first filter of a chunk that is not supported.
   *
   * @param mask the filters that the chunk was written without, a bit each
   * @return its name, or null if all are supported
   */
  String unsupported(int mask) {
    for (int i = 0; i < filters.size(); i++) {
      FilterInfo filter = filters.get(i);
      boolean known = List.of(DEFLATE, SHUFFLE, FLETCHER32, LZF).contains(filter.getId());
      if (!known && isUsed(i, mask)) {
        return String.format(Locale.ROOT, "filter %d (%s)", filter.getId(), filter.getName());
      }
    }
    return null;
  }

  /** Whether a chunk with such a mask is in the file as it is, byte for byte. */
  boolean areLeftOut(int mask) {
    for (int i = 0; i < filters.size(); i++) {
      if (isUsed(i, mask)) {
        return false;
      }
    }
    return true;
  }

  /** The most bytes that can come out of one byte of a chunk with such a mask. */
  long mostExpansion(int mask) {
    long most = 1;
    for (int i = 0; i < filters.size(); i++) {
      int id = filters.get(i).getId();
      if ((id == DEFLATE || id == LZF) && isUsed(i, mask)) {
        most = Math.min(most * MAX_EXPANSION, Integer.MAX_VALUE);
      }
    }
    return most;
  }

  /**
   * Undoes the filters.
   *
   * @param chunk as it is in the file
   * @param mask the filters that it was written without, a bit each
   * @param size the bytes that must come out
   * @throws IllegalArgumentException if the chunk is damaged
   */
  byte[] decode(byte[] chunk, int mask, int size) {
    byte[] data = chunk;
    // Filters add to what they cannot make smaller: checksums, and the frames of compression.
    int most = (int) Math.min(size + size / 64L + 1024, Integer.MAX_VALUE - 8);
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (isUsed(i, mask)) {
        FilterInfo filter = filters.get(i);
        data = undo(filter.getId(), filter.getData(), data, most);
      }
    }
    if (data.length != size) {
      throw new IllegalArgumentException("a chunk has " + data.length + " bytes, expected " + size);
    }
    return data;
  }

  private static byte[] undo(int id, int[] parameters, byte[] data, int most) {
    switch (id) {
      case DEFLATE:
        return inflate(data, most);
      case SHUFFLE:
        return new ByteShuffleFilter().decode(data, parameters);
      case FLETCHER32:
        return checked(data);
      default:
        return Lzf.decode(data, most);
    }
  }

  private static byte[] inflate(byte[] data, int most) {
    byte[] out = new byte[most];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      int length = 0;
      while (!inflater.finished()) {
        int read = inflater.inflate(out, length, most - length);
        if (read == 0 && !inflater.finished()) {
          throw new IllegalArgumentException(
              length == most
                  ? "a compressed chunk holds more than it should"
                  : "a compressed chunk ends too early");
        }
        length += read;
      }
      return Arrays.copyOf(out, length);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a compressed chunk is damaged", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] checked(byte[] data) {
    int length = data.length - Integer.BYTES;
    if (length < 0) {
      throw new IllegalArgumentException("a chunk has no room for its checksum");
    }
    int stored = 0;
    for (int i = 3; i >= 0; i--) {
      stored = stored << 8 | Byte.toUnsignedInt(data[length + i]);
    }
    if (stored != fletcher32(data, length)) {
      throw new IllegalArgumentException("a chunk does not match its checksum");
    }
    return Arrays.copyOf(data, length);
  }

  // As the HDF5 library sums: 16-bit big-endian words, an odd last byte in the upper half.
  private static int fletcher32(byte[] data, int length) {
    long low = 0;
    long high = 0;
    for (int i = 0; i < length; i += 2) {
      int next = i + 1 < length ? Byte.toUnsignedInt(data[i + 1]) : 0;
      low = folded(low + (Byte.toUnsignedInt(data[i]) << 8 | next));
      high = folded(high + low);
    }
    return (int) (high << 16 | low);
  }

  // Modulo 65535, but 65535 for what is a multiple of it and not 0: the library adds carries.
  private static long folded(long sum) {
    return sum > 65535 ? sum - 65535 : sum;
  }
}
