// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

/** One of the two things that are compared; verified when it was made. */
public interface Side extends AutoCloseable {

  /**
   * Does it some times.
   *
   * @param times how many times, at least 1
   * @return nanoseconds that one time took
   */
  double nanos(int times);

  @Override
  void close();

  /** Makes a side on data that both share. */
  @FunctionalInterface
  interface Maker {

    /**
     * Makes and verifies it.
     *
     * @param problems has the data
     * @return the side; the caller closes it
     */
    Side make(Problems problems);
  }
}
