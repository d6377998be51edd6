// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A column-major matrix of float32 off the Java heap: column j holds sample j, row i feature i.
 *
 * <p>Each column is padded with zeros to a multiple of {@value #LANES} floats and begins on a
 * 64-byte boundary, so that kernels need neither tails nor masks (rule 1 of the contract of the
 * numbers). The distance between columns, {@link #stride()}, may exceed the padded height. Vectors
 * are matrices of one column.
 *
 * <p>The matrix does not own its memory: the {@link Arena} it was allocated from does, and whoever
 * made that arena closes it. Using a matrix after that throws {@link IllegalStateException}.
 * Reading from many threads is safe; writing is not synchronised.
 */
public final class FloatMatrix implements NumberMatrix {

  /** The number of logical lanes of the contract, and so the unit of padding, in floats. */
  public static final int LANES = 16;

  /** Columns begin on a boundary of so many bytes: a cache line, and the widest vector. */
  public static final int ALIGNMENT = LANES * Float.BYTES;

  /**
   * The most rows: a column's bytes are counted in an int, which loops over vectors need in order
   * to be fast.
   */
  public static final int MAX_ROWS = Integer.MAX_VALUE / Float.BYTES - 2 * LANES;

  // Columns whose distance is a multiple of the page size compete for the same sets of the L1
  // cache.
  private static final int PAGE_FLOATS = 4096 / Float.BYTES;

  /** What {@link #clear(int, int)} copies. */
  private static final float[] ZEROS = new float[PAGE_FLOATS];

  private final MemorySegment segment;
  private final int rows;
  private final int columns;
  private final int paddedRows;
  private final int stride;

  // The column and the row that the memory begins with; not 0 only where moveTo() said so.
  private int first;
  private int firstRow;

  private FloatMatrix(MemorySegment segment, int rows, int columns, int stride) {
    this.segment = segment;
    this.rows = rows;
    this.columns = columns;
    this.paddedRows = padded(rows);
    this.stride = stride;
  }

  /**
   * Allocates a matrix of zeros.
   *
   * @param arena owns the memory; a shared arena if several threads are to work on the matrix
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @return a matrix of {@code rows} x {@code columns} zeros
   * @throws IllegalArgumentException if a dimension is below 1 or there are too many rows
   * @throws OutOfMemoryError if the memory is not to be had; the message names the bytes
   */
  public static FloatMatrix allocate(Arena arena, int rows, int columns) {
    Objects.requireNonNull(arena, "arena");
    long bytes = byteSize(rows, columns);
    return on(arena.allocate(bytes, ALIGNMENT), rows, columns);
  }

  /**
   * Allocates a vector.
   *
   * @param arena owns the memory
   * @param values its elements, at least one
   * @return a matrix of one column
   */
  public static FloatMatrix vector(Arena arena, float... values) {
    FloatMatrix vector = allocate(arena, values.length, 1);
    vector.setColumn(0, values);
    return vector;
  }

  /**
   * Returns a matrix on memory that is there already.
   *
   * @param memory {@link #byteSize(int, int)} bytes on a boundary of {@link #ALIGNMENT} bytes
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @return the matrix, which does not own the memory
   */
  public static FloatMatrix on(MemorySegment memory, int rows, int columns) {
    return new FloatMatrix(memory, rows, columns, strideOf(rows, columns));
  }

  /** A matrix without memory, for dry runs: to read or write an element fails. */
  static FloatMatrix withoutMemory(int rows, int columns) {
    return on(MemorySegment.NULL, rows, columns);
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
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a matrix has at least 1 row and 1 column, not " + rows + " x " + columns);
    }
    if (rows > MAX_ROWS) {
      throw new IllegalArgumentException("a column has at most " + MAX_ROWS + " rows, not " + rows);
    }
    return (long) strideOf(rows, columns) * columns * Float.BYTES;
  }

  static int padded(int rows) {
    return (rows + LANES - 1) & -LANES;
  }

  private static int strideOf(int rows, int columns) {
    int padded = padded(rows);
    return columns > 1 && padded % PAGE_FLOATS == 0 ? padded + LANES : padded;
  }

  /**
   * Number of features.
   *
   * @return the rows, without padding
   */
  @Override
  public int rows() {
    return rows;
  }

  /**
   * Number of samples.
   *
   * @return the columns
   */
  @Override
  public int columns() {
    return columns;
  }

  /**
   * The height that kernels work on: {@link #rows()} rounded up to a multiple of {@value #LANES}.
   *
   * @return the rows with their padding of zeros
   */
  @Override
  public int paddedRows() {
    return paddedRows;
  }

  /**
   * The distance from one column to the next, a multiple of {@value #LANES}.
   *
   * @return the distance in floats, at least {@link #paddedRows()}
   */
  public int stride() {
    return stride;
  }

  @Override
  public long byteSize() {
    return segment.byteSize();
  }

  @Override
  public String storage() {
    return "floats";
  }

  /**
   * Calls the columns by other numbers, so that the same memory can stand for one part of a wider
   * matrix after another. The memory stays as it is.
   *
   * @param column the new number of the first column, at least 0
   */
  public void moveTo(int column) {
    moveTo(column, 0);
  }

  /**
   * Calls the columns and the rows by other numbers, so that {@link #columnOffset} is where row 0
   * of a column would be. Single elements cannot be asked for where the first row is not 0.
   *
   * @param column the new number of the first column, at least 0
   * @param row the new number of the first row, a multiple of {@value #LANES}
   */
  public void moveTo(int column, int row) {
    first = column;
    firstRow = row;
  }

  /**
   * The memory itself, for kernels.
   *
   * @return a segment of {@code stride * columns} floats in native byte order
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * Where a column begins in {@link #segment()}.
   *
   * @param column the column, from 0, or from where {@link #moveTo} said
   * @return its offset in bytes, a multiple of {@value #ALIGNMENT}; below 0 perhaps, where the
   *     first row is not row 0
   */
  public long columnOffset(int column) {
    return ((long) (column - first) * stride - firstRow) * Float.BYTES;
  }

  /**
   * Reads one element.
   *
   * @param row from 0 to {@code rows - 1}
   * @param column from 0 to {@code columns - 1}
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  @Override
  public float get(int row, int column) {
    return segment.get(JAVA_FLOAT, offset(row, column));
  }

  /**
   * Writes one element.
   *
   * @param row from 0 to {@code rows - 1}
   * @param column from 0 to {@code columns - 1}
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(int row, int column, float value) {
    segment.set(JAVA_FLOAT, offset(row, column), value);
  }

  @Override
  public void put(int row, int column, double value) {
    set(row, column, (float) value);
  }

  private long offset(int row, int column) {
    Objects.checkIndex(row, rows);
    checkColumn(column);
    return columnOffset(column) + (long) row * Float.BYTES;
  }

  /**
   * Copies a heap array into a column.
   *
   * @param column from 0 to {@code columns - 1}
   * @param values the column's {@code rows} values
   * @throws IllegalArgumentException if there are not exactly {@code rows} values
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public void setColumn(int column, float[] values) {
    checkHeight(values.length);
    checkColumn(column);
    MemorySegment.copy(values, 0, segment, JAVA_FLOAT, columnOffset(column), rows);
  }

  @Override
  public void putColumn(int column, double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    setColumn(column, rounded);
  }

  /**
   * Copies a column into a heap array.
   *
   * @param column from 0 to {@code columns - 1}
   * @return a new array of the column's {@code rows} values
   * @throws IndexOutOfBoundsException if there is no such column
   */
  @Override
  public float[] column(int column) {
    checkColumn(column);
    float[] values = new float[rows];
    MemorySegment.copy(segment, JAVA_FLOAT, columnOffset(column), values, 0, rows);
    return values;
  }

  /**
   * Sets every element, and the padding, to +0.
   *
   * <p>It is what a sum starts from.
   */
  public void clear() {
    segment.fill((byte) 0);
  }

  /**
   * Sets some rows of every column to +0.
   *
   * <p>Allocates nothing, whether it is compiled or not. A slice of the segment would be an object
   * wherever the compiler does not inline {@code asSlice}, which depends on how often this method
   * was called before and on who else in the process slices memory.
   *
   * @param fromRow the first row
   * @param toRow the row after the last, at most {@link #paddedRows()}
   */
  public void clear(int fromRow, int toRow) {
    for (int column = 0; column < columns; column++) {
      long offset = (long) column * stride * Float.BYTES;
      for (int row = fromRow, end; row < toRow; row = end) {
        end = Math.min(toRow - row, ZEROS.length) + row;
        MemorySegment.copy(
            ZEROS, 0, segment, JAVA_FLOAT, offset + (long) row * Float.BYTES, end - row);
      }
    }
  }

  @Override
  public FloatMatrix part(int from, int to) {
    checkPart(from, to, columns);
    long offset = (long) from * stride * Float.BYTES;
    MemorySegment part = segment.asSlice(offset, (long) (to - from) * stride * Float.BYTES);
    return new FloatMatrix(part, rows, to - from, stride);
  }

  /** Fails where a part of a matrix would have no column, or one that is not there. */
  static void checkPart(int from, int to, int columns) {
    Objects.checkFromToIndex(from, to, columns);
    Objects.checkIndex(from, to);
  }

  private void checkColumn(int column) {
    Objects.checkIndex(column - first, columns);
  }

  private void checkHeight(int length) {
    if (length != rows) {
      throw new IllegalArgumentException("a column has " + rows + " rows, not " + length);
    }
  }

  @Override
  public String toString() {
    return "FloatMatrix[" + rows + " x " + columns + "]";
  }
}
