// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.ColumnEncoding;
import dev.lanewise.data.table.RowEncoder;
import dev.lanewise.data.table.TableColumn;
import dev.lanewise.data.table.TableEncoding;
import java.util.List;
import java.util.Locale;

/** Reads rows whose columns a known encoding turns into features. */
final class CsvEncodedCells implements CsvSamples {

  private final CsvRawCells cells;
  private final List<ColumnEncoding> encodings;
  private final RowEncoder encoder;
  private final int width;
  private final double[] raw;
  private final int[] missing;
  private final int[] unseen;
  private final String[] firstUnseen;
  private final boolean strict;

  CsvEncodedCells(CsvRawCells cells, TableEncoding encoding, boolean strict) {
    this.cells = cells;
    this.encodings = encoding.columns();
    this.encoder = new RowEncoder(encoding, encoding.tableColumns());
    this.width = encoding.width();
    this.raw = new double[encodings.size()];
    this.missing = new int[encodings.size()];
    this.unseen = new int[encodings.size()];
    this.firstUnseen = new String[encodings.size()];
    this.strict = strict;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void fill(CsvRecord row, double[] sample) {
    cells.fill(row, raw);
    for (int i = 0; i < raw.length; i++) {
      if (Double.isNaN(raw[i])) {
        addMissing(row, i);
      } else if (raw[i] == TableColumn.UNSEEN && cells.isCategory(i)) {
        addUnseen(row, i);
      }
    }
    encoder.encode(raw, sample);
  }

  // An indicator or a level says that a cell is missing; without one it is told.
  private void addMissing(CsvRecord row, int i) {
    ColumnEncoding encoding = encodings.get(i);
    boolean expected =
        encoding.featureNames().stream()
            .anyMatch(name -> name.endsWith("=" + ColumnEncoding.MISSING));
    boolean number = !cells.isCategory(i);
    if (expected) {
      return;
    }
    if (strict || number && !encoding.takesMissing()) {
      throw cells.bad(
          row,
          i,
          "is missing",
          "a "
              + (number ? "number" : "level")
              + ", as in the data that the model learned from; fill in the missing cell or remove"
              + " the row");
    }
    missing[i]++;
  }

  private void addUnseen(CsvRecord row, int i) {
    String level = CsvCells.shown(cells.text(row, i));
    if (strict) {
      throw cells.bad(row, i, "is '" + level + "'", "a level that the model has seen");
    }
    unseen[i]++;
    if (firstUnseen[i] == null) {
      firstUnseen[i] =
          String.format(Locale.ROOT, "first '%s' in line %d", level, row.getStartingLineNumber());
    }
  }

  @Override
  public void tell(ReadOptions options) {
    for (int i = 0; i < raw.length; i++) {
      String column = encodings.get(i).name();
      if (unseen[i] > 0) {
        cells.note(
            options,
            "column '%s' has levels in %d rows that the model has not seen (%s); their features are"
                + " 0",
            column,
            unseen[i],
            firstUnseen[i]);
      }
      if (missing[i] > 0) {
        cells.note(
            options,
            "column '%s' has %d missing cells, which the model has not seen; %s",
            column,
            missing[i],
            cells.isCategory(i) ? "their features are 0" : "they become the usual number");
      }
    }
  }
}
