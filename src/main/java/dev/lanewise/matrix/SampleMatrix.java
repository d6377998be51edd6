// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

/**
 * X, d x m: column j holds sample j, row i feature i, whatever the elements are stored as.
 *
 * <p>Kernels compute on a {@link FloatMatrix}. Of any other matrix they get a few columns at a
 * time, turned into floats while these are in the cache. The floats are the same either way.
 *
 * <p>Matrices do not own their memory; whoever made the arena that it came from does.
 */
public sealed interface SampleMatrix permits NumberMatrix, ByteMatrix, MappedMatrix {

  /**
   * d: the number of features.
   *
   * @return at least 1
   */
  int rows();

  /**
   * m: the number of samples.
   *
   * @return at least 1
   */
  int columns();

  /**
   * The height that kernels work on: {@link #rows()} rounded up to a multiple of {@value
   * FloatMatrix#LANES}.
   *
   * @return the rows with their padding
   */
  default int paddedRows() {
    return FloatMatrix.padded(rows());
  }

  /**
   * How much the matrix takes of the memory, or of a mapped file.
   *
   * @return the size in bytes
   */
  long byteSize();

  /**
   * What the elements are stored as, for people.
   *
   * @return {@code floats}, {@code doubles}, {@code bytes}, {@code mapped floats} or {@code mapped
   *     bytes}
   */
  String storage();

  /**
   * One element as the float that kernels compute with.
   *
   * @param row from 0 to {@code rows - 1}
   * @param column from 0 to {@code columns - 1}
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  float get(int row, int column);

  /**
   * A column as the floats that kernels compute with.
   *
   * @param column from 0 to {@code columns - 1}
   * @return a new array of the column's {@code rows} values
   * @throws IndexOutOfBoundsException if there is no such column
   */
  float[] column(int column);

  /**
   * A column as exactly as it is stored: what is standardised.
   *
   * @param column from 0 to {@code columns - 1}
   * @return a new array of the column's {@code rows} values
   * @throws IndexOutOfBoundsException if there is no such column
   */
  default double[] doubles(int column) {
    float[] values = column(column);
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  /**
   * Some of the columns, on the same memory, under numbers from 0.
   *
   * @param from the first column
   * @param to the column after the last
   * @return a matrix of {@code to - from} columns
   * @throws IndexOutOfBoundsException if there are no such columns, or none at all
   */
  SampleMatrix part(int from, int to);
}
