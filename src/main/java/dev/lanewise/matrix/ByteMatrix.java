// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A column-major matrix of bytes without a sign off the Java heap, each of which stands for the
 * float {@code byte * scale}: a quarter of the memory of a {@link FloatMatrix}.
 *
 * <p>Each column is padded with zeros to a multiple of {@value FloatMatrix#LANES} bytes, so that
 * kernels that turn it into floats need no tails.
 *
 * <p>The matrix does not own its memory: the {@link Arena} it was allocated from does. Reading from
 * many threads is safe; writing is not synchronised.
 */
public final class ByteMatrix implements SampleMatrix {

  // The shortest vectors of bytes are longer than what becomes the shortest vector of floats: the
  // last one of the last column reads so many bytes too many.
  private static final int SPARE_BYTES = Long.BYTES;

  private final MemorySegment segment;
  private final int rows;
  private final int columns;
  private final int stride;
  private final float scale;

  // As in FloatMatrix.
  private int first;
  private int firstRow;

  private ByteMatrix(MemorySegment segment, int rows, int columns, float scale) {
    this.segment = segment;
    this.rows = rows;
    this.columns = columns;
    this.stride = FloatMatrix.padded(rows);
    this.scale = scale;
  }

  /**
   * Allocates a matrix of zeros.
   *
   * @param arena owns the memory; a shared arena if several threads are to work on the matrix
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @param scale what a byte is multiplied by to become a float
   * @return a matrix of {@code rows} x {@code columns} zeros
   * @throws IllegalArgumentException if a dimension is below 1 or there are too many rows
   * @throws OutOfMemoryError if the memory is not to be had; the message names the bytes
   */
  public static ByteMatrix allocate(Arena arena, int rows, int columns, float scale) {
    Objects.requireNonNull(arena, "arena");
    MemorySegment segment = arena.allocate(byteSize(rows, columns), FloatMatrix.ALIGNMENT);
    return new ByteMatrix(segment, rows, columns, scale);
  }

  /** A matrix without memory, for dry runs: to read or write an element fails. */
  static ByteMatrix withoutMemory(int rows, int columns, float scale) {
    return new ByteMatrix(MemorySegment.NULL, rows, columns, scale);
  }

  /**
   * The memory that {@link #allocate} takes for a matrix of this shape.
   *
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @return the size in bytes
   * @throws IllegalArgumentException if a dimension is below 1 or there are too many rows
   */
  public static long byteSize(int rows, int columns) {
    // As many rows as columns of floats can have: kernels see them as floats.
    FloatMatrix.byteSize(rows, columns);
    return (long) FloatMatrix.padded(rows) * columns + SPARE_BYTES;
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
    return "bytes";
  }

  /**
   * What a byte is multiplied by to become a float.
   *
   * @return the factor
   */
  public float scale() {
    return scale;
  }

  /**
   * The same bytes, each of which stands for another float.
   *
   * @param factor what a byte is multiplied by to become a float
   * @return a matrix on the same memory
   */
  public ByteMatrix withScale(float factor) {
    return new ByteMatrix(segment, rows, columns, factor);
  }

  /** Sets every element, and the padding, to 0. */
  public void clear() {
    segment.fill((byte) 0);
  }

  /**
   * As {@link FloatMatrix#moveTo(int)}.
   *
   * @param column the new number of the first column, at least 0
   */
  public void moveTo(int column) {
    moveTo(column, 0);
  }

  /**
   * As {@link FloatMatrix#moveTo(int, int)}.
   *
   * @param column the new number of the first column, at least 0
   * @param row the new number of the first row, a multiple of {@value FloatMatrix#LANES}
   */
  public void moveTo(int column, int row) {
    first = column;
    firstRow = row;
  }

  /**
   * The memory itself, for kernels.
   *
   * @return {@link #paddedRows()} times {@link #columns()} bytes, and a few that are zero
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * Where a column begins in {@link #segment()}.
   *
   * @param column the column, from 0, or from where {@link #moveTo} said
   * @return its offset in bytes, a multiple of {@value FloatMatrix#LANES}; below 0 perhaps, where
   *     the first row is not row 0
   */
  public long columnOffset(int column) {
    return (long) (column - first) * stride - firstRow;
  }

  @Override
  public float get(int row, int column) {
    Objects.checkIndex(row, rows);
    checkColumn(column);
    return value(segment.get(JAVA_BYTE, columnOffset(column) + row), scale);
  }

  @Override
  public float[] column(int column) {
    checkColumn(column);
    byte[] bytes = new byte[rows];
    MemorySegment.copy(segment, JAVA_BYTE, columnOffset(column), bytes, 0, rows);
    return values(bytes, scale);
  }

  /**
   * Fills a column.
   *
   * @param column from 0 to {@code columns - 1}
   * @param bytes the column's {@code rows} bytes begin in it at {@code offset}
   * @param offset in bytes
   * @throws IndexOutOfBoundsException if there is no such column, or there are not so many bytes
   */
  public void setColumn(int column, MemorySegment bytes, long offset) {
    checkColumn(column);
    MemorySegment.copy(bytes, offset, segment, columnOffset(column), rows);
  }

  @Override
  public ByteMatrix part(int from, int to) {
    FloatMatrix.checkPart(from, to, columns);
    long length = (long) (to - from) * stride + SPARE_BYTES;
    MemorySegment part = segment.asSlice((long) from * stride, length);
    return new ByteMatrix(part, rows, to - from, scale);
  }

  private void checkColumn(int column) {
    Objects.checkIndex(column - first, columns);
  }

  /** The float that a byte stands for: one rounding. */
  static float value(byte element, float scale) {
    return (element & 0xff) * scale;
  }

  static float[] values(byte[] bytes, float scale) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(bytes[i], scale);
    }
    return values;
  }

  @Override
  public String toString() {
    return "ByteMatrix[" + rows + " x " + columns + "]";
  }
}
