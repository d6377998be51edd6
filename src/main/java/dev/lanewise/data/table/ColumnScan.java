// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import dev.lanewise.data.text.Booleans;
import dev.lanewise.data.text.Decimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Counts the kinds of the cells of one column, one cell after the other. */
public final class ColumnScan {

  /** The most distinct values that are counted. */
  public static final int MOST_LEVELS = 1 << 16;

  // A column of numbers with more values is probably not categorical, and counting is slow.
  private static final int MOST_NUMBERS = 1 << 12;

  private static final int FREQUENT = 3;
  private static final int LONGEST_INTEGER = 18;

  /** Stands for a number in a column with too many distinct texts to be counted. */
  public static final int NUMBER = -1;

  /** Stands for a text in such a column. */
  public static final int TEXT = -2;

  /** The longest level: its feature needs a name. */
  public static final int LONGEST_LEVEL = 500;

  private final boolean categorical;
  private final long[] booleans = new long[Booleans.values().length];

  /** The distinct texts, with the number of cells of each; null if there are too many. */
  private Map<String, Counted> texts = new HashMap<>();

  /** How many cells had a text when there were too many; 0 before. */
  private long overflow;

  private long rows;
  private long missing;
  private long numbers;
  private long commaNumbers;
  private long firstMissing;
  private Cell firstText;
  private Cell badLevel;
  private boolean counts = true;
  private long last;

  /**
   * A cell.
   *
   * @param line its line in the file, or its row
   * @param text its text
   */
  public record Cell(long line, String text) {}

  /** A text. */
  private static final class Counted {

    private final boolean isNumber;
    private final Booleans words;

    /** How many texts came before it. */
    private final int number;

    private int count;

    Counted(String text, int number) {
      this.number = number;
      isNumber = Decimal.isNumber(text);
      words = isNumber ? null : Booleans.of(text);
    }
  }

  /**
   * Nothing counted yet.
   *
   * @param categorical whether the column is categorical even if it has nothing but numbers
   */
  public ColumnScan(boolean categorical) {
    this.categorical = categorical;
  }

  /**
   * Counts a missing cell.
   *
   * @param line its line in the file, or its row
   */
  public void addMissing(long line) {
    rows++;
    missing++;
    firstMissing = missing == 1 ? line : firstMissing;
    counts = false;
  }

  /**
   * Counts a cell.
   *
   * @param line its line in the file, or its row
   * @param text the cell without spaces around it; a number with a decimal point
   * @param hasCommas whether the text is a number but for commas in it
   * @return how many other texts came before the first cell of this text; {@link #NUMBER} or {@link
   *     #TEXT} if there are too many texts
   */
  public int add(long line, String text, boolean hasCommas) {
    rows++;
    if (texts == null && Decimal.isNumber(text)) {
      numbers++;
      counts = counts && follows(text);
      return NUMBER;
    }
    // Most texts of a categorical column were looked at before.
    Counted known = texts == null ? null : texts.get(text);
    Counted cell = known == null ? new Counted(text, texts == null ? 0 : texts.size()) : known;
    cell.count++;
    if (cell.isNumber) {
      numbers++;
      counts = counts && follows(text);
    } else {
      counts = false;
      commaNumbers += hasCommas ? 1 : 0;
      if (cell.words != null) {
        booleans[cell.words.ordinal()]++;
      }
    }
    if (known == null) {
      keep(line, text, cell);
    }
    return texts != null ? cell.number : cell.isNumber ? NUMBER : TEXT;
  }

  private boolean follows(String text) {
    if (text.length() > LONGEST_INTEGER || !text.matches("-?[0-9]+")) {
      return false;
    }
    long number = Long.parseLong(text);
    boolean follows = rows == 1 || number == last + 1;
    last = number;
    return follows;
  }

  private static boolean isBad(String text) {
    return text.length() > LONGEST_LEVEL || text.chars().anyMatch(Character::isISOControl);
  }

  private void keep(long line, String text, Counted cell) {
    if (!cell.isNumber) {
      firstText = firstText == null ? new Cell(line, text) : firstText;
      badLevel = badLevel == null && isBad(text) ? new Cell(line, text) : badLevel;
    }
    if (texts == null) {
      return;
    }
    boolean numeric = !categorical && numbers == present();
    if (texts.size() == (numeric ? MOST_NUMBERS : MOST_LEVELS)) {
      texts = null;
      overflow = present();
    } else {
      texts.put(text, cell);
    }
  }

  /**
   * Returns the number of rows.
   *
   * @return missing cells included
   */
  public long rows() {
    return rows;
  }

  /**
   * Returns the number of missing cells.
   *
   * @return at least 0
   */
  public long missing() {
    return missing;
  }

  /**
   * Returns where the first missing cell is.
   *
   * @return the line; 0 if none is missing
   */
  public long firstMissing() {
    return firstMissing;
  }

  /** Cells that are not missing. */
  long present() {
    return rows - missing;
  }

  /** Cells that are neither missing nor numbers. */
  long nonNumbers() {
    return present() - numbers;
  }

  /** Whether all cells are numbers, but for commas in some of them. */
  boolean isNumericButForCommas() {
    return commaNumbers > 0 && nonNumbers() == commaNumbers;
  }

  /** Whether all cells that are not missing are words for true and false of one kind. */
  boolean isBoolean() {
    for (long count : booleans) {
      if (count > 0 && count == present()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether all cells are words for true and false, and none is missing.
   *
   * @return true if 1 and 0 say the same
   */
  public boolean isBooleanWithoutMissing() {
    return missing == 0 && isBoolean();
  }

  /**
   * Returns whether the cells are whole numbers that count up by 1.
   *
   * @return false for a single row
   */
  public boolean countsUp() {
    return counts && rows > 1;
  }

  /**
   * Returns the first cell that is neither missing nor a number.
   *
   * @return null if there is none
   */
  public Cell firstText() {
    return firstText;
  }

  /** The first cell that cannot be the name of a level; null if there is none. */
  Cell badLevel() {
    return badLevel;
  }

  /**
   * Returns the number of different values.
   *
   * @return empty if they are too many to count
   */
  public OptionalInt levelCount() {
    return texts == null ? OptionalInt.empty() : OptionalInt.of(levels().size());
  }

  /** How many cells had more than {@link #MOST_LEVELS} different texts. */
  long overflow() {
    return overflow;
  }

  /**
   * Returns the different values in their order: by value if all are numbers, else by characters.
   *
   * @return levels; numbers of the same value are one
   */
  public List<String> sortedLevels() {
    return LevelOrder.sorted(levels().keySet());
  }

  /** Numbers are the same level if they have the same value. */
  private Map<String, Integer> levels() {
    Map<String, Integer> levels = HashMap.newHashMap(texts.size());
    texts.forEach((text, cell) -> levels.merge(Decimal.normal(text), cell.count, Integer::sum));
    return levels;
  }

  /** The most frequent values. */
  List<ColumnProfile.Level> frequent() {
    return texts == null
        ? List.of()
        : levels().entrySet().stream()
            .map(entry -> new ColumnProfile.Level(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingInt((ColumnProfile.Level level) -> -level.count())
                    .thenComparing(ColumnProfile.Level::value))
            .limit(FREQUENT)
            .toList();
  }
}
