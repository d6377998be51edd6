// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.TableColumn;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.text.Booleans;
import dev.lanewise.data.text.Decimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The cells of rows before they are encoded. */
final class CsvRawCells implements CsvSamples {

  private final CsvBody body;
  private final CsvCells cells;
  private final int[] at;
  private final List<TableColumn> columns;
  private final List<Map<String, Integer>> levels;
  private final TableOptions options;

  /**
   * Cells.
   *
   * @param at the number of each column in the file
   * @param columns what their cells are
   * @param options which cells are missing
   */
  CsvRawCells(
      CsvBody body, CsvCells cells, int[] at, List<TableColumn> columns, TableOptions options) {
    this.body = body;
    this.cells = cells;
    this.at = at;
    this.columns = columns;
    this.levels = columns.stream().map(TableColumn::numbers).toList();
    this.options = options;
  }

  @Override
  public int width() {
    return at.length;
  }

  boolean isCategory(int i) {
    return columns.get(i).kind() == TableColumn.Kind.CATEGORY;
  }

  @Override
  public void fill(CsvRecord row, double[] sample) {
    for (int i = 0; i < at.length; i++) {
      sample[i] = cell(row, i);
    }
  }

  private double cell(CsvRecord row, int i) {
    String field = row.getField(at[i]).strip();
    if (options.isMissing(field)) {
      return Double.NaN;
    }
    return switch (columns.get(i).kind()) {
      case CATEGORY -> level(row, i, field);
      case BOOLEAN -> truth(row, i, field);
      case NUMBER -> cells.number(row, at[i], field, true, true);
    };
  }

  private int level(CsvRecord row, int i, String field) {
    // Most cells are spelled like their level.
    Integer known = levels.get(i).get(field);
    return known == null ? levels.get(i).getOrDefault(text(row, i), TableColumn.UNSEEN) : known;
  }

  /**
   * The columns of cells that were kept, if they are what the columns say.
   *
   * @return null if the rows must be read again, for instance to tell where something is wrong
   */
  CsvKeptCells.Numbers[] kept(CsvKeptCells source) {
    if (!source.isWhole()) {
      return null;
    }
    CsvKeptCells.Numbers[] found = new CsvKeptCells.Numbers[at.length];
    for (int i = 0; i < at.length; i++) {
      int column = i;
      found[i] =
          columns.get(i).kind() == TableColumn.Kind.NUMBER || source.hasTexts(at[i])
              ? source.numbers(at[i], text -> number(column, text))
              : null;
      if (found[i] == null) {
        return null;
      }
    }
    return found;
  }

  private double number(int i, String text) {
    return switch (columns.get(i).kind()) {
      case CATEGORY -> levels.get(i).getOrDefault(Decimal.normal(text), TableColumn.UNSEEN);
      case BOOLEAN -> {
        Booleans words = Booleans.of(text);
        yield words == null ? Double.NaN : words.value(text);
      }
      case NUMBER -> CsvKeptCells.number(text);
    };
  }

  private double truth(CsvRecord row, int i, String field) {
    Booleans words = Booleans.of(field);
    if (words == null) {
      throw bad(row, i, "is '" + CsvCells.shown(field) + "'", "True or False");
    }
    return words.value(field);
  }

  /** The level of a cell: numbers of the same value are one level. */
  String text(CsvRecord row, int i) {
    return Decimal.normal(cells.label(row.getField(at[i]).strip()));
  }

  DataException bad(CsvRecord row, int i, String problem, String expected) {
    return cells.bad(row, at[i], problem, expected);
  }

  void note(ReadOptions receivers, String format, Object... values) {
    receivers
        .notices()
        .noted()
        .accept(body.path() + ": " + String.format(Locale.ROOT, format, values));
  }
}
