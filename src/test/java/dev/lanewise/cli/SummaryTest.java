// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.statistics.Coefficient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train --summary} against statsmodels. */
class SummaryTest {

  // Six digits.
  private static final double PERCENT = 1e-4;
  private static final double TINY = 1e-9;

  @TempDir private Path folder;

  private static InputStream resource(String name) {
    return SummaryTest.class.getResourceAsStream("/summaries/" + name);
  }

  private static JsonNode table(String name) throws IOException {
    try (InputStream in = resource("expected.json")) {
      return StreamSupport.stream(
              new ObjectMapper().readTree(in).get("tables").spliterator(), false)
          .filter(table -> table.get("name").asText().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    if (Files.notExists(file)) {
      try (InputStream in = resource(name)) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  private CommandRun train(JsonNode table, boolean weighted, Object... more) throws IOException {
    return solve("newton", table, weighted, more);
  }

  private CommandRun solve(String solver, JsonNode table, boolean weighted, Object... more)
      throws IOException {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("train", "--force", "--train", file(table.get("file").asText())));
    words.addAll(List.of("--labels", table.get("label").asText()));
    words.addAll(List.of("--min-count", table.get("minCount").asText()));
    words.addAll(List.of("--missing", table.get("missing").asText()));
    words.addAll(weighted ? List.of("--weights", "weight") : List.of());
    List<String> dropped = new ArrayList<>(weighted ? List.of() : List.of("weight"));
    if (table.get("name").asText().equals("adult")) {
      dropped.addAll(List.of("education-num", "occupation"));
    }
    if (table.get("name").asText().equals("titanic")) {
      dropped.addAll(List.of("PassengerId", "Name", "Ticket", "Cabin"));
    }
    words.addAll(dropped.isEmpty() ? List.of() : List.of("--drop", String.join(",", dropped)));
    words.addAll(List.of("--scale", "standard", "--solver", solver, "--summary"));
    words.addAll(List.of(more));
    CommandRun run = CommandRun.of(words.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  @ParameterizedTest
  @CsvSource({
    "titanic,false",
    "titanic,true",
    "adult,false",
    "adult,true",
    "bank,false",
    "bank,true",
    "credit,false",
    "credit,true",
    "offsets,false",
    "offsets,true",
    "species,false",
    "species,true"
  })
  void statisticsAreThoseOfStatsmodels(String name, boolean weighted) throws IOException {
    JsonNode table = table(name);
    JsonNode expected = table.get(weighted ? "weighted" : "plain");
    JsonNode found = train(table, weighted, "--json").json().get("summary");
    compare(name, table, found, expected);
    assertThat(found.get("notes")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "titanic,false",
    "adult,true",
    "bank,false",
    "credit,true",
    "offsets,false",
    "offsets,true",
    "species,false",
    "species,true"
  })
  void withoutAnInterceptTheFirstCategoricalColumnKeepsItsLevels(String name, boolean weighted)
      throws IOException {
    JsonNode table = table(name);
    String kind = (weighted ? "weighted" : "plain") + "WithoutIntercept";
    JsonNode expected = table.get(kind);
    JsonNode found = train(table, weighted, "--no-intercept", "--json").json().get("summary");
    compare(name, table, found, expected);
    assertThat(found.get("notes").get(0).asText()).startsWith("without an intercept");
    if (expected.has("hc1")) {
      JsonNode robust =
          train(table, weighted, "--no-intercept", "--standard-errors", "hc1", "--json")
              .json()
              .get("summary");
      for (int i = 0; i < expected.get("hc1").size(); i++) {
        JsonNode own = row(robust.get("coefficients"), expected.get("coefficients").get(i));
        close(own.get("standardError"), expected.get("hc1").get(i), own.toString());
      }
    }
  }

  private static void compare(String name, JsonNode table, JsonNode found, JsonNode expected) {
    assertThat(found.get("base").asText()).isEqualTo(table.get("base").asText());
    JsonNode rows = found.get("coefficients");
    assertThat(rows).hasSameSizeAs(expected.get("coefficients"));
    for (JsonNode row : expected.get("coefficients")) {
      JsonNode own = row(rows, row);
      for (String value : List.of("coefficient", "standardError", "z", "p")) {
        close(own.get(value), row.get(value), name + " " + row.get("name") + " " + value);
      }
      close(own.get("interval95").get(0), row.get("lower"), row + " lower");
      close(own.get("interval95").get(1), row.get("upper"), row + " upper");
      double oddsRatio = Math.exp(row.get("coefficient").asDouble());
      if (Double.isFinite(oddsRatio)) {
        assertThat(own.get("oddsRatio").asDouble())
            .isCloseTo(oddsRatio, withinPercentage(100 * PERCENT));
      }
    }
    for (String measure :
        List.of(
            "logLikelihood",
            "nullLogLikelihood",
            "aic",
            "bic",
            "mcFaddenR2",
            "likelihoodRatio",
            "likelihoodRatioP",
            "degreesOfFreedom",
            "observations",
            "conditionNumber")) {
      close(found.get(measure), expected.get(measure), measure);
    }
  }

  @ParameterizedTest
  @CsvSource({"titanic,hc0", "adult,hc1", "bank,hc0", "credit,hc1", "offsets,hc0", "offsets,hc1"})
  void robustErrorsAreThoseOfStatsmodels(String name, String kind) throws IOException {
    for (boolean weighted : new boolean[] {false, true}) {
      JsonNode table = table(name);
      JsonNode expected = table.get(weighted ? "weighted" : "plain");
      JsonNode found =
          train(table, weighted, "--standard-errors", kind, "--json").json().get("summary");
      assertThat(found.get("standardErrors").asText()).isEqualTo(kind);
      for (int i = 0; i < expected.get(kind).size(); i++) {
        JsonNode own = row(found.get("coefficients"), expected.get("coefficients").get(i));
        close(own.get("standardError"), expected.get(kind).get(i), own.toString());
      }
    }
  }

  private static JsonNode row(JsonNode rows, JsonNode expected) {
    return StreamSupport.stream(rows.spliterator(), false)
        .filter(row -> row.get("name").equals(expected.get("name")))
        .filter(row -> row.get("class").equals(expected.get("class")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row " + expected));
  }

  private static void close(JsonNode found, JsonNode expected, String what) {
    double wanted = expected.asDouble();
    if (Math.abs(wanted) < TINY) {
      // p-values: six digits of the exponent.
      assertThat(Math.log(found.asDouble())).as(what).isCloseTo(Math.log(wanted), within(1e-3));
    } else {
      assertThat(found.asDouble()).as(what).isCloseTo(wanted, withinPercentage(PERCENT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit", "species"})
  void kernelsAndThreadsChangeNoBitAndSolversNoDigit(String name) throws IOException {
    JsonNode table = table(name);
    Path file = folder.resolve("m.h5");
    train(table, true, "--model", file, "--kernel", "scalar", "--threads", "1");
    List<Coefficient> first = ModelFile.read(file).summary().orElseThrow().coefficients();
    train(table, true, "--model", file, "--kernel", "simd", "--threads", "4");
    Model second = ModelFile.read(file);
    assertThat(second.summary().orElseThrow().coefficients()).isEqualTo(first);
    solve("lbfgs", table, true, "--model", file);
    List<Coefficient> third = ModelFile.read(file).summary().orElseThrow().coefficients();
    for (int i = 0; i < first.size(); i++) {
      assertThat(third.get(i).estimate())
          .isCloseTo(first.get(i).estimate(), withinPercentage(1e-6));
      assertThat(third.get(i).error()).isCloseTo(first.get(i).error(), withinPercentage(1e-6));
    }
  }

  @Test
  void theModelTheReportAndTheExportKeepTheStatistics() throws IOException {
    Path model = folder.resolve("m.h5");
    Path report = folder.resolve("r.html");
    Path exported = folder.resolve("m.json");
    CommandRun run =
        train(
            table("credit"),
            false,
            "--standard-errors",
            "hc1",
            "--model",
            model,
            "--report",
            report);
    assertThat(run.out())
        .contains("Log-odds of good against bad, in the units of the data, standard errors HC1")
        .contains("McFadden's R2");

    JsonNode summary = CommandRun.of("info", "--json", model).json().get("summary");
    assertThat(summary.get("coefficients").size()).isGreaterThan(20);
    assertThat(summary.get("standardErrors").asText()).isEqualTo("hc1");
    assertThat(CommandRun.of("info", model).out()).contains("(intercept)").contains("AIC, BIC");
    assertThat(CommandRun.of("export", "--model", model, "--out", exported).status()).isZero();
    assertThat(new ObjectMapper().readTree(exported.toFile()).get("summary")).isEqualTo(summary);
    assertThat(Files.readString(report))
        .contains("Statistics")
        .contains("credit_history=critical/other");
  }

  private Path csv(String... lines) throws IOException {
    return Files.write(folder.resolve("t.csv"), List.of(lines));
  }

  private static String[] rows(Stream<String> rows) {
    return rows.toArray(String[]::new);
  }

  private CommandRun small(Path table, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "--train", table, "--summary"));
    words.addAll(List.of("--solver", "newton", "--labels", "y"));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private static String row(int i, String third) {
    int a = i * 7 % 11;
    int b = i * 5 % 13;
    return a + "," + b + "," + third + "," + (i * i * 3 % 7 < 3 ? "no" : "yes");
  }

  @Test
  void collinearColumnsAreNamedAndHaveNoNumbers() throws IOException {
    Path table =
        csv(
            rows(
                Stream.concat(
                    Stream.of("a,b,sum,y"),
                    Stream.iterate(0, i -> i < 60, i -> i + 1)
                        .map(i -> row(i, String.valueOf(i * 7 % 11 + 2 * (i * 5 % 13) + 1))))));
    CommandRun run = small(table, "--json", "--scale", "standard");
    JsonNode summary = run.json().get("summary");
    assertThat(summary.get("coefficients")).isEmpty();
    assertThat(summary.get("parameters").asInt()).isEqualTo(3);
    assertThat(summary.get("conditionNumber").isNull()).isTrue();
    assertThat(summary.get("notes").get(0).asText())
        .contains("'sum' is a linear combination of the features before it");
  }

  @Test
  void aColumnOfOneValueIsNamed() throws IOException {
    Path table =
        csv(
            rows(
                Stream.concat(
                    Stream.of("a,b,c,y"),
                    Stream.iterate(0, i -> i < 60, i -> i + 1).map(i -> row(i, "5")))));
    JsonNode summary = small(table, "--json").json().get("summary");
    assertThat(summary.get("coefficients")).isEmpty();
    assertThat(summary.get("notes").get(0).asText()).contains("'c' has one value in all samples");
  }

  @Test
  void separableDataHaveNoSummaryButAWarning() throws IOException {
    Path table =
        csv(
            rows(
                Stream.concat(
                    Stream.of("a,y"),
                    Stream.iterate(0, i -> i < 40, i -> i + 1)
                        .map(i -> i * 3 % 10 + "," + (i * 3 % 10 < 5 ? "no" : "yes")))));
    Path model = folder.resolve("m.h5");
    CommandRun run = small(table, "--model", model);
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("no summary: the classes are separable");
    assertThat(run.out()).doesNotContain("Log-likelihood");
    assertThat(ModelFile.read(model).summary()).isEmpty();
  }

  @Test
  void aLevelThatSeparatesTheClassesIsNamed() throws IOException {
    Path table =
        csv(
            rows(
                Stream.concat(
                    Stream.of("a,b,kind,y"),
                    Stream.iterate(0, i -> i < 60, i -> i + 1)
                        .map(i -> i * i * 3 % 7 < 3 && i % 4 == 0 ? row(i, "x") : row(i, "z")))));
    assertThat(small(table, "--scale", "standard").err())
        .contains("leave out the features that separate them ('kind=z')");
  }

  @Test
  void aPenaltyIsSaidToBias() throws IOException {
    CommandRun run = train(table("credit"), false, "--l2", "1");
    assertThat(run.out()).contains("Note            the penalty l2 = 1.0 pulls coefficients");
    CommandRun weighted = train(table("credit"), false, "--class-weight", "balanced");
    assertThat(weighted.out()).contains("Note            class weights change the odds");
  }

  @ParameterizedTest
  @CsvSource({
    "'--solver,gd',statistics are those of the optimum",
    "'--solver,lbfgs,--l1,1',with an l1 penalty",
    "'--solver,lbfgs,--hidden,3',hidden layers",
    "'--l2,1,10',--summary is for one model",
  })
  void whatHasNoStatisticsIsRefused(String options, String problem) throws IOException {
    Path table =
        csv(
            rows(
                Stream.concat(
                    Stream.of("a,b,c,y"),
                    Stream.iterate(0, i -> i < 60, i -> i + 1)
                        .map(i -> row(i, String.valueOf(i * 11 % 17))))));
    List<Object> words = new ArrayList<>(List.of("train", "--train", table, "--summary"));
    words.addAll(List.of("--labels", "y"));
    if (!options.contains("--solver")) {
      words.addAll(List.of("--solver", "newton"));
    }
    for (String word : options.split(",(?=-)")) {
      String[] parts = word.split(",", 2);
      words.addAll(List.of((Object[]) parts));
    }
    CommandRun run = CommandRun.of(words.toArray());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(problem);
  }

  @Test
  void standardErrorsNeedASummary() {
    CommandRun run = CommandRun.of("train", "--standard-errors", "hc0");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--standard-errors needs --summary");
  }
}
