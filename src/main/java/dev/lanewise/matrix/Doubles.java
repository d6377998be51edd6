// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Matrices of float32 as columns of doubles, and back. */
public final class Doubles {

  private Doubles() {}

  /**
   * Returns all columns.
   *
   * @param matrix of any shape
   * @return one new array for each column
   */
  public static double[][] columns(FloatMatrix matrix) {
    double[][] columns = new double[matrix.columns()][matrix.rows()];
    copy(matrix, columns);
    return columns;
  }

  /**
   * Returns a column.
   *
   * @param matrix of any shape
   * @param number of the column
   * @return a new array
   */
  public static double[] column(FloatMatrix matrix, int number) {
    double[] column = new double[matrix.rows()];
    copy(matrix, number, column);
    return column;
  }

  /**
   * Copies columns.
   *
   * @param from of any shape
   * @param to receives as many columns, and of each as many elements, as it has
   */
  public static void copy(FloatMatrix from, double[][] to) {
    for (int k = 0; k < to.length; k++) {
      copy(from, k, to[k]);
    }
  }

  private static void copy(FloatMatrix from, int number, double[] to) {
    MemorySegment segment = from.segment();
    long offset = from.columnOffset(number);
    for (int j = 0; j < to.length; j++) {
      to[j] = segment.get(JAVA_FLOAT, offset + (long) j * Float.BYTES);
    }
  }

  /**
   * Rounds each number to float32.
   *
   * @param from columns of numbers
   * @param to receives them
   */
  public static void round(double[][] from, FloatMatrix to) {
    MemorySegment segment = to.segment();
    for (int k = 0; k < from.length; k++) {
      long offset = to.columnOffset(k);
      for (int j = 0; j < from[k].length; j++) {
        segment.set(JAVA_FLOAT, offset + (long) j * Float.BYTES, (float) from[k][j]);
      }
    }
  }
}
