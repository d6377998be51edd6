// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.table.ColumnEncoding;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables with texts and missing cells on the command line. */
class TableCommandTest {

  private static final int ROWS = 80;
  private static final String[] HEADER = {"id", "color", "size", "flag", "label"};

  @TempDir private Path folder;

  private Path table;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    table = write("t.csv", 0, 1, 2, 3, 4);
    model = folder.resolve("m.h5");
  }

  /** The table with its columns in some order. */
  private Path write(String name, int... columns) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    append(text, HEADER, columns);
    for (int j = 0; j < ROWS; j++) {
      String color = List.of("red", "green", "blue").get(random.nextInt(3));
      double size = Math.round(1000 * random.nextGaussian()) / 1000.0;
      boolean flag = random.nextBoolean();
      double z = size + (color.equals("red") ? 2 : -1) + 0.5 * random.nextGaussian();
      String[] row = {
        "P" + j,
        j % 13 == 5 ? "" : color,
        j % 7 == 3 ? "NA" : "" + size,
        flag ? "TRUE" : "FALSE",
        z > 0 ? "yes" : "no"
      };
      append(text, row, columns);
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static void append(StringBuilder text, String[] row, int... columns) {
    List<String> fields = new ArrayList<>();
    Arrays.stream(columns).forEach(column -> fields.add(row[column]));
    text.append(String.join(",", fields)).append('\n');
  }

  private CommandRun train(Object... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--force",
                    "--train",
                    table,
                    "--solver",
                    "newton",
                    "--l2",
                    1,
                    "--scale",
                    "standard"),
                Stream.of(more))
            .toArray());
  }

  private Model trained(Object... more) {
    CommandRun run = train(Stream.concat(Stream.of("--model", model), Stream.of(more)).toArray());
    assertThat(run.status()).as(run.err()).isZero();
    return ModelFile.read(model);
  }

  @Test
  void oneCommandTrainsOnATableAsItIs() {
    CommandRun run = train("--model", model);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err().lines())
        .anyMatch(
            line ->
                line.endsWith(
                    "column 'id' is an identifier and left out: all texts are"
                        + " different; --keep or --categorical can keep it"))
        .anyMatch(line -> line.endsWith("text columns are categorical: color (3 levels)"))
        .anyMatch(
            line -> line.endsWith("missing cells are imputed (--missing): color (6), size (11)"));
    assertThat(ModelFile.read(model).schema().featureNames().orElseThrow().list())
        .containsExactly(
            "color=blue",
            "color=green",
            "color=red",
            "color=(missing)",
            "size",
            "size=(missing)",
            "flag");
  }

  @Test
  void predictionsDoNotDependOnTheOrderOfColumns() throws IOException {
    trained();
    CommandRun whole = CommandRun.of("predict", "--model", model, table);
    assertThat(whole.status()).as(whole.err()).isZero();
    CommandRun other = CommandRun.of("predict", "--model", model, write("o.csv", 3, 2, 1));
    assertThat(other.err()).isEmpty();
    assertThat(other.out().replace("o.csv", "t.csv")).isEqualTo(whole.out());
    assertThat(whole.out().lines()).hasSize(ROWS);
  }

  @Test
  void theTestTableIsEncodedByWhatTheOtherTaught() throws IOException {
    Path test = folder.resolve("test.csv");
    Files.writeString(test, "color,size,flag,label\nviolet,,TRUE,yes\nred,2,FALSE,yes\nred,,,no\n");
    CommandRun run = train("--test", test, "--json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "test.csv: column 'color' has levels in 1 rows that the model has not seen (first"
                + " 'violet' in line 2); their features are 0")
        .contains("test.csv: column 'flag' has 1 missing cells");
    assertThat(run.json().toString()).contains("\"samples\":3");

    trained();
    CommandRun evaluated = CommandRun.of("evaluate", "--model", model, "--data", test, "--json");
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("accuracy")).isEqualTo(run.json().get("testAccuracy"));
    CommandRun strict = CommandRun.of("evaluate", "--model", model, "--data", test, "--strict");
    assertThat(strict.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(strict.err())
        .contains("line 2: column 'color' is 'violet', expected a level that the model has seen");
  }

  @Test
  void aStrictRunRefusesWhatItWouldDecide() {
    CommandRun run = train("--strict");
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.err()).contains("line 2: column 'id' is 'P0', expected a number");
    CommandRun told =
        train("--strict", "--drop", "id", "--categorical", "color", "--missing", "drop");
    assertThat(told.status()).as(told.err()).isZero();
    assertThat(told.err().lines())
        .singleElement()
        .asString()
        .endsWith("16 of 80 rows have a missing cell; left out (--missing drop)");
  }

  @Test
  void describeWritesTheColumnsThatTrainTakes() throws IOException {
    CommandRun described = CommandRun.of("dataset", "describe", table, "--json");
    assertThat(described.status()).as(described.err()).isZero();
    JsonNode columns = described.json().get("columns");
    assertThat(columns.findValuesAsText("role"))
        .containsExactly("identifier", "categorical", "numeric", "categorical", "label");
    assertThat(columns.get(1).get("missing").asInt()).isEqualTo(6);
    assertThat(columns.get(1).get("levels").asInt()).isEqualTo(3);
    Path roles = Files.writeString(folder.resolve("c.json"), described.out());
    Model free = trained();
    assertThat(trained("--columns", roles).weightsSha256()).isEqualTo(free.weightsSha256());

    Files.writeString(
        roles,
        """
        {"columns": [{"name": "size", "role": "ignored"}, {"name": "id", "role": "identifier"},
         {"name": "flag", "role": "categorical"}, {"name": "color", "role": "label", "x": [1]}],
         "other": {"columns": 3}}
        """);
    Model changed = trained("--columns", roles, "--missing-labels", "drop");
    assertThat(changed.schema().classNames()).containsExactly("blue", "green", "red");
    assertThat(changed.schema().featureNames().orElseThrow().list())
        .containsExactly("flag", "label=no", "label=yes");
    assertThat(trained("--categorical", "flag").schema().featureNames().orElseThrow().list())
        .endsWith("flag=FALSE", "flag=TRUE");
    CommandRun text = CommandRun.of("dataset", "describe", table);
    assertThat(text.out().lines().toList().get(2))
        .startsWith("color   categorical         6        3  ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|has no roles of columns",
        "{|is not JSON: line 1",
        "{'columns': [{'name': 'size'}]}|has no roles of columns",
        "{'columns': [{'name': 'size', 'role': 'big'}]}|has the role 'big', expected one of numeric",
        "{'columns': [{'name': 'size', 'role': 'numeric'}, {'name': 'size', 'role': 'ignored'}]}|names column 'size' twice",
        "{'columns': [{'name': 'nobody', 'role': 'numeric'}]}|has no column 'nobody' for --columns",
        "{'columns': [{'name': 'color', 'role': 'numeric'}]}|column 'color' is 'blue', expected a number",
      })
  void rolesThatDoNotFitAreRefused(String text, String message) throws IOException {
    Path roles = Files.writeString(folder.resolve("c.json"), text.replace('\'', '"'));
    CommandRun run = train("--columns", roles);
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.err()).contains(message);
    assertThat(run.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--categorical size,size|column 'size' is named twice in --categorical",
        "--categorical size --drop size|column 'size' is in --categorical and in --drop",
        "--drop id,id|column 'id' is named twice in --drop",
        "--min-count 0|a level has at least 1 row, not 0",
        "--max-levels 1|a column has at most 2 to 65536 levels, not 1",
      })
  void optionsThatDoNotFitAreRefused(String options, String message) {
    CommandRun run = train((Object[]) options.split(" "));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains(message);
  }

  @Test
  void otherFormatsHaveNoColumnsWithRoles() throws IOException {
    Path svm = Files.writeString(folder.resolve("t.svm"), "1 1:1\n0 1:2\n1 1:3\n0 1:1\n");
    CommandRun run = CommandRun.of("train", "--train", svm, "--categorical", "a");
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.err()).contains("is LIBSVM, which --categorical is not for");
    CommandRun described = CommandRun.of("dataset", "describe", svm);
    assertThat(described.err()).contains("is LIBSVM, expected a table whose columns have roles");
  }

  @Test
  void infoTellsRolesAndEncodings() {
    CommandRun data = CommandRun.of("info", table);
    assertThat(data.status()).as(data.err()).isZero();
    assertThat(data.out().lines())
        .anyMatch(
            line -> line.matches("id +identifier +0 +80 +P0 \\(1\\).*all texts are different\\]"))
        .anyMatch(line -> line.matches("size +numeric +11 +\\d+ .*"));
    assertThat(CommandRun.of("info", table, "--json").json().at("/columns/0/role").asText())
        .isEqualTo("identifier");
    trained("--min-count", 26, "--missing-values", "x");
    CommandRun info = CommandRun.of("info", model);
    assertThat(info.out())
        .contains("Columns    color: levels ")
        .contains("(rare) for ")
        .contains("; (missing)")
        .contains("size: number, missing cells become ")
        .contains("flag: true (1) or false (0), missing cells become ")
        .contains("also missing: x");
    JsonNode columns = CommandRun.of("info", model, "--json").json().get("columns");
    assertThat(columns.get(0).get("kind").asText()).isEqualTo("category");
    assertThat(columns.get(0).get("missingLevel").asBoolean()).isTrue();
    assertThat(columns.get(1).get("indicator").asBoolean()).isTrue();
    assertThat(columns.get(2).get("kind").asText()).isEqualTo("boolean");
  }

  @Test
  void aRunGoesOnFromAModelWithItsEncoding() throws IOException {
    Model first = trained();
    Path again = folder.resolve("again.h5");
    String text = Files.readString(table).replace("blue", "violet");
    Path other = Files.writeString(folder.resolve("other.csv"), text);
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            other,
            "--from",
            model,
            "--solver",
            "newton",
            "--l2",
            1,
            "--model",
            again);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ModelFile.read(again).schema().standardization())
        .isPresent()
        .isEqualTo(first.schema().standardization());
    CommandRun own =
        CommandRun.of(
            "train",
            "--train",
            other,
            "--from",
            model,
            "--solver",
            "newton",
            "--scale",
            "standard");
    assertThat(own.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(own.err()).contains("features standardised in a way of their own, but the model");
    Path plain = folder.resolve("plain.h5");
    assertThat(
            CommandRun.of(
                    "train", "--train", table, "--solver", "newton", "--l2", 1, "--model", plain)
                .status())
        .isZero();
    CommandRun from =
        CommandRun.of(
            "train",
            "--train",
            other,
            "--from",
            plain,
            "--solver",
            "newton",
            "--l2",
            1,
            "--force",
            "--model",
            again);
    assertThat(from.status()).as(from.err()).isZero();
    assertThat(ModelFile.read(again).schema().encoding()).isEqualTo(first.schema().encoding());
    assertThat(from.err()).contains("first 'violet'");
  }

  @Test
  void numbersOfATableAreWrittenButNoEncoding() {
    Path out = folder.resolve("t.h5");
    CommandRun run = CommandRun.of("dataset", "build", table, "--out", out);
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.err()).contains("column 'id' is 'P0', expected a number");
    assertThat(out).doesNotExist();
  }

  @Test
  void foldsLearnTheirOwnEncoding() {
    CommandRun run =
        CommandRun.of(
            "train", "--train", table, "--solver", "newton", "--l2", "0.1,1,10", "--folds", 5);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("Penalties       3, by 5 folds");
    trained();
    assertThat(ModelFile.read(model).schema().encoding().orElseThrow().columns())
        .extracting(ColumnEncoding::name)
        .containsExactly("color", "size", "flag");
  }
}
