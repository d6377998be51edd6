// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Schema;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.table.ColumnProfile;
import dev.lanewise.data.table.Role;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableOptions.MissingCells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables with texts and missing cells, as people have them. */
class CsvTableEncodingTest {

  private static final String PEOPLE =
      """
      id,sex,age,member,label
      P0,male,30,True,0
      P1,female,28,False,0
      P2,female,,True,1
      P3,male,31.5,True,0
      P4,,26,False,1
      """;

  @TempDir private Path folder;

  private final List<String> notes = new ArrayList<>();

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private ReadOptions automatic() {
    return ReadOptions.labelled().with(TableOptions.AUTOMATIC).noting(notes::add);
  }

  private Dataset read(String text, ReadOptions options) throws IOException {
    return Datasets.read(file(text), options);
  }

  private static List<String> names(Dataset data) {
    return data.featureNames().map(FeatureNames::list).orElseThrow();
  }

  @Test
  void textsBecomeLevelsAndMissingCellsAreImputed() throws IOException {
    try (Dataset data = read(PEOPLE, automatic())) {
      assertThat(names(data))
          .containsExactly(
              "sex=female", "sex=male", "sex=(missing)", "age", "age=(missing)", "member");
      assertThat(data.features().column(0)).containsExactly(0, 1, 0, 30, 0, 1);
      assertThat(data.features().column(2)).containsExactly(1, 0, 0, 29, 1, 1);
      assertThat(data.features().column(4)).containsExactly(0, 0, 1, 26, 0, 0);
      assertThat(data.columns())
          .extracting(ColumnProfile::role)
          .containsExactly(
              Role.IDENTIFIER, Role.CATEGORICAL, Role.NUMERIC, Role.CATEGORICAL, Role.LABEL);
      assertThat(data.columns().get(1).missing()).isOne();
      assertThat(data.columns().get(1).frequent().getFirst().count()).isEqualTo(2);
      assertThat(data.isEncodedOnItself()).isTrue();
    }
    assertThat(notes)
        .hasSize(3)
        .anyMatch(line -> line.contains("column 'id' is an identifier and left out"))
        .anyMatch(line -> line.contains("text columns are categorical: sex (2 levels)"))
        .anyMatch(line -> line.contains("missing cells are imputed (--missing): sex (1), age (1)"));
  }

  @Test
  void numbersStayInDoubleUntilTheyAreStandardised() throws IOException {
    String text = "a,c,label\n0.1,x,0\n0.30000000000000004,y,1\n0.2,x,1\n";
    try (Dataset data = read(text, automatic().exact());
        Dataset part = data.select(new int[] {1, 0})) {
      assertThat(data.features().doubles(1)).containsExactly(0.30000000000000004, 0, 1);
      assertThat(part.features().doubles(1)).containsExactly(0.1, 1, 0);
      assertThat(part.isEncodedOnItself()).isTrue();
      assertThat(part.learnEncoding(new int[] {1}).featureNames()).containsExactly("a", "c=x");
    }
  }

  @Test
  void aTableOfNumbersHasNoEncoding() throws IOException {
    String text = "a,b,label\n1,True,0\n2.5,False,1\n";
    try (Dataset automatic = read(text, automatic());
        Dataset strict = read(text, ReadOptions.labelled())) {
      assertThat(automatic.encoding()).isEmpty();
      assertThat(automatic.sha256()).isEqualTo(strict.sha256());
      assertThat(automatic.schema()).isEqualTo(strict.schema());
      assertThat(automatic.columns()).hasSize(3);
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void anotherTableIsEncodedByWhatTheFirstTaught() throws IOException {
    try (Dataset train = read(PEOPLE, automatic())) {
      Schema schema = train.schema();
      Path other =
          Files.writeString(
              folder.resolve("other.csv"),
              "age,member,sex,label\n?,True,male,1\n1,,divers,0\nNaN,False,,0\n2,False,divers,0\n");
      try (Dataset test = Datasets.read(other, automatic().like(schema))) {
        assertThat(test.schema()).isEqualTo(schema);
        assertThat(test.features().column(0)).containsExactly(0, 1, 0, 29, 1, 1);
        assertThat(test.features().column(1)).containsExactly(0, 0, 0, 1, 0, 1);
        assertThat(test.features().column(2)).containsExactly(0, 0, 1, 29, 1, 0);
        assertThat(test.isEncodedOnItself()).isFalse();
      }
      assertThat(notes)
          .anyMatch(
              line ->
                  line.contains(
                      "column 'sex' has levels in 2 rows that the model has not seen (first 'divers'"
                          + " in line 3)"))
          .anyMatch(line -> line.contains("column 'member' has 1 missing cells"));
      ReadOptions strict = ReadOptions.labelled().like(schema);
      assertThatThrownBy(() -> Datasets.read(other, strict))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("line 3: column 'sex' is 'divers', expected a level");
    }
  }

  @Test
  void partsAreEncodedLikeTheWhole() throws IOException {
    StringBuilder text = new StringBuilder("c,x,label\n");
    IntStream.range(0, 500)
        .forEach(
            j ->
                text.append("abc".charAt(j % 3))
                    .append(",")
                    .append(j % 7 == 0 ? "" : "" + j / 8.0)
                    .append(",")
                    .append(j % 2)
                    .append("\n"));
    try (Dataset train = read(text.toString(), automatic())) {
      ReadOptions like = ReadOptions.unlabelled().with(TableOptions.AUTOMATIC).like(train.schema());
      int[] seen = {0};
      Datasets.readInParts(
          folder.resolve("t.csv"),
          like,
          part -> {
            for (int j = 0; j < part.data().samples(); j++, seen[0]++) {
              assertThat(part.data().features().column(j))
                  .isEqualTo(train.features().column(seen[0]));
            }
            assertThat(part.data().schema().encoding()).isEqualTo(train.encoding());
          });
      assertThat(seen[0]).isEqualTo(500);
    }
  }

  @Test
  void rowsWithMissingCellsAreDroppedAndCounted() throws IOException {
    ReadOptions drop = automatic().with(TableOptions.AUTOMATIC.missing(MissingCells.DROP));
    try (Dataset data = read(PEOPLE, drop)) {
      assertThat(data.samples()).isEqualTo(3);
      assertThat(data.labels()).containsExactly(0, 0, 0);
      assertThat(names(data)).containsExactly("sex=female", "sex=male", "age", "member");
    }
    assertThat(notes).anyMatch(line -> line.contains("2 of 5 rows have a missing cell; left out"));
    try (Dataset numbers = read("a,b,label\n1,2,0\n,3,1\n4,5,1\n", drop)) {
      assertThat(numbers.samples()).isEqualTo(2);
      assertThat(numbers.encoding()).isEmpty();
    }
    assertThatThrownBy(() -> read("a,b,label\n1,,0\n,3,1\n", drop))
        .hasMessageContaining("has a missing cell in each of its 2 rows");
  }

  @Test
  void rowsWithoutALabelTeachNothing() throws IOException {
    String text = "a,c,label\n1,x,0\n5,y,1\n100,z,\n5,y,0\n";
    LabelRules dropping = new LabelRules(LabelRules.Missing.DROP, false, Optional.empty());
    try (Dataset data = read(text.replace("1,x", ",x"), automatic().ruled(dropping))) {
      assertThat(data.samples()).isEqualTo(3);
      assertThat(names(data)).containsExactly("a", "a=(missing)", "c=x", "c=y");
      assertThat(data.features().column(0)[0]).isEqualTo(5);
    }
  }

  @Test
  void moreTextsCanStandForAMissingCell() throws IOException {
    TableOptions more = TableOptions.AUTOMATIC.missingValues(Set.of("-", "999.0"));
    String text = "a,c,label\n1,x,0\n999,-,1\n3,x,1\n";
    try (Dataset data = read(text, automatic().with(more))) {
      assertThat(names(data)).containsExactly("a", "a=(missing)", "c=x", "c=(missing)");
      assertThat(data.features().column(1)).containsExactly(2, 1, 0, 1);
      try (Dataset again =
          Datasets.read(folder.resolve("t.csv"), automatic().like(data.schema()))) {
        assertThat(again.sha256()).as("the encoding has the texts").isEqualTo(data.sha256());
      }
    }
  }

  @Test
  void aTableWithoutAHeaderKnowsItsColumnsByNumber() throws IOException {
    TextOptions plain =
        new TextOptions(
            Optional.of(false), Optional.empty(), false, List.of(), List.of(), OptionalInt.empty());
    ReadOptions options = automatic().laidOut(plain).named(null, "2");
    try (Dataset data = read("red,1.5,no\nblue,,yes\nred,2,no\n", options)) {
      assertThat(names(data)).containsExactly("0=blue", "0=red", "1", "1=(missing)");
      Path alone = Files.writeString(folder.resolve("alone.csv"), "blue,7\ngreen,\n");
      ReadOptions unlabelled =
          ReadOptions.unlabelled()
              .with(TableOptions.AUTOMATIC)
              .laidOut(plain)
              .noting(notes::add)
              .like(data.schema());
      try (Dataset other = Datasets.read(alone, unlabelled)) {
        assertThat(other.features().column(0)).containsExactly(1, 0, 7, 0);
        assertThat(other.features().column(1)).containsExactly(0, 0, 1.75f, 1);
      }
    }
  }

  @Test
  void numbersAreLevelsIfAnOptionSaysSo() throws IOException {
    ReadOptions options = automatic().with(TableOptions.AUTOMATIC.categorical(List.of("class_")));
    try (Dataset data = read("class_,label\n3,0\n1.0,1\n03,0\n10,1\n", options)) {
      assertThat(names(data)).containsExactly("class_=1", "class_=3", "class_=10");
    }
    ReadOptions comma =
        options.laidOut(
            new TextOptions(
                Optional.empty(),
                Optional.of(';'),
                true,
                List.of(),
                List.of(),
                OptionalInt.empty()));
    try (Dataset data = read("class_;x;label\n1,5;0,5;0\n2;;1\n", comma)) {
      assertThat(names(data)).containsExactly("class_=1.5", "class_=2", "x", "x=(missing)");
      assertThat(data.features().column(1)).containsExactly(0, 1, 0.5f, 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,c,label~1,'x~y',0~2,z,1~3,z,0|line 2: column 'c' has a line feed or another control character",
        "c,label~1,0~2,1~x1,0~3,1~4,0~5,1~6,0~7,1~8,0~9,1~1,0|line 4: column 'c' is 'x1', expected a number",
        "c,label~'1,5',0~'2,5',1|line 2: column 'c' is '1,5', expected a number; for numbers with a decimal comma",
        "c,label~,0~NA,1|has no feature, only columns c, label",
        "c,d,label~1e39,x,0~1,y,0~2,x,1|line 2: column 'c' is 1e39, expected a number in float32's range",
      })
  void whatIsNotUnderstoodIsRefusedInOneLine(String text, String message) throws IOException {
    String table = text.replace('\'', '"').replace('~', '\n');
    assertThatThrownBy(() -> read(table, automatic()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void tooManyLevelsAreRefusedByName() throws IOException {
    StringBuilder text = new StringBuilder("zip,x,label\n");
    IntStream.range(0, 404).forEach(j -> text.append("z" + j % 101 + ",1," + j % 2 + "\n"));
    assertThatThrownBy(() -> read(text.toString(), automatic()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'zip' has 101 levels, expected at most 100; --rare-levels");
    StringBuilder million = new StringBuilder("zip,label\n");
    IntStream.range(0, 70_000).forEach(j -> million.append("z" + j + "," + j % 2 + "\n"));
    ReadOptions zip = automatic().with(TableOptions.AUTOMATIC.categorical(List.of("zip")));
    assertThatThrownBy(() -> read(million.toString(), zip))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'zip' has more than 65536 levels, expected at most 100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sex|nobody|has no column 'nobody' for --categorical, expected one of id, sex",
        "sex|label|column 'label' is categorical by --categorical and has another role",
        "sex|1|column 'sex' is categorical by --categorical and has another role by another option",
      })
  void optionsThatDoNotFitAreRefused(String first, String second, String message) {
    ReadOptions options =
        automatic().with(TableOptions.AUTOMATIC.categorical(List.of(first, second)));
    assertThatThrownBy(() -> read(PEOPLE, options))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void strictReadingRefusesWhatItWouldHaveToDecide() {
    ReadOptions strict = ReadOptions.labelled();
    assertThatThrownBy(() -> read(PEOPLE, strict))
        .hasMessageContaining("line 2: column 'id' is 'P0', expected a number")
        .hasMessageContaining("--categorical");
    TableOptions told =
        new TableOptions(
            true,
            Map.of("id", Role.IDENTIFIER),
            List.of("sex"),
            Optional.empty(),
            TableOptions.Imputation.MEDIAN,
            Set.of(),
            1,
            100,
            false,
            false);
    assertThatThrownBy(() -> read(PEOPLE, strict.with(told)))
        .hasMessageContaining("line 6: column 'sex' is missing, expected a level")
        .hasMessageContaining("--missing drop or impute");
    assertThat(
            List.of(
                reading(strict.with(told.missing(MissingCells.IMPUTE))),
                reading(strict.with(told.missing(MissingCells.DROP)))))
        .containsExactly(5, 3);
  }

  private int reading(ReadOptions options) {
    try (Dataset data = read(PEOPLE, options)) {
      return data.samples();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
