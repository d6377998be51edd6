package dev.lanewise.data.hdf5;

import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.PipelineFilterWithData;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the filters of one chunk, in reverse order.
 *
 * <p>jhdf's own pipeline neither checks nor removes the four bytes of a Fletcher-32 checksum, so
 * that a shuffle below it comes out wrong; it inflates without a bound; and its LZF makes Java
 * print warnings about Unsafe. Its LZ4 and bitshuffle, which HDF5 itself does not have, are left
 * out.
 */
final class ChunkFilters {

  /** No supported compression makes more than so many bytes of one: deflate is the strongest. */
  static final long MAX_EXPANSION = 1032;

  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int LZF = 32000;

  private final List<PipelineFilterWithData> filters;

  ChunkFilters(List<PipelineFilterWithData> filters) {
    this.filters = List.copyOf(filters);
    for (PipelineFilterWithData filter : this.filters) {
      if (!List.of(DEFLATE, SHUFFLE, FLETCHER32, LZF).contains(filter.getId())) {
        throw new IllegalArgumentException("filter " + filter.getName() + " is not supported");
      }
    }
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /**
   * Undoes the filters.
   *
   * @param chunk as it is in the file
   * @param size the bytes that must come out
   * @throws IllegalArgumentException if the chunk is damaged
   */
  byte[] decode(byte[] chunk, int size) {
    byte[] data = chunk;
    for (int i = filters.size() - 1; i >= 0; i--) {
      PipelineFilterWithData filter = filters.get(i);
      data = undo(filter.getId(), filter.getFilterData(), data, size);
    }
    if (data.length != size) {
      throw new IllegalArgumentException("a chunk has " + data.length + " bytes, expected " + size);
    }
    return data;
  }

  private static byte[] undo(int id, int[] parameters, byte[] data, int size) {
    switch (id) {
      case DEFLATE:
        return inflate(data, size);
      case SHUFFLE:
        return new ByteShuffleFilter().decode(data, parameters);
      case FLETCHER32:
        return checked(data);
      default:
        return Lzf.decode(data, size);
    }
  }

  private static byte[] inflate(byte[] data, int size) {
    // A checksum may have been added before the compression.
    byte[] out = new byte[size + Integer.BYTES];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      int length = 0;
      while (!inflater.finished() && length < out.length) {
        int read = inflater.inflate(out, length, out.length - length);
        if (read == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("a compressed chunk ends too early");
        }
        length += read;
      }
      return length == out.length ? out : Arrays.copyOf(out, length);
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
      low = (low + (Byte.toUnsignedInt(data[i]) << 8 | next)) % 65535;
      high = (high + low) % 65535;
    }
    return (int) (high << 16 | low);
  }
}
