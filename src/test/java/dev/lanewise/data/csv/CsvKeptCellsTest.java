// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.ColumnScan;
import dev.lanewise.data.table.TableOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that are kept from the first pass are those that a second pass reads. */
class CsvKeptCellsTest {

  @TempDir private Path folder;

  private static final ReadOptions AUTOMATIC =
      ReadOptions.labelled().named(null, "y").with(TableOptions.AUTOMATIC);

  /** After a comment lines are no longer numbered by rows, so that nothing is kept. */
  private static List<String> withComment(List<String> lines) {
    List<String> more = new ArrayList<>(lines);
    more.add(lines.size() / 2, "# a comment");
    return more;
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private void assertSame(List<String> lines, ReadOptions options) throws IOException {
    try (Dataset kept = Datasets.read(file("kept.csv", lines), options);
        Dataset read = Datasets.read(file("read.csv", withComment(lines)), options)) {
      assertThat(kept.sha256()).isEqualTo(read.sha256());
      assertThat(kept.labels()).isEqualTo(read.labels());
      assertThat(kept.classNames()).isEqualTo(read.classNames());
      assertThat(kept.schema()).isEqualTo(read.schema());
      assertThat(kept.columns()).isEqualTo(read.columns());
      for (int j = 0; j < kept.samples(); j += 97) {
        assertThat(kept.features().doubles(j)).isEqualTo(read.features().doubles(j));
      }
      // The rows themselves, from which folds learn an encoding of their own.
      int[] some = {0, kept.samples() - 1, kept.samples() / 2};
      try (Dataset ofKept = kept.select(some, kept.learnEncoding(some));
          Dataset ofRead = read.select(some, read.learnEncoding(some))) {
        assertThat(ofKept.sha256()).isEqualTo(ofRead.sha256());
      }
    }
  }

  private static String cell(SplittableRandom random, double missing, String cell) {
    return random.nextDouble() < missing ? List.of("", "NA", "?").get(random.nextInt(3)) : cell;
  }

  private static List<String> table(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    lines.add("few,many,color,flag,year,code,text,y");
    for (int j = 0; j < rows; j++) {
      String few = String.valueOf(random.nextInt(5) / 4.0);
      String many = String.valueOf(random.nextGaussian() * 1e3);
      String color = List.of("red", " green", "\"blue, or so\"").get(random.nextInt(3));
      String flag = List.of("True", "False").get(random.nextInt(2));
      // Numbers of the same value are one level.
      String code = List.of("1", "1.0", "+2", "2", "x").get(random.nextInt(5));
      lines.add(
          String.join(
              ",",
              cell(random, 0.1, few),
              cell(random, 0.05, many),
              cell(random, 0.05, color),
              flag,
              String.valueOf(1900 + random.nextInt(120)),
              cell(random, 0.1, code),
              cell(random, 0.01, "t" + random.nextInt(40)),
              random.nextInt(3) == 0 ? "no" : "yes"));
    }
    return lines;
  }

  // 70,000 rows are more than one chunk, and their numbers more than are told apart.
  @ParameterizedTest
  @ValueSource(ints = {3, 500, 5_000, 70_000})
  void keptCellsAreThoseOfASecondPass(int rows) throws IOException {
    assertSame(table(rows, rows), AUTOMATIC);
    assertSame(table(rows, rows), AUTOMATIC.exact());
  }

  @Test
  void numbersThatBecomeTextsLateAreReadAgain() throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,b,y"));
    for (int j = 0; j < 9_000; j++) {
      lines.add((j < 8_990 ? j * 0.5 : "none of it") + "," + (j % 7) + "," + (j % 2));
    }
    ReadOptions kept = AUTOMATIC.with(TableOptions.AUTOMATIC.missingValues(Set.of("none of it")));
    assertSame(lines, kept);
  }

  @Test
  void aNumberBeyondFloat32IsToldWithItsLine() throws IOException {
    List<String> lines = table(6_000, 1);
    lines.set(5_000, "1,1e300,red,True,1900,1,t1,yes");
    Path file = file("t.csv", lines);
    assertThatThrownBy(() -> Datasets.read(file, AUTOMATIC))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 5001: column 'many' is 1e300")
        .hasMessageContaining("float32's range");
  }

  @Test
  void aMissingLabelIsToldWithItsLine() throws IOException {
    List<String> lines = table(600, 2);
    lines.set(300, "1,2,red,True,1900,1,t1,NA");
    Path file = file("t.csv", lines);
    assertThatThrownBy(() -> Datasets.read(file, AUTOMATIC))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 301");
  }

  @Test
  void aRowOfTooManyFieldsIsToldThoughOthersAreStillLookedAt() throws IOException {
    List<String> lines = table(9_000, 3);
    lines.set(8_900, lines.get(8_900) + ",more");
    Path file = file("t.csv", lines);
    assertThatThrownBy(() -> Datasets.read(file, AUTOMATIC))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 8901 has");
  }

  @Test
  void cellsBeyondTheMemoryAreNotKept() {
    CsvKeptCells cells = new CsvKeptCells(1, 1 << 18);
    ColumnScan scan = new ColumnScan(true);
    int kept = 0;
    while (cells.isWhole()) {
      String text = "t" + kept % 10;
      cells.add(0, scan.add(kept + 1, text, false), text);
      kept++;
    }
    // Two chunks of 2 bytes a cell.
    assertThat(kept).isBetween(1 << 17, (1 << 17) + 2);
  }

  @Test
  void fewRowsOfManyColumnsTakeLittle() {
    // 64 codes of 2 bytes in each of 1000 columns.
    CsvKeptCells cells = new CsvKeptCells(1000, 1000 * 128);
    for (int column = 0; column < 1000; column++) {
      for (int row = 0; row < 64; row++) {
        cells.add(column, 0, "same");
      }
    }
    assertThat(cells.isWhole()).isTrue();
    cells.add(0, 0, "same");
    assertThat(cells.isWhole()).isFalse();
  }

  @Test
  void codesBecomeNumbersWhenThereAreTooMany() {
    CsvKeptCells cells = new CsvKeptCells(1, 1 << 30);
    ColumnScan scan = new ColumnScan(false);
    for (int j = 0; j < 100_000; j++) {
      String text = String.valueOf(j % 50_000 / 8.0);
      cells.add(0, scan.add(j + 1L, text, false), text);
      if (j == 10) {
        scan.addMissing(j);
        cells.addMissing(0);
      }
    }
    assertThat(cells.isWhole()).isTrue();
    assertThat(cells.hasTexts(0)).isFalse();
    CsvKeptCells.Numbers numbers = cells.numbers(0, text -> -1);
    assertThat(numbers.at(10)).isEqualTo(10 / 8.0);
    assertThat(numbers.at(11)).isNaN();
    assertThat(numbers.at(12)).isEqualTo(11 / 8.0);
    assertThat(numbers.at(100_000)).isEqualTo(49_999 / 8.0);
  }
}
