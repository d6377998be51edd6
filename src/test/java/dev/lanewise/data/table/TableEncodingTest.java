// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.table.TableOptions.Imputation;
import dev.lanewise.data.table.TableOptions.MissingCells;
import dev.lanewise.matrix.DoubleMatrix;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From columns to features: what is learned, from which rows, and how it is applied. */
class TableEncodingTest {

  private static final double NONE = Double.NaN;

  private final Arena arena = Arena.ofShared();

  @AfterEach
  void close() {
    arena.close();
  }

  private static TableColumn number(String name) {
    return new TableColumn(name, TableColumn.Kind.NUMBER, List.of());
  }

  private static TableColumn category(String name, String... levels) {
    return new TableColumn(name, TableColumn.Kind.CATEGORY, List.of(levels));
  }

  private Table table(List<TableColumn> columns, double[]... rows) {
    DoubleMatrix cells = DoubleMatrix.allocate(arena, columns.size(), rows.length);
    for (int j = 0; j < rows.length; j++) {
      cells.putColumn(j, rows[j]);
    }
    return new Table(columns, cells);
  }

  private Table column(TableColumn column, double... cells) {
    return table(
        List.of(column),
        IntStream.range(0, cells.length)
            .mapToObj(j -> new double[] {cells[j]})
            .toArray(double[][]::new));
  }

  private static TableOptions options(
      MissingCells missing, Imputation imputation, int minCount, int maxLevels, boolean rare) {
    return new TableOptions(
        false,
        Map.of(),
        List.of(),
        Optional.of(missing),
        imputation,
        Set.of(),
        minCount,
        maxLevels,
        rare,
        false);
  }

  private static TableOptions levels(int minCount, int maxLevels, boolean rare) {
    return options(MissingCells.IMPUTE, Imputation.MEDIAN, minCount, maxLevels, rare);
  }

  private static int[] all(Table table) {
    return IntStream.range(0, table.rows()).toArray();
  }

  private static TableEncoding learn(Table table) {
    return TableEncoding.learn(table, all(table), TableOptions.AUTOMATIC);
  }

  private static double[] encode(TableEncoding encoding, Table table, int row) {
    double[] features = new double[encoding.width()];
    new RowEncoder(encoding, table.columns()).encode(table.cells().doubles(row), features);
    return features;
  }

  private static double fill(Table table, TableOptions options) {
    ColumnEncoding column = TableEncoding.learn(table, all(table), options).columns().getFirst();
    return ((NumericEncoding) column).fill().orElseThrow();
  }

  @Test
  void aMissingNumberBecomesTheMedianAndAnIndicatorSaysSo() {
    Table odd = column(number("age"), 40, NONE, 10, 31.5);
    TableEncoding encoding = learn(odd);
    assertThat(encoding.featureNames()).containsExactly("age", "age=(missing)");
    assertThat(encode(encoding, odd, 1)).containsExactly(31.5, 1);
    assertThat(encode(encoding, odd, 0)).containsExactly(40, 0);
    assertThat(fill(column(number("age"), 4, 1, NONE, 3, 100), TableOptions.AUTOMATIC))
        .as("the mean of the two in the middle")
        .isEqualTo(3.5);
    assertThat(fill(column(number("age"), NONE, NONE), TableOptions.AUTOMATIC)).isZero();
  }

  @Test
  void theMeanIsSummedInBlocksByTheTree() {
    TableOptions mean = options(MissingCells.IMPUTE, Imputation.MEAN, 1, 100, false);
    assertThat(fill(column(number("age"), 1, NONE, 3, 8), mean)).isEqualTo(4);
    double[] many = new double[1000];
    double[] blocks = new double[4];
    for (int j = 0; j < many.length; j++) {
      many[j] = 0.1 * j + 1e12 * (j % 3);
      blocks[j / 256] += many[j];
    }
    assertThat(fill(column(number("a"), many), mean))
        .isEqualTo(((blocks[0] + blocks[1]) + (blocks[2] + blocks[3])) / many.length);
  }

  @Test
  void anIndicatorIsLearnedOnlyWhereACellIsMissing() {
    Table table = column(number("age"), 1, 2, NONE);
    TableEncoding encoding = TableEncoding.learn(table, new int[] {0, 1}, TableOptions.AUTOMATIC);
    assertThat(encoding.featureNames()).containsExactly("age");
    assertThat(encode(encoding, table, 2)).as("the median of the rows learned from").contains(1.5);
  }

  @Test
  void eachLevelIsAFeatureAndMissingCellsAreOne() {
    Table table = column(category("color", "blue", "green", "red"), 2, 0, NONE, 1);
    TableEncoding encoding = learn(table);
    assertThat(encoding.featureNames())
        .containsExactly("color=blue", "color=green", "color=red", "color=(missing)");
    assertThat(encode(encoding, table, 0)).containsExactly(0, 0, 1, 0);
    assertThat(encode(encoding, table, 2)).containsExactly(0, 0, 0, 1);
  }

  @Test
  void levelsThatTheRowsDoNotHaveAreUnseen() {
    Table table = column(category("color", "blue", "red"), 0, 0, 1, NONE);
    TableEncoding encoding = TableEncoding.learn(table, new int[] {0, 1}, TableOptions.AUTOMATIC);
    assertThat(encoding.featureNames()).containsExactly("color=blue");
    assertThat(encode(encoding, table, 2)).containsExactly(0);
    assertThat(encode(encoding, table, 3)).containsExactly(0);
  }

  @Test
  void rareLevelsShareAFeature() {
    Table table = column(category("color", "a", "b", "c", "d"), 0, 0, 0, 1, 2, 2, 3);
    TableEncoding encoding = TableEncoding.learn(table, all(table), levels(2, 100, false));
    assertThat(encoding.featureNames()).containsExactly("color=a", "color=c", "color=(rare)");
    assertThat(encode(encoding, table, 3)).containsExactly(0, 0, 1);
    assertThat(encode(encoding, table, 6)).containsExactly(0, 0, 1);
    assertThat(encode(encoding, column(category("color", "zebra"), 0), 0))
        .as("a level that was not seen is not rare")
        .containsOnly(0);
  }

  @Test
  void tooManyLevelsAreRefusedByNameOrTakenTogether() {
    Table table = column(category("zip", "a", "b", "c", "d"), 0, 1, 2, 2, 3, 3);
    assertThatThrownBy(() -> TableEncoding.learn(table, all(table), levels(1, 3, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 'zip' has 4 levels, expected at most 3")
        .hasMessageContaining("--rare-levels");
    TableEncoding three = TableEncoding.learn(table, all(table), levels(1, 3, true));
    assertThat(three.featureNames()).containsExactly("zip=c", "zip=d", "zip=(rare)");
    TableEncoding equal =
        TableEncoding.learn(
            column(category("zip", "a", "b", "c"), 0, 1, 2),
            new int[] {0, 1, 2},
            levels(1, 2, true));
    assertThat(equal.featureNames())
        .as("the first of equals")
        .containsExactly("zip=a", "zip=(rare)");
  }

  @Test
  void aBaseLevelHasNoFeatureAndIsNotUnseen() {
    Table table = column(category("color", "a", "b"), 0, 1);
    TableOptions based =
        new TableOptions(
            false,
            Map.of(),
            List.of(),
            Optional.empty(),
            Imputation.MEDIAN,
            Set.of(),
            1,
            100,
            false,
            true);
    TableEncoding encoding = TableEncoding.learn(table, all(table), based);
    assertThat(encoding.featureNames()).containsExactly("color=b");
    assertThat(encoding.tableColumns().getFirst().levels()).containsExactly("b", "a");
    assertThat(encode(encoding, table, 0)).containsExactly(0);
  }

  @Test
  void theFeaturesOfColumnsFollowOneAnother() {
    Table table =
        table(
            List.of(number("age"), category("color", "a", "b"), number("size")),
            new double[] {NONE, 1, 0.1},
            new double[] {7, NONE, 5});
    TableEncoding encoding = learn(table);
    assertThat(encoding.featureNames())
        .containsExactly("age", "age=(missing)", "color=b", "color=(missing)", "size");
    assertThat(encode(encoding, table, 0)).containsExactly(7, 1, 1, 0, 0.1);
    assertThat(encode(encoding, table, 1)).containsExactly(7, 0, 0, 1, 5);
  }

  @Test
  void levelsAreFoundByNameWhateverTheirNumbers() {
    TableEncoding encoding = learn(column(category("color", "a", "b"), 0, 1));
    Table other = column(category("color", "b", "x", "a"), 0, 1, 2, TableColumn.UNSEEN);
    assertThat(encode(encoding, other, 0)).containsExactly(0, 1);
    assertThat(encode(encoding, other, 1)).containsExactly(0, 0);
    assertThat(encode(encoding, other, 2)).containsExactly(1, 0);
    assertThat(encode(encoding, other, 3)).containsExactly(0, 0);
  }

  @Test
  void whatCannotBeAnEncodingIsRefused() {
    assertThatThrownBy(
            () -> new CategoricalEncoding("c", List.of("a"), List.of("a"), Optional.empty(), false))
        .hasMessageContaining("column 'c' has the level 'a' twice");
    assertThatThrownBy(() -> new NumericEncoding("n", false, OptionalDouble.empty(), true))
        .hasMessageContaining("column 'n'");
    NumericEncoding one = new NumericEncoding("n", false, OptionalDouble.empty(), false);
    assertThatThrownBy(() -> new TableEncoding(List.of(one, one), Set.of()))
        .hasMessageContaining("two columns are called 'n'");
    TableEncoding encoding = new TableEncoding(List.of(one), Set.of());
    assertThatThrownBy(() -> new RowEncoder(encoding, List.of(number("m"))))
        .hasMessageContaining("a table of [m], expected [n]");
    CategoricalEncoding clash =
        new CategoricalEncoding("c", List.of("(missing)"), List.of(), Optional.empty(), true);
    assertThatThrownBy(() -> new TableEncoding(List.of(clash), Set.of()))
        .hasMessageContaining("two features are called 'c=(missing)'");
  }
}
