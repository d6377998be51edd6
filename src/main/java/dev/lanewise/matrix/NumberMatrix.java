// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import java.lang.foreign.Arena;

/** A matrix that readers fill with numbers: of float32, or of float64. */
public sealed interface NumberMatrix extends SampleMatrix permits FloatMatrix, DoubleMatrix {

  /**
   * Allocates a matrix of zeros.
   *
   * @param arena owns the memory; a shared arena if several threads are to work on the matrix
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @param exact whether the matrix keeps float64; else it keeps float32
   * @return a {@link DoubleMatrix} if exact, else a {@link FloatMatrix}
   * @throws IllegalArgumentException if a dimension is below 1 or there are too many rows
   * @throws OutOfMemoryError if the memory is not to be had; the message names the bytes
   */
  static NumberMatrix allocate(Arena arena, int rows, int columns, boolean exact) {
    return exact
        ? DoubleMatrix.allocate(arena, rows, columns)
        : FloatMatrix.allocate(arena, rows, columns);
  }

  /**
   * The memory that {@link #allocate} takes for a matrix of this shape.
   *
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @param exact whether the matrix keeps float64
   * @return the size in bytes
   * @throws IllegalArgumentException if a dimension is below 1 or there are too many rows
   */
  static long byteSize(int rows, int columns, boolean exact) {
    return exact ? DoubleMatrix.byteSize(rows, columns) : FloatMatrix.byteSize(rows, columns);
  }

  /**
   * Writes one element, rounded to what the matrix keeps.
   *
   * @param row from 0 to {@code rows - 1}
   * @param column from 0 to {@code columns - 1}
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  void put(int row, int column, double value);

  /**
   * Writes a column, each element rounded to what the matrix keeps.
   *
   * @param column from 0 to {@code columns - 1}
   * @param values the column's {@code rows} values
   * @throws IllegalArgumentException if there are not exactly {@code rows} values
   * @throws IndexOutOfBoundsException if there is no such column
   */
  void putColumn(int column, double[] values);
}
