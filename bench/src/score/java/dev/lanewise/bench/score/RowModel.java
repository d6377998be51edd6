// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

/** A linear model of one library, and the rows that it scores. Threads may share it. */
interface RowModel extends AutoCloseable {

  /** Returns what scores rows in one thread. */
  Caller caller();

  /** The probability of class 1 of a row, computed in plain double loops. */
  double expected(int row);

  @Override
  default void close() {}

  /** Scores rows in one thread. */
  interface Caller {

    /**
     * Computes the probabilities of all classes of a row.
     *
     * @param row its number
     * @return the probability of class 1
     */
    double score(int row);
  }
}
