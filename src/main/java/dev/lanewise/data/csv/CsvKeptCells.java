// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import dev.lanewise.data.table.ColumnScan;
import dev.lanewise.data.text.Decimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * The cells of a table, kept column by column by the pass that finds the roles: numbers, or the
 * indexes of texts. With them a table is read only once. If they would take too much memory, or a
 * column has too many distinct texts, no cells are kept. Several threads may add cells, each to
 * columns of its own.
 */
final class CsvKeptCells {

  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /** The first chunk grows from here: a table may have few rows and many columns. */
  private static final int FIRST = 64;

  private static final char MISSING = Character.MAX_VALUE;

  /** The fraction of the heap that cells may take. */
  private static final int PART = 4;

  private final Column[] columns;
  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean whole = true;

  /**
   * No cells yet.
   *
   * @param width how many columns there are
   */
  CsvKeptCells(int width) {
    this(width, Runtime.getRuntime().maxMemory() / PART);
  }

  CsvKeptCells(int width, long mostBytes) {
    this.mostBytes = mostBytes;
    this.columns = new Column[width];
    for (int i = 0; i < width; i++) {
      columns[i] = new Column();
    }
  }

  /** Whether all cells so far are kept. */
  boolean isWhole() {
    return whole;
  }

  /** Keeps a missing cell. */
  void addMissing(int column) {
    if (whole) {
      columns[column].addMissing();
    }
  }

  /**
   * Keeps a cell.
   *
   * @param number what {@link ColumnScan#add} returned for it
   * @param text the cell
   */
  void add(int column, int number, String text) {
    if (whole && !columns[column].add(number, text)) {
      drop();
    }
  }

  /** Keeps no more cells. */
  void drop() {
    whole = false;
  }

  /**
   * Returns the numbers of a column.
   *
   * @param number gives the number of a text; NaN if it has none
   * @return the numbers by row, NaN for missing cells; null if a text has no number
   */
  Numbers numbers(int column, ToDoubleFunction<String> number) {
    return columns[column].numbers(number);
  }

  /** Whether a column has missing cells. */
  boolean hasMissing(int column) {
    return columns[column].missing;
  }

  /** The text of a cell of a column of texts. */
  String text(int column, int row) {
    return columns[column].texts.get(columns[column].code(row));
  }

  /** Whether a column has the texts of its cells. */
  boolean hasTexts(int column) {
    return columns[column].numbers == null;
  }

  /** The numbers of a column. */
  interface Numbers {

    double at(int row);
  }

  private record Plain(double[][] chunks) implements Numbers {

    @Override
    public double at(int row) {
      return chunks[row >> CHUNK_BITS][row & CHUNK - 1];
    }
  }

  /**
   * Numbers of texts.
   *
   * @param values by the number of the text
   */
  private record Coded(char[][] chunks, double[] values) implements Numbers {

    @Override
    public double at(int row) {
      char code = chunks[row >> CHUNK_BITS][row & CHUNK - 1];
      return code == MISSING ? Double.NaN : values[code];
    }
  }

  private final class Column {

    private final List<String> texts = new ArrayList<>();
    private final List<char[]> codes = new ArrayList<>();

    /** Null as long as the cells are numbers of texts. */
    private List<double[]> numbers;

    private int size;
    private boolean missing;

    void addMissing() {
      missing = true;
      if (numbers == null) {
        append(MISSING);
      } else {
        append(Double.NaN);
      }
    }

    boolean add(int number, String text) {
      if (numbers == null && number >= 0) {
        if (number == texts.size()) {
          texts.add(text);
        }
        append((char) number);
        return number < MISSING && bytes.get() <= mostBytes;
      }
      return number == ColumnScan.NUMBER && (numbers != null || toNumbers()) && addNumber(text);
    }

    private boolean addNumber(String text) {
      double value = number(text);
      append(value);
      return !Double.isNaN(value) && bytes.get() <= mostBytes;
    }

    private void append(char code) {
      int at = size & CHUNK - 1;
      if (at == 0) {
        int length = codes.isEmpty() ? FIRST : CHUNK;
        codes.add(new char[length]);
        bytes.addAndGet((long) length * Character.BYTES);
      } else if (at == codes.getLast().length) {
        bytes.addAndGet((long) at * Character.BYTES);
        codes.set(0, Arrays.copyOf(codes.getFirst(), 2 * at));
      }
      codes.getLast()[size++ & CHUNK - 1] = code;
    }

    private void append(double value) {
      // A column of numbers has more than a few rows.
      if ((size & CHUNK - 1) == 0) {
        numbers.add(new double[CHUNK]);
        bytes.addAndGet((long) CHUNK * Double.BYTES);
      }
      numbers.getLast()[size++ & CHUNK - 1] = value;
    }

    /** Called when there are too many texts; the column continues as numbers. */
    private boolean toNumbers() {
      double[] values = texts.stream().mapToDouble(CsvKeptCells::number).toArray();
      for (double value : values) {
        if (Double.isNaN(value)) {
          return false;
        }
      }
      numbers = new ArrayList<>();
      int rows = size;
      size = 0;
      for (int row = 0; row < rows; row++) {
        char code = code(row);
        append(code == MISSING ? Double.NaN : values[code]);
      }
      codes.forEach(chunk -> bytes.addAndGet(-(long) chunk.length * Character.BYTES));
      codes.clear();
      texts.clear();
      return true;
    }

    char code(int row) {
      return codes.get(row >> CHUNK_BITS)[row & CHUNK - 1];
    }

    Numbers numbers(ToDoubleFunction<String> number) {
      if (numbers != null) {
        return new Plain(numbers.toArray(double[][]::new));
      }
      double[] values = texts.stream().mapToDouble(number).toArray();
      for (double value : values) {
        if (Double.isNaN(value)) {
          return null;
        }
      }
      return new Coded(codes.toArray(char[][]::new), values);
    }
  }

  /** The number that a text is; NaN if it is not a number, or is beyond float32. */
  static double number(String text) {
    if (!Decimal.isNumber(text)) {
      return Double.NaN;
    }
    double value = Decimal.parse(text, true);
    return Float.isInfinite((float) value) ? Double.NaN : value;
  }
}
