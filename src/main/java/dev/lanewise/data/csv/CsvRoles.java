// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.ColumnProfile;
import dev.lanewise.data.table.ColumnRoles;
import dev.lanewise.data.table.ColumnScan;
import dev.lanewise.data.table.Role;
import dev.lanewise.data.table.TableColumn;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableOptions.MissingCells;
import dev.lanewise.data.text.MissingText;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the roles of the columns of a table by looking at all its rows. */
final class CsvRoles {

  private static final int SHOWN = 8;

  /** The least columns that a thread of its own looks at. */
  private static final int COLUMNS = 8;

  private final CsvBody body;
  private final CsvHeader header;
  private final CsvCells cells;
  private final ReadOptions options;
  private final TableOptions tables;

  /** The role of each column that options name, or null. */
  private final Role[] given;

  /** The columns with levels even if one feature, 1 for true and 0 for false, says the same. */
  private final BitSet asLevels = new BitSet();

  private final ColumnScan[] scans;

  /** The cells, so that they are read once. */
  private final CsvKeptCells kept;

  private long firstLine;
  private int rows;
  private final ColumnRoles.Choice[] choices;

  private CsvRoles(CsvBody body, ReadOptions options) {
    this.body = body;
    this.header = body.header();
    this.options = options;
    this.tables = options.tables();
    int width = header.names().size();
    this.cells = new CsvCells(body.path().toString(), header, new int[0], options);
    this.given = new Role[width];
    this.scans = new ColumnScan[width];
    this.kept = new CsvKeptCells(width);
    this.choices = new ColumnRoles.Choice[width];
  }

  /**
   * Looks at all rows, and leaves out the columns that are no features.
   *
   * @param body the rows; columns that are no features are added to those of its header
   * @throws DataException if an option names a column that is not there or has another role, or a
   *     column can have no role
   */
  static CsvRoles find(CsvBody body, ReadOptions options) {
    CsvRoles roles = new CsvRoles(body, options);
    roles.takeGiven();
    roles.scan();
    roles.choose();
    roles.check();
    roles.tell();
    for (int column = 0; column < roles.choices.length; column++) {
      if (roles.header.isFeature(column) && !roles.choices[column].role().isFeature()) {
        roles.header.left().set(column);
      }
    }
    return roles;
  }

  private void takeGiven() {
    for (String name : tables.categorical()) {
      give(name, Role.CATEGORICAL, "--categorical");
      asLevels.set(header.column(name));
    }
    tables.roles().forEach((name, role) -> give(name, role, "--columns"));
  }

  private void give(String name, Role role, String option) {
    int column = header.column(name);
    if (column == CsvHeader.NONE) {
      throw new DataException(
          body.path().toString(),
          String.format(
              Locale.ROOT,
              "has no column '%s' for %s, expected one of %s",
              name,
              option,
              CsvHeader.shown(header.names())));
    }
    boolean taken = given[column] != null && given[column] != role;
    if (role == Role.LABEL || role == Role.WEIGHT) {
      taken |= column != (role == Role.LABEL ? header.label() : header.weights());
    } else if (role.isFeature()) {
      taken |= !header.isFeature(column);
    }
    if (taken || given[column] != null && option.equals("--categorical")) {
      throw new DataException(
          body.path().toString(),
          String.format(
              Locale.ROOT,
              "column '%s' is %s by %s and has another role by another option or is named twice;"
                  + " name it once",
              header.names().get(column),
              role.id(),
              option));
    }
    given[column] = role;
  }

  private void scan() {
    for (int column = 0; column < scans.length; column++) {
      boolean categorical =
          given[column] == Role.CATEGORICAL || !header.isFeature(column) && !isLeft(column);
      scans[column] = new ColumnScan(categorical);
    }
    if (options.text().decimalComma()) {
      kept.drop();
    }
    try (RowRelay relay = new RowRelay(consumers())) {
      body.count(relay::put);
      relay.finish();
    }
  }

  private boolean isLeft(int column) {
    return header.left().get(column);
  }

  /** Each looks at some of the columns. */
  private List<Consumer<CsvRecord>> consumers() {
    int count = Math.clamp(scans.length / COLUMNS, 1, Runtime.getRuntime().availableProcessors());
    List<Consumer<CsvRecord>> consumers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * scans.length / count);
      int to = (int) ((i + 1L) * scans.length / count);
      consumers.add(from == 0 ? row -> addFirst(row, to) : row -> add(row, from, to));
    }
    return consumers;
  }

  private void addFirst(CsvRecord row, int to) {
    long line = row.getStartingLineNumber();
    firstLine = rows == 0 ? line : firstLine;
    if (line != firstLine + rows || isPadded(row, header.label())) {
      kept.drop();
    }
    rows++;
    add(row, 0, to);
  }

  private void add(CsvRecord row, int from, int to) {
    long line = row.getStartingLineNumber();
    for (int column = from; column < to; column++) {
      String field = row.getField(column).strip();
      boolean missing =
          column == header.label() ? MissingText.isMissing(field) : tables.isMissing(field);
      if (missing) {
        scans[column].addMissing(line);
        kept.addMissing(column);
      } else {
        int number = scans[column].add(line, cells.label(field), CsvCells.hasCommas(field));
        kept.add(column, number, field);
      }
    }
  }

  private static boolean isPadded(CsvRecord row, int column) {
    return column != CsvHeader.NONE
        && row.getField(column).length() != row.getField(column).strip().length();
  }

  /** The cells of all columns, row i in line {@link #firstLine} + i; they may be incomplete. */
  CsvKeptCells kept() {
    return kept;
  }

  /** The line of the first row. */
  long firstLine() {
    return firstLine;
  }

  private void choose() {
    for (int column = 0; column < scans.length; column++) {
      choices[column] = choice(column);
    }
    boolean none =
        IntStream.range(0, choices.length)
            .noneMatch(column -> header.isFeature(column) && choices[column].role().isFeature());
    for (int column = 0; none && column < choices.length; column++) {
      // Numbers that count up are better than nothing.
      if (header.isFeature(column) && scans[column].countsUp()) {
        choices[column] = ColumnRoles.choose(scans[column], given[column], true);
      }
    }
  }

  private ColumnRoles.Choice choice(int column) {
    if (column == header.label()) {
      return new ColumnRoles.Choice(Role.LABEL, "", null);
    }
    if (column == header.weights()) {
      return new ColumnRoles.Choice(Role.WEIGHT, "", null);
    }
    if (isLeft(column)) {
      return new ColumnRoles.Choice(Role.IGNORED, "left out", null);
    }
    if (tables.strict() && given[column] == null) {
      ColumnRoles.Choice free = ColumnRoles.choose(scans[column], null, true);
      return scans[column].isBooleanWithoutMissing()
          ? free
          : new ColumnRoles.Choice(Role.NUMERIC, "", scans[column].firstText());
    }
    boolean kept = options.text().kept().stream().anyMatch(name -> header.column(name) == column);
    return ColumnRoles.choose(scans[column], given[column], kept);
  }

  private void check() {
    for (int column = 0; column < choices.length; column++) {
      ColumnRoles.Choice choice = choices[column];
      if (!header.isFeature(column) || !choice.role().isFeature()) {
        continue;
      }
      if (choice.problem() != null) {
        throw choice.role() == Role.NUMERIC ? text(column) : level(column);
      }
      if (choice.role() == Role.CATEGORICAL && scans[column].levelCount().isEmpty()) {
        throw new DataException(
            body.path().toString(),
            String.format(
                Locale.ROOT,
                "column '%s' has more than %d levels, expected at most %d; leave it out with %s",
                header.names().get(column),
                ColumnScan.MOST_LEVELS,
                tables.maxLevels(),
                header.drop(column)));
      }
      if (scans[column].missing() > 0 && tables.missingCells() == MissingCells.REFUSE) {
        throw cells.bad(
            scans[column].firstMissing(),
            column,
            "is missing",
            (choice.role() == Role.NUMERIC ? "a number" : "a level") + cells.advice(column, ""));
      }
    }
  }

  private DataException text(int column) {
    ColumnScan.Cell cell = choices[column].problem();
    return cells.bad(
        cell.line(),
        column,
        "is " + CsvCells.quoted(cell.text()),
        "a number" + cells.advice(column, cell.text()));
  }

  private DataException level(int column) {
    ColumnScan.Cell cell = choices[column].problem();
    boolean controls = cell.text().chars().anyMatch(Character::isISOControl);
    return cells.bad(
        cell.line(),
        column,
        controls
            ? "has a line feed or another control character in it"
            : String.format(Locale.ROOT, "has %d characters", cell.text().length()),
        "a level of up to "
            + ColumnScan.LONGEST_LEVEL
            + " printable characters; change the cell, or leave the column out with "
            + header.drop(column));
  }

  private void tell() {
    List<String> categorical = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int column = 0; column < choices.length; column++) {
      if (!header.isFeature(column)) {
        continue;
      }
      ColumnRoles.Choice choice = choices[column];
      String name = header.names().get(column);
      if (!choice.role().isFeature()) {
        note(
            "column '%s' is %s and left out: %s%s",
            name,
            choice.role() == Role.IDENTIFIER ? "an identifier" : "ignored",
            choice.reason(),
            given[column] == null ? "; --keep or --categorical can keep it" : "");
      } else if (isEncodedAsLevels(column) && given[column] != Role.CATEGORICAL) {
        categorical.add(
            String.format(
                Locale.ROOT, "%s (%d levels)", name, scans[column].levelCount().orElse(0)));
      }
      if (choice.role().isFeature() && scans[column].missing() > 0) {
        missing.add(String.format(Locale.ROOT, "%s (%d)", name, scans[column].missing()));
      }
    }
    if (!categorical.isEmpty()) {
      note("text columns are categorical: %s", shown(categorical));
    }
    if (!missing.isEmpty() && tables.missing().isEmpty()) {
      note("missing cells are imputed (--missing): %s", shown(missing));
    }
  }

  private static String shown(List<String> texts) {
    String first = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int more = texts.size() - SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private void note(String format, Object... values) {
    options
        .notices()
        .noted()
        .accept(body.path() + ": " + String.format(Locale.ROOT, format, values));
  }

  private boolean isEncodedAsLevels(int column) {
    return choices[column].role() == Role.CATEGORICAL
        && (asLevels.get(column) || !scans[column].isBooleanWithoutMissing());
  }

  /** Whether the features are more than the numbers of columns. */
  boolean needsEncoding() {
    boolean imputes = tables.missingCells() == MissingCells.IMPUTE;
    return IntStream.range(0, choices.length)
        .filter(header::isFeature)
        .anyMatch(column -> isEncodedAsLevels(column) || imputes && scans[column].missing() > 0);
  }

  /**
   * The columns of the table that is to be encoded.
   *
   * @param columns the numbers of the columns
   */
  List<TableColumn> tableColumns(int[] columns) {
    return IntStream.of(columns).mapToObj(this::tableColumn).toList();
  }

  private TableColumn tableColumn(int column) {
    String name = header.names().get(column);
    if (isEncodedAsLevels(column)) {
      return new TableColumn(name, TableColumn.Kind.CATEGORY, scans[column].sortedLevels());
    }
    boolean isBoolean = choices[column].role() == Role.CATEGORICAL;
    return new TableColumn(
        name, isBoolean ? TableColumn.Kind.BOOLEAN : TableColumn.Kind.NUMBER, List.of());
  }

  /** How many rows there are. */
  int rows() {
    return (int) scans[0].rows();
  }

  /** What the columns are, in the order of the file. */
  List<ColumnProfile> profiles() {
    return IntStream.range(0, choices.length)
        .mapToObj(
            column ->
                ColumnRoles.profile(header.names().get(column), scans[column], choices[column]))
        .toList();
  }
}
