// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model knows the columns of a table by their names. */
class ColumnNamesTest {

  private static final int SAMPLES = 40;

  @TempDir private Path folder;

  /** A table of the columns that are asked for, whose values depend on their names alone. */
  private Path table(String name, String... columns) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (int j = 0; j < SAMPLES; j++) {
      List<String> fields = new ArrayList<>();
      for (String column : columns) {
        fields.add(
            switch (column) {
              case "class" -> j % 3 == 0 ? "ill" : "well";
              case "age" -> j % 3 == 0 ? "2.5" : "-2.5";
              case "id" -> "Nr. " + j;
              default -> "" + new Random(column.hashCode() + j).nextFloat();
            });
      }
      text.append(String.join(",", fields)).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun train(Path table, Object... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--force",
                    "--train",
                    table,
                    "--iterations",
                    50,
                    "--learning-rate",
                    0.5,
                    "--json",
                    "--model",
                    folder.resolve("m.h5")),
                Stream.of(more))
            .toArray());
  }

  private CommandRun predict(Object... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("predict", "--model", folder.resolve("m.h5")), Stream.of(more))
            .toArray());
  }

  private static List<String> probabilities(CommandRun run) {
    return run.out().lines().map(line -> line.substring(line.indexOf('\t'))).toList();
  }

  @Test
  void predictionsDoNotDependOnTheOrderOfColumns() throws IOException {
    Path table = table("t.csv", "age", "bmi", "class", "size");
    assertThat(train(table).status()).isZero();
    List<String> expected = probabilities(predict(table));
    assertThat(expected).hasSize(SAMPLES);
    for (String[] columns :
        new String[][] {
          {"size", "bmi", "age"}, {"class", "size", "age", "bmi"}, {"bmi", "age", "size", "class"}
        }) {
      CommandRun run = predict(table("other.csv", columns));
      assertThat(run.err()).isEmpty();
      assertThat(probabilities(run)).isEqualTo(expected);
    }
    CommandRun extra = predict(table("extra.csv", "id", "size", "class", "age", "hue", "bmi"));
    assertThat(probabilities(extra)).isEqualTo(expected);
    assertThat(extra.err())
        .isEqualToIgnoringNewLines(
            "lanewise: warning: "
                + folder.resolve("extra.csv")
                + ": the model has no feature for columns id, hue; left out");
    CommandRun strict = predict(folder.resolve("extra.csv"), "--strict");
    assertThat(strict.status()).isEqualTo(3);
    assertThat(strict.out()).isEmpty();
    assertThat(strict.err())
        .isEqualToIgnoringNewLines(
            "lanewise: "
                + folder.resolve("extra.csv")
                + ": has columns id, hue, for which the model has no feature");
  }

  @Test
  void aMissingColumnIsOneLineAndStatus3() throws IOException {
    Path table = table("t.csv", "age", "bmi", "class", "size");
    train(table);
    Path other = table("other.csv", "age", "BMI", "size", "class");
    String line =
        "lanewise: "
            + other
            + ": has no column bmi, expected a column for each of the model's features (3); found 4"
            + " columns age, BMI, size, class";
    Path model = folder.resolve("m.h5");
    for (CommandRun run :
        List.of(
            predict(other),
            CommandRun.of("evaluate", "--model", model, "--data", other),
            CommandRun.of(
                "report", "--model", model, "--data", other, "--out", folder.resolve("r.html")),
            train(table, "--test", other),
            train(other, "--from", model))) {
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).isEqualToIgnoringNewLines(line);
    }
  }

  @Test
  void evaluationTestDataAndAWarmStartGoByNames() throws IOException {
    Path table = table("t.csv", "age", "bmi", "class", "size");
    Path other = table("other.csv", "size", "hue", "class", "age", "bmi");
    JsonNode trained = train(table, "--test", other).json();
    assertThat(trained.at("/testCost").asText()).isEqualTo(trained.at("/trainCost").asText());
    assertThat(trained.at("/testAccuracy").asDouble()).isEqualTo(1);
    Path model = folder.resolve("m.h5");
    CommandRun evaluated = CommandRun.of("evaluate", "--model", model, "--data", other, "--json");
    assertThat(evaluated.json().at("/accuracy").asDouble()).isEqualTo(1);
    String expected = train(table, "--from", model).json().at("/weightsSha256").asText();
    train(table);
    CommandRun goneOn = train(other, "--from", model);
    assertThat(goneOn.json().at("/weightsSha256").asText()).isEqualTo(expected);
    assertThat(goneOn.err()).contains("no feature for column hue; left out");
  }

  @Test
  void filesWithoutNamesGoByPosition() throws IOException {
    Path table = table("t.csv", "age", "bmi", "class");
    train(table);
    List<String> expected = probabilities(predict(table));
    StringBuilder bare = new StringBuilder();
    StringBuilder sparse = new StringBuilder();
    Files.readAllLines(table).stream()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(
            fields -> {
              bare.append(fields[0]).append(',').append(fields[1]).append('\n');
              sparse.append(String.format(Locale.ROOT, "0 1:%s 2:%s\n", fields[0], fields[1]));
            });
    for (StringBuilder text : List.of(bare, sparse)) {
      Path file = Files.writeString(folder.resolve("bare"), text);
      assertThat(probabilities(predict(file))).isEqualTo(expected);
    }
  }

  @Test
  void builtDataKeepTheNames() throws IOException {
    train(table("t.csv", "age", "bmi", "class"));
    Path built = folder.resolve("built.h5");
    Path turned = table("turned.csv", "bmi", "age", "class");
    CommandRun.of("dataset", "build", turned, "--out", built);
    CommandRun run = predict(built);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "lanewise: "
                + built
                + ": feature 0 is 'bmi', but the model has 'age' there: the order is another");
    assertThat(CommandRun.of("info", built).out()).contains("bmi, age");
  }

  @Test
  void infoTellsTheStrongestByTheirNames() throws IOException {
    train(table("t.csv", "age", "bmi", "class", "size"));
    Path model = folder.resolve("m.h5");
    CommandRun info = CommandRun.of("info", model);
    assertThat(info.out())
        .contains("age, bmi, size")
        .containsPattern("Strongest  well: age -[0-9]");
    JsonNode json = CommandRun.of("info", model, "--json").json();
    assertThat(json.at("/featureNames").toString()).isEqualTo("[\"age\",\"bmi\",\"size\"]");
    assertThat(json.at("/strongest")).hasSize(3);
    assertThat(json.at("/strongest/0/feature").asText()).isEqualTo("age");
    assertThat(json.at("/strongest/0/class").asText()).isEqualTo("well");
    assertThat(json.at("/strongest/0/weight").asDouble()).isNegative();
  }

  @Test
  void theReportNamesTheFeatures() throws IOException {
    Path page = folder.resolve("page.html");
    Path table = table("t.csv", "age", "<b>bmi", "class");
    assertThat(train(table, "--report", page).status()).isZero();
    assertThat(Files.readString(page)).contains("&lt;b").doesNotContain("<b>bmi");
  }
}
