// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.nn.Layout;
import dev.lanewise.reduce.PartialShape;

/**
 * Divides the rows of a shape among the workers into ranges of about equal work, in multiples of 16
 * rows.
 */
final class RowRanges {

  private final int[] first;

  RowRanges(PartialShape shape, int workers) {
    this.first = new int[workers + 1];
    int rows = shape.rows();
    long all = work(shape, rows);
    int row = 0;
    for (int worker = 1; worker < workers; worker++) {
      while (row < rows && work(shape, row) * workers < all * worker) {
        row += FloatMatrix.LANES;
      }
      first[worker] = row;
    }
    first[workers] = rows;
  }

  /** The multiply-adds of a sample for the rows before one. */
  private static long work(PartialShape shape, int row) {
    Layout layout = shape.gradient();
    if (layout == null) {
      return row;
    }
    long work = 0;
    for (int l = 0; l < layout.layers().size(); l++) {
      work += (long) layout.rowOf(l, row) * layout.layers().get(l).outputs();
    }
    return work;
  }

  /** The first row of a worker's range if all rows take the same work. */
  static int evenRows(int rows, int worker, int workers) {
    return even(rows / FloatMatrix.LANES, worker, workers) * FloatMatrix.LANES;
  }

  /** The first number of a worker's range if all numbers take the same work. */
  static int even(int count, int worker, int workers) {
    return (int) ((long) count * worker / workers);
  }

  /** The first row of a worker's range, which ends where the next worker's begins. */
  int first(int worker) {
    return first[worker];
  }
}
