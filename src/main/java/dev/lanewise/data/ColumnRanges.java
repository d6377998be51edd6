// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.util.stream.IntStream;

/**
 * Work on the columns of a matrix that does not depend on their order: several threads share it.
 */
final class ColumnRanges {

  /** Elements of a range, with which a thread is busy for some milliseconds. */
  private static final long ELEMENTS = 1 << 20;

  private ColumnRanges() {}

  /** Work on a range of columns. */
  interface Work {

    /**
     * Works.
     *
     * @param from the first column
     * @param to the column after the last
     * @return whether all is as it should be
     */
    boolean on(int from, int to);
  }

  /**
   * Works on all columns; on those of a mapped file one after the other.
   *
   * @param x has the columns
   * @param work for ranges that together are all columns
   * @return whether all is as it should be
   */
  static boolean all(SampleMatrix x, Work work) {
    if (x instanceof MappedMatrix) {
      return work.on(0, x.columns());
    }
    int size = Math.clamp(ELEMENTS / x.rows(), 1, x.columns());
    return IntStream.range(0, (x.columns() - 1) / size + 1)
        .parallel()
        .mapToObj(
            range ->
                work.on(range * size, Math.min(x.columns() - range * size, size) + range * size))
        .reduce(true, Boolean::logicalAnd);
  }
}
