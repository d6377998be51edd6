// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What is special in files of MATLAB 7.3 and Octave: they count the dimensions from the fastest to
 * the slowest, so that in HDF5 an array has them the other way round; and in MATLAB's, characters,
 * cells and more are numbers that mean something else.
 */
final class Matlab {

  /** The attribute that says what MATLAB calls a data set. */
  static final String CLASS = "MATLAB_class";

  /** The attribute of an array without elements, whose data are its dimensions. */
  static final String EMPTY = "MATLAB_empty";

  /** The attribute of a group in which Octave keeps one array. */
  static final String OCTAVE = "OCTAVE_NEW_FORMAT";

  private static final Set<String> NUMBERS =
      Set.of(
          "double", "single", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64",
          "uint64");

  private Matlab() {}

  /**
   * What an element is.
   *
   * @param name what MATLAB calls the class
   * @param stored how the elements are stored
   * @param dimensions as MATLAB has them
   */
  static ElementType type(String name, ElementType stored, long[] dimensions) {
    if (NUMBERS.contains(name)) {
      return stored;
    } else if (name.equals("logical") && stored.isNumeric() && stored.size() == 1) {
      // The same numbers, but no pixels.
      return new ElementType(ElementType.Kind.SIGNED, 1, ByteOrder.LITTLE_ENDIAN, "logical");
    } else if (isText(name, stored) && dimensions.length > 0) {
      long width = dimensions[dimensions.length - 1];
      if (width > 0 && width < 1 << 20) {
        // A row of the matrix is a text.
        return new ElementType(
            ElementType.Kind.ROW_OF_UTF16,
            Math.toIntExact(2 * width),
            stored.order(),
            "char of " + width + " columns");
      }
    } else if (name.equals("cell") && stored.size() == Long.BYTES) {
      return new ElementType(ElementType.Kind.CELL, Long.BYTES, ByteOrder.LITTLE_ENDIAN, "cell");
    }
    return ElementType.other("MATLAB " + name, stored.size());
  }

  private static boolean isText(String name, ElementType stored) {
    return name.equals("char") && stored.kind() == ElementType.Kind.UNSIGNED && stored.size() == 2;
  }

  /** The dimensions the other way round. */
  static long[] reversed(long[] dimensions) {
    return LongStream.range(0, dimensions.length)
        .map(k -> dimensions[(int) (dimensions.length - 1 - k)])
        .toArray();
  }

  /**
   * The elements of an array in C order of its dimensions the other way round.
   *
   * @param elements in C order of the dimensions that the file has
   * @param dimensions those of the file
   * @param size the bytes of an element
   * @param arena owns the memory of the result
   */
  static MemorySegment transposed(
      MemorySegment elements, long[] dimensions, int size, Arena arena) {
    MemorySegment out = arena.allocate(elements.byteSize(), Long.BYTES);
    int rank = dimensions.length;
    long[] strides = new long[rank];
    long stride = size;
    for (int k = rank - 1; k >= 0; k--) {
      strides[k] = stride;
      stride *= dimensions[k];
    }
    long[] at = new long[rank];
    long from = 0;
    for (long to = 0; to < out.byteSize(); to += size) {
      MemorySegment.copy(elements, from, out, to, size);
      // The first dimension of the file is the fastest of the array.
      for (int k = 0; k < rank; k++) {
        from += strides[k];
        if (++at[k] < dimensions[k]) {
          break;
        }
        from -= strides[k] * dimensions[k];
        at[k] = 0;
      }
    }
    return out;
  }

  /** The rows of a matrix of characters, without the blanks that fill them up. */
  static List<String> rows(Elements elements, int count) {
    List<String> texts = new ArrayList<>();
    byte[] row = new byte[elements.type().size()];
    boolean big = elements.type().order() == ByteOrder.BIG_ENDIAN;
    for (int i = 0; i < count; i++) {
      elements.copyBytes((long) i * row.length, row);
      String text = new String(row, big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
      texts.add(text.stripTrailing());
    }
    return texts;
  }

  /**
   * Refuses a cell that is no text.
   *
   * @param entry the array of cells
   * @param index of the cell
   * @param found what it holds
   */
  static DataException notText(String source, Hdf5Entry entry, int index, String found) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "cell %d of %s holds %s, expected a text in each cell",
            index,
            entry,
            found));
  }
}
