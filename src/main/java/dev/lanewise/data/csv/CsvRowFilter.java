// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableOptions.MissingCells;

/**
 * Leaves out rows with missing cells, if these are to be dropped.
 *
 * @param columns the columns of the features
 * @param options what happens to missing cells
 */
record CsvRowFilter(int[] columns, TableOptions options) {

  /** Whether any row may be left out. */
  boolean drops() {
    return options.missing().filter(MissingCells.DROP::equals).isPresent();
  }

  /** Whether a row is a sample. */
  boolean keeps(CsvRecord row) {
    if (!drops()) {
      return true;
    }
    for (int column : columns) {
      if (options.isMissing(row.getField(column).strip())) {
        return false;
      }
    }
    return true;
  }
}
