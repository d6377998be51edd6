// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * A matrix of double precision in an array: element (row, column) is {@code values[offset + row *
 * rowStep + column * columnStep]}. Several views may share an array.
 *
 * @param values the array
 * @param offset of element (0, 0)
 * @param rowStep the distance of an element from the one in the row above
 * @param columnStep the distance of an element from the one in the column before
 */
public record DoubleView(double[] values, int offset, int rowStep, int columnStep) {

  /**
   * Returns a column-major matrix from the beginning of an array.
   *
   * @param values at least {@code stride} for each column
   * @param stride the distance of columns
   * @return the view
   */
  public static DoubleView columns(double[] values, int stride) {
    return new DoubleView(values, 0, 1, stride);
  }

  /**
   * Returns the same numbers with rows for columns.
   *
   * @return a view of the same array
   */
  public DoubleView transposed() {
    return new DoubleView(values, offset, columnStep, rowStep);
  }

  /**
   * Returns the columns from one on.
   *
   * @param first becomes column 0
   * @return a view of the same array
   */
  public DoubleView from(int first) {
    return new DoubleView(values, offset + first * columnStep, rowStep, columnStep);
  }

  /**
   * Returns where an element is.
   *
   * @param row of the element
   * @param column of the element
   * @return the index in the array
   */
  public int index(int row, int column) {
    return offset + row * rowStep + column * columnStep;
  }
}
