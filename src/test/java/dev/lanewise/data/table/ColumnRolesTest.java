// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The role that the cells of a column suggest. */
class ColumnRolesTest {

  private static ColumnScan scan(Stream<String> cells) {
    return scan(false, cells);
  }

  private static ColumnScan scan(boolean categorical, Stream<String> cells) {
    ColumnScan scan = new ColumnScan(categorical);
    long[] line = {1};
    cells.forEach(
        cell -> {
          line[0]++;
          if (cell.equals("-")) {
            scan.addMissing(line[0]);
          } else {
            scan.add(line[0], cell, cell.contains(","));
          }
        });
    return scan;
  }

  private static ColumnRoles.Choice choose(String... cells) {
    return ColumnRoles.choose(scan(Stream.of(cells)), null, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2.5 -3e4|NUMERIC",
        "1 - 2|NUMERIC",
        "red blue red|CATEGORICAL",
        "red - red|CATEGORICAL",
        "True False True|CATEGORICAL",
        "ann bob cid|IDENTIFIER",
        "- - -|IGNORED",
        "1 2 3 4 5|NUMERIC",
        "1 a 2 a|CATEGORICAL",
      })
  void theCellsSuggestARole(String cells, Role role) {
    ColumnRoles.Choice choice = choose(cells.split(" "));
    assertThat(choice.role()).isEqualTo(role);
    assertThat(choice.problem()).isNull();
  }

  @Test
  void wholeNumbersThatCountUpAreAnIdentifierInTwentyRows() {
    Stream<String> twenty = IntStream.range(5, 25).mapToObj(String::valueOf);
    ColumnScan scan = scan(twenty);
    assertThat(ColumnRoles.choose(scan, null, false).role()).isEqualTo(Role.IDENTIFIER);
    assertThat(ColumnRoles.choose(scan, null, true).role()).as("kept").isEqualTo(Role.NUMERIC);
    Stream<String> gap = IntStream.range(0, 20).mapToObj(j -> "" + (j < 19 ? j : 20));
    assertThat(ColumnRoles.choose(scan(gap), null, false).role()).isEqualTo(Role.NUMERIC);
  }

  @Test
  void textsThatMostlyDifferAreAnIdentifier() {
    Stream<String> cells = IntStream.range(0, 60).mapToObj(j -> "t" + (j < 40 ? j : 0));
    ColumnRoles.Choice choice = ColumnRoles.choose(scan(cells), null, false);
    assertThat(choice.role()).isEqualTo(Role.IDENTIFIER);
    assertThat(choice.reason()).isEqualTo("40 different texts in 60 cells");
    Stream<String> half = IntStream.range(0, 60).mapToObj(j -> "t" + j % 30);
    assertThat(ColumnRoles.choose(scan(half), null, false).role()).isEqualTo(Role.CATEGORICAL);
  }

  @Test
  void aTextAmongManyNumbersIsAProblemAndNoCategory() {
    Stream<String> cells = IntStream.range(0, 20).mapToObj(j -> j == 7 ? "1O" : "" + j % 5);
    ColumnRoles.Choice choice = ColumnRoles.choose(scan(cells), null, false);
    assertThat(choice.role()).isEqualTo(Role.NUMERIC);
    assertThat(choice.problem()).isEqualTo(new ColumnScan.Cell(9, "1O"));
    assertThat(choose("0,5", "1,5", "0,5").problem()).as("decimal commas").isNotNull();
  }

  @Test
  void aControlCharacterCannotBeInALevel() {
    ColumnRoles.Choice choice = choose("red", "blue\ngreen", "red", "red");
    assertThat(choice.role()).isEqualTo(Role.CATEGORICAL);
    assertThat(choice.problem().line()).isEqualTo(3);
  }

  @Test
  void numbersOfOneValueAreOneLevel() {
    ColumnScan scan = scan(true, Stream.of("3", "3.0", "+3", "10", "9"));
    assertThat(scan.sortedLevels()).containsExactly("3", "9", "10");
    assertThat(scan.frequent()).startsWith(new ColumnProfile.Level("3", 3));
    assertThat(ColumnRoles.choose(scan, Role.CATEGORICAL, false).role())
        .isEqualTo(Role.CATEGORICAL);
  }

  @Test
  void levelsAreNotCountedWithoutEnd() {
    ColumnScan numbers = scan(IntStream.range(0, 5000).mapToObj(j -> j + ".5"));
    assertThat(numbers.levelCount()).isEmpty();
    assertThat(ColumnRoles.choose(numbers, null, false).role()).isEqualTo(Role.NUMERIC);
    ColumnScan texts = scan(IntStream.range(0, 70_000).mapToObj(j -> "t" + j));
    assertThat(ColumnRoles.choose(texts, null, false).role()).isEqualTo(Role.IDENTIFIER);
    int half = ColumnScan.MOST_LEVELS;
    ColumnScan repeated =
        scan(IntStream.range(0, 2 * half + 1).mapToObj(j -> "t" + (j < half ? 0 : j)));
    assertThat(repeated.levelCount()).isEmpty();
    assertThat(ColumnRoles.choose(repeated, null, false).role()).isEqualTo(Role.CATEGORICAL);
  }

  @Test
  void optionsDecide() {
    ColumnScan scan = scan(Stream.of("red", "blue", "red"));
    assertThat(ColumnRoles.choose(scan, Role.IGNORED, false).role()).isEqualTo(Role.IGNORED);
    assertThat(ColumnRoles.choose(scan, Role.NUMERIC, false).problem())
        .isEqualTo(new ColumnScan.Cell(2, "red"));
    assertThat(scan(Stream.of("True", "False")).isBooleanWithoutMissing()).isTrue();
    assertThat(scan(Stream.of("T", "False")).isBooleanWithoutMissing()).isFalse();
    assertThat(scan(Stream.of("True", "-")).isBooleanWithoutMissing()).isFalse();
  }
}
