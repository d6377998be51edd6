// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Interactions, powers and formulas, against statsmodels with patsy. */
class TermsCommandTest {

  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    if (Files.notExists(file)) {
      try (InputStream in = getClass().getResourceAsStream("/summaries/" + name)) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  private Path model() {
    return folder.resolve("m.h5");
  }

  private CommandRun train(String table, Object... more) throws IOException {
    List<Object> words = new ArrayList<>(List.of("train", "--force", "--train", file(table)));
    words.addAll(List.of("--solver", "newton", "--scale", "standard", "--model", model()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void aFormulaGivesTheCoefficientsOfStatsmodels(int number) throws IOException {
    JsonNode expected;
    try (InputStream in = getClass().getResourceAsStream("/summaries/expected.json")) {
      expected = new ObjectMapper().readTree(in).get("formulas").get(number);
    }
    CommandRun run =
        train(
            expected.get("file").asText(),
            "--formula",
            expected.get("formula").asText(),
            "--summary",
            "--json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode summary = run.json().get("summary");
    JsonNode rows = expected.get("plain").get("coefficients");
    assertThat(summary.get("coefficients")).hasSameSizeAs(rows);
    for (JsonNode row : rows) {
      JsonNode own = row(summary.get("coefficients"), row.get("name").asText());
      assertThat(own.get("coefficient").asDouble())
          .as(row.toString())
          .isCloseTo(row.get("coefficient").asDouble(), withinPercentage(1e-4));
      assertThat(own.get("standardError").asDouble())
          .as(row.toString())
          .isCloseTo(row.get("standardError").asDouble(), withinPercentage(1e-4));
    }
    assertThat(summary.get("logLikelihood").asDouble())
        .isCloseTo(expected.get("plain").get("logLikelihood").asDouble(), withinPercentage(1e-4));

    CommandRun again =
        CommandRun.of("reproduce", model(), "--train", file(expected.get("file").asText()));
    assertThat(again.status()).as(again.out() + again.err()).isZero();
  }

  /** A column of yes and no is one feature under its own name. */
  private static JsonNode row(JsonNode rows, String name) {
    return StreamSupport.stream(rows.spliterator(), false)
        .filter(
            row ->
                row.get("name").asText().equals(name)
                    || row.get("name").asText().equals(name.replace("=yes", "")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + rows));
  }

  @Test
  void withoutAnInterceptTermsOfTheColumnThatKeepsItsLevelsAreRejected() throws IOException {
    String formula = "class ~ housing * duration - 1";
    CommandRun run = train("credit.csv", "--formula", formula, "--summary");
    assertThat(run.status()).isNotZero();
    assertThat(run.err())
        .contains("without an intercept column 'housing' has a feature for each level")
        .contains("keep the intercept, which gives the same fit");
  }

  @Test
  void theFormulaDecidesWhichColumnKeepsItsLevels() throws IOException {
    String formula = "class ~ duration + own_telephone + housing + purpose - 1";
    CommandRun run = train("credit.csv", "--formula", formula, "--summary");
    assertThat(run.status()).as(run.err()).isZero();
    // In the table purpose comes before own_telephone, of which the formula tells first.
    assertThat(ModelFile.read(model()).schema().featureNames().orElseThrow().list())
        .contains("own_telephone=none or no", "own_telephone=yes", "housing=own", "housing=rent")
        .doesNotContain("housing=for free", "purpose=business");
  }

  @Test
  void optionsSayTheSameAsAFormula() throws IOException {
    assertThat(
            train("credit.csv", "--formula", "class ~ duration * age + I(age^2) + I(age^3)")
                .status())
        .isZero();
    Model first = ModelFile.read(model());
    CommandRun run =
        train(
            "credit.csv",
            "--labels",
            "class",
            "--keep",
            "duration,age",
            "--interactions",
            "duration:age",
            "--polynomial",
            "age:3");
    assertThat(run.status()).as(run.err()).isZero();
    Model second = ModelFile.read(model());
    assertThat(second.schema().featureNames().orElseThrow().list())
        .containsExactly("duration", "age", "age=(missing)", "duration:age", "age^2", "age^3");
    assertThat(second.weightsSha256()).isEqualTo(first.weightsSha256());
    assertThat(second.schema()).isEqualTo(first.schema());
    assertThat(CommandRun.of("info", model()).out()).contains("terms: duration:age, age^2, age^3");
    assertThat(CommandRun.of("info", "--json", model()).json().get("terms").get(2)).hasSize(3);
  }

  @Test
  void predictEvaluateAndExplainComputeTheTermsOfNewRows() throws IOException {
    CommandRun run =
        train("credit.csv", "--labels", "class", "--interactions", "duration:housing:age");
    assertThat(run.status()).as(run.err()).isZero();
    Path one = folder.resolve("one.csv");
    List<String> lines = Files.readAllLines(file("credit.csv"));
    Files.write(one, List.of(lines.get(0), lines.get(40)));
    String whole =
        CommandRun.of("predict", "--model", model(), file("credit.csv"))
            .out()
            .lines()
            .skip(39)
            .findFirst()
            .orElseThrow();
    String alone = CommandRun.of("predict", "--model", model(), one).out().strip();
    assertThat(alone.substring(alone.indexOf('\t') + 2))
        .isEqualTo(whole.substring(whole.indexOf('\t') + 3));
    CommandRun explained = CommandRun.of("predict", "--model", model(), "--explain", "--json", one);
    assertThat(explained.json().get("contributions").has("duration:housing:age")).isTrue();
    CommandRun judged =
        CommandRun.of(
            "evaluate",
            "--model",
            model(),
            "--data",
            file("credit.csv"),
            "--importance",
            "1",
            "--json");
    assertThat(judged.json().get("importance").get(15).get("column").asText())
        .isEqualTo("duration:housing:age");
  }

  @Test
  void aTableOfPlainNumbersHasTermsToo() throws IOException {
    assertThat(
            train(
                    "offsets.csv",
                    "--labels",
                    "bought",
                    "--keep",
                    "year,income",
                    "--polynomial",
                    "year:2")
                .status())
        .isZero();
    assertThat(ModelFile.read(model()).schema().featureNames().orElseThrow().list())
        .containsExactly("year", "income", "year^2");
    // A model to start from has terms of its own.
    CommandRun other =
        train(
            "offsets.csv",
            "--labels",
            "bought",
            "--keep",
            "year,income",
            "--polynomial",
            "year:3",
            "--from",
            model());
    assertThat(other.status()).isEqualTo(3);
    assertThat(other.err()).contains("features of a model, which has other terms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--interactions duration|two columns or more with colons between them",
        "--interactions duration:duration|no two the same",
        "--interactions duration:nix|no feature column 'nix' for the term duration:nix",
        "--polynomial duration|a column and a degree from 2 to 8",
        "--polynomial duration:9|a column and a degree from 2 to 8",
        "--polynomial housing:2|column 'housing' is categorical, and levels have no powers",
        "--interactions duration:age,duration:age|the term duration:age is named twice",
        "--labels class --formula class~age|--formula says what --labels",
        "--drop age --formula class~duration|leave --drop out",
        "--formula class~nix|has no column 'nix'",
        "--formula nix~age|has no column 'nix'",
      })
  void whatIsWrongIsOneLine(String options, String problem) throws IOException {
    List<Object> words = new ArrayList<>(List.of((Object[]) options.split(" ")));
    if (!options.contains("--labels") && !options.contains("--formula")) {
      words.addAll(List.of("--labels", "class"));
    }
    CommandRun run = train("credit.csv", words.toArray());
    assertThat(run.status()).isIn(2, 3);
    assertThat(run.err()).contains(problem);
  }

  @Test
  void otherFormatsHaveNoTerms() {
    CommandRun run =
        CommandRun.of("train", "--train", "datasets/drawn-cats-train.h5", "--interactions", "a:b");
    assertThat(run.status()).isNotZero();
    assertThat(run.err()).contains("--interactions");
  }
}
