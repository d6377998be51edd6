// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Objects;

/**
 * A matrix that stays in its file, which is mapped: sample after sample without padding, at any
 * alignment, as bytes without a sign or as float32 in native byte order.
 *
 * <p>Nothing but copies and single elements are read from the mapping. Where a file is cut, the JVM
 * turns the fault of such a read into an {@link InternalError}; the fault of a vector that is
 * loaded from the mapping ends the process. From compiled code the error may come only some time
 * after the read, so that whoever read must call {@link #settle()} before it relies on what it got.
 */
public final class MappedMatrix implements SampleMatrix {

  /** The file behind a mapping. */
  public interface File {

    /**
     * Throws what the JVM has to say about earlier reads, or that the file was cut. Allocates
     * nothing.
     *
     * @throws InternalError if a part of the mapping that was read had gone away
     * @throws RuntimeException if the file is shorter than it was
     */
    void settle();

    /**
     * Throws if the file is not the one that was mapped any more.
     *
     * @throws RuntimeException if its length or the time of its last change is another
     */
    void checkUnchanged();

    /**
     * Says for people what an error of the JVM was about.
     *
     * @param fault thrown by a read from the mapping
     * @return to be thrown
     */
    RuntimeException unreadable(InternalError fault);
  }

  private final File file;
  private final MemorySegment segment;
  private final int rows;
  private final int columns;
  private final boolean bytes;
  private final float scale;

  private MappedMatrix(
      File file, MemorySegment segment, int rows, int columns, boolean bytes, float scale) {
    this.file = Objects.requireNonNull(file, "file");
    this.segment = segment;
    this.rows = rows;
    this.columns = columns;
    this.bytes = bytes;
    this.scale = scale;
    long expected = (long) rows * columns * (bytes ? 1 : Float.BYTES);
    if (rows < 1 || columns < 1 || segment.byteSize() != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a mapping of %d bytes is no matrix of %d x %d",
              segment.byteSize(),
              rows,
              columns));
    }
  }

  /**
   * A matrix of bytes, each of which stands for the float {@code byte * scale}.
   *
   * @param file the file behind the mapping
   * @param mapped {@code rows * columns} bytes of it
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @param scale what a byte is multiplied by to become a float
   * @return the matrix
   * @throws IllegalArgumentException if the mapping is not of that size
   */
  public static MappedMatrix ofBytes(
      File file, MemorySegment mapped, int rows, int columns, float scale) {
    return new MappedMatrix(file, mapped, rows, columns, true, scale);
  }

  /**
   * A matrix of float32 in native byte order.
   *
   * @param file the file behind the mapping
   * @param mapped {@code rows * columns} floats of it, at any alignment
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @return the matrix
   * @throws IllegalArgumentException if the mapping is not of that size
   */
  public static MappedMatrix ofFloats(File file, MemorySegment mapped, int rows, int columns) {
    return new MappedMatrix(file, mapped, rows, columns, false, 1f);
  }

  /**
   * The file behind the mapping.
   *
   * @return the file
   */
  public File file() {
    return file;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long byteSize() {
    return segment.byteSize();
  }

  @Override
  public String storage() {
    return bytes ? "mapped bytes" : "mapped floats";
  }

  /**
   * Whether the elements are bytes, and not floats.
   *
   * @return true for bytes
   */
  public boolean isBytes() {
    return bytes;
  }

  /**
   * What a byte is multiplied by to become a float.
   *
   * @return the factor; 1 for floats
   */
  public float scale() {
    return scale;
  }

  /**
   * The same bytes, each of which stands for another float.
   *
   * @param factor what a byte is multiplied by to become a float
   * @return a matrix on the same mapping
   * @throws IllegalStateException if the elements are floats
   */
  public MappedMatrix withScale(float factor) {
    if (!bytes) {
      throw new IllegalStateException("floats in a mapped file are not scaled");
    }
    return new MappedMatrix(file, segment, rows, columns, true, factor);
  }

  /**
   * To be called after reading, by the thread that read: see {@link File#settle()}.
   *
   * @throws InternalError if a part of the mapping that was read had gone away
   * @throws RuntimeException if the file is shorter than it was
   */
  public void settle() {
    file.settle();
  }

  @Override
  public float get(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    long element = (long) column * rows + row;
    return bytes
        ? ByteMatrix.value(segment.get(JAVA_BYTE, element), scale)
        : segment.get(JAVA_FLOAT_UNALIGNED, element * Float.BYTES);
  }

  @Override
  public float[] column(int column) {
    Objects.checkIndex(column, columns);
    long element = (long) column * rows;
    if (bytes) {
      byte[] copy = new byte[rows];
      MemorySegment.copy(segment, JAVA_BYTE, element, copy, 0, rows);
      return ByteMatrix.values(copy, scale);
    }
    float[] copy = new float[rows];
    MemorySegment.copy(segment, JAVA_FLOAT_UNALIGNED, element * Float.BYTES, copy, 0, rows);
    return copy;
  }

  @Override
  public MappedMatrix part(int from, int to) {
    FloatMatrix.checkPart(from, to, columns);
    long column = (long) rows * (bytes ? 1 : Float.BYTES);
    MemorySegment part = segment.asSlice(from * column, (to - from) * column);
    return new MappedMatrix(file, part, rows, to - from, bytes, scale);
  }

  /**
   * Copies some rows of some columns of bytes.
   *
   * @param from the first column
   * @param to the column after the last
   * @param fromRow the first row
   * @param toRow the row after the last; beyond {@link #rows()} there is nothing to copy
   * @param target receives them as columns and rows of the same numbers
   */
  public void copy(int from, int to, int fromRow, int toRow, ByteMatrix target) {
    int length = Math.min(toRow, rows) - fromRow;
    if (length == rows && length == target.paddedRows()) {
      // Whole columns without padding: one run.
      long run = (long) (to - from) * rows;
      MemorySegment.copy(
          segment, (long) from * rows, target.segment(), target.columnOffset(from), run);
      return;
    }
    for (int j = from; j < to; j++) {
      long offset = target.columnOffset(j) + fromRow;
      MemorySegment.copy(
          segment, (long) j * rows + fromRow, target.segment(), offset, Math.max(length, 0));
    }
  }

  /**
   * Copies some rows of some columns of floats.
   *
   * @param from the first column
   * @param to the column after the last
   * @param fromRow the first row
   * @param toRow the row after the last; beyond {@link #rows()} there is nothing to copy
   * @param target receives them as columns and rows of the same numbers
   */
  public void copy(int from, int to, int fromRow, int toRow, FloatMatrix target) {
    long length = Math.max(Math.min(toRow, rows) - fromRow, 0) * (long) Float.BYTES;
    if (length == (long) rows * Float.BYTES && rows == target.stride()) {
      MemorySegment.copy(
          segment,
          from * length,
          target.segment(),
          target.columnOffset(from),
          (to - from) * length);
      return;
    }
    for (int j = from; j < to; j++) {
      long offset = target.columnOffset(j) + (long) fromRow * Float.BYTES;
      long start = ((long) j * rows + fromRow) * Float.BYTES;
      MemorySegment.copy(segment, start, target.segment(), offset, length);
    }
  }

  @Override
  public String toString() {
    return "MappedMatrix[" + rows + " x " + columns + " " + storage() + "]";
  }
}
