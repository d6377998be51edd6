// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A column-major matrix of float64 off the Java heap: features that are standardised before they
 * are rounded to float32. It takes twice the memory of a {@link FloatMatrix}.
 *
 * <p>Everything that is not standardised sees each element rounded to float32 once. Columns follow
 * one another without padding.
 *
 * <p>A {@linkplain #computed computed} matrix keeps no elements: it computes a column each time one
 * is read.
 *
 * <p>The matrix does not own its memory: the {@link Arena} it was allocated from does. Reading from
 * many threads is safe; writing is not synchronised.
 */
public final class DoubleMatrix implements NumberMatrix {

  /** Null if columns are computed. */
  private final MemorySegment segment;

  private final int rows;
  private final int columns;

  /** Null if elements are kept. */
  private final Source source;

  /** The number of the first column for the source. */
  private final int first;

  /** Computes columns; on many threads at once. */
  public interface Source {

    /**
     * Computes a column.
     *
     * @param column its number
     * @param target receives the elements
     */
    void compute(int column, double[] target);

    /**
     * Computes one element.
     *
     * @param row its row
     * @param column its column
     * @param rows how many rows there are
     * @return what {@link #compute} writes there
     */
    default double element(int row, int column, int rows) {
      double[] values = new double[rows];
      compute(column, values);
      return values[row];
    }
  }

  private DoubleMatrix(MemorySegment segment, int rows, int columns, Source source, int first) {
    this.segment = segment;
    this.rows = rows;
    this.columns = columns;
    this.source = source;
    this.first = first;
  }

  /**
   * Returns a matrix whose columns are computed each time they are read. It cannot be written.
   *
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @param source gives the same elements for a column each time
   * @return a matrix that takes no memory
   * @throws IllegalArgumentException if a dimension is below 1 or there are too many rows
   */
  public static DoubleMatrix computed(int rows, int columns, Source source) {
    byteSize(rows, columns);
    return new DoubleMatrix(null, rows, columns, Objects.requireNonNull(source, "source"), 0);
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
  public static DoubleMatrix allocate(Arena arena, int rows, int columns) {
    Objects.requireNonNull(arena, "arena");
    MemorySegment segment = arena.allocate(byteSize(rows, columns), Double.BYTES);
    return new DoubleMatrix(segment, rows, columns, null, 0);
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
    return (long) rows * columns * Double.BYTES;
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
    // Of a computed matrix one column is in memory at a time.
    return source == null ? segment.byteSize() : (long) rows * Double.BYTES;
  }

  @Override
  public String storage() {
    return "doubles";
  }

  /**
   * Whether every element is a float32 number, so that rounding loses nothing.
   *
   * @return true if rounding to float32 changes no element
   */
  public boolean isFloats() {
    for (int j = 0; source != null && j < columns; j++) {
      for (double value : doubles(j)) {
        if (value != (float) value) {
          return false;
        }
      }
    }
    if (source != null) {
      return true;
    }
    for (long offset = 0; offset < segment.byteSize(); offset += Double.BYTES) {
      double value = segment.get(JAVA_DOUBLE, offset);
      if (value != (float) value) {
        return false;
      }
    }
    return true;
  }

  @Override
  public float get(int row, int column) {
    return (float) number(row, column);
  }

  /**
   * One element as it is kept.
   *
   * @param row from 0 to {@code rows - 1}
   * @param column from 0 to {@code columns - 1}
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public double number(int row, int column) {
    if (source != null) {
      Objects.checkIndex(row, rows);
      return source.element(row, first + Objects.checkIndex(column, columns), rows);
    }
    return segment.get(JAVA_DOUBLE, offset(row, column));
  }

  @Override
  public float[] column(int column) {
    double[] values = doubles(column);
    float[] rounded = new float[rows];
    for (int i = 0; i < rows; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  @Override
  public double[] doubles(int column) {
    double[] values = new double[rows];
    if (source != null) {
      source.compute(first + Objects.checkIndex(column, columns), values);
      return values;
    }
    MemorySegment.copy(segment, JAVA_DOUBLE, offset(0, column), values, 0, rows);
    return values;
  }

  @Override
  public void put(int row, int column, double value) {
    requireKept();
    segment.set(JAVA_DOUBLE, offset(row, column), value);
  }

  @Override
  public void putColumn(int column, double[] values) {
    if (values.length != rows) {
      throw new IllegalArgumentException("a column has " + rows + " rows, not " + values.length);
    }
    requireKept();
    MemorySegment.copy(values, 0, segment, JAVA_DOUBLE, offset(0, column), rows);
  }

  private void requireKept() {
    if (source != null) {
      throw new IllegalStateException("the elements are computed and cannot be written");
    }
  }

  /**
   * Rounds some rows of some columns to float32.
   *
   * @param from the first column
   * @param to the column after the last
   * @param fromRow the first row
   * @param toRow the row after the last; beyond {@link #rows()} there is nothing to copy
   * @param target receives them as columns and rows of the same numbers
   */
  public void copy(int from, int to, int fromRow, int toRow, FloatMatrix target) {
    int end = Math.min(toRow, rows);
    for (int j = from; source != null && j < to; j++) {
      double[] values = doubles(j);
      long offset = target.columnOffset(j) + (long) fromRow * Float.BYTES;
      for (int i = fromRow; i < end; i++, offset += Float.BYTES) {
        target.segment().set(JAVA_FLOAT, offset, (float) values[i]);
      }
    }
    for (int j = from; source == null && j < to; j++) {
      long at = ((long) j * rows + fromRow) * Double.BYTES;
      long offset = target.columnOffset(j) + (long) fromRow * Float.BYTES;
      for (int i = fromRow; i < end; i++, at += Double.BYTES, offset += Float.BYTES) {
        target.segment().set(JAVA_FLOAT, offset, (float) segment.get(JAVA_DOUBLE, at));
      }
    }
  }

  @Override
  public DoubleMatrix part(int from, int to) {
    FloatMatrix.checkPart(from, to, columns);
    if (source != null) {
      return new DoubleMatrix(null, rows, to - from, source, first + from);
    }
    long column = (long) rows * Double.BYTES;
    MemorySegment slice = segment.asSlice(from * column, (to - from) * column);
    return new DoubleMatrix(slice, rows, to - from, null, 0);
  }

  private long offset(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    return ((long) column * rows + row) * Double.BYTES;
  }

  @Override
  public String toString() {
    return "DoubleMatrix[" + rows + " x " + columns + "]";
  }
}
