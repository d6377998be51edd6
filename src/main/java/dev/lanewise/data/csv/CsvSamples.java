// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.ReadOptions;

/** Turns rows of a table into the numbers of samples. */
interface CsvSamples {

  /** How many numbers a sample has. */
  int width();

  /**
   * Reads a row.
   *
   * @param row the row
   * @param sample receives {@link #width()} numbers
   * @throws dev.lanewise.data.DataException if a cell is not what it must be
   */
  void fill(CsvRecord row, double[] sample);

  /** Reports unusual cells of the rows so far. */
  default void tell(ReadOptions options) {}
}
