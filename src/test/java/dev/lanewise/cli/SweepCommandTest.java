// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sweep}: a table, JSON, CSV, and the digests that train has. */
class SweepCommandTest {

  @TempDir private Path folder;
  private Path train;

  @BeforeEach
  void makeAFile() {
    train = Hdf5Samples.write(folder.resolve("train.h5"), 30, 12);
  }

  @Test
  void aTableOfAllRuns() {
    CommandRun run =
        CommandRun.of(
            "sweep",
            "--train",
            train,
            "--test",
            train,
            "--learning-rates",
            "0.1,1e30,0.001",
            "--iterations",
            "50,5",
            "--l2",
            "1");
    assertThat(run.err().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains(" are among those to learn");
    assertThat(run.status()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.get(2)).contains("rate", "iterations", "train cost", "test cost", "seconds");
    assertThat(lines.get(2)).contains("folds cost").doesNotContain("seed");
    assertThat(lines.get(9)).isEqualTo("Best (*)        the lowest log-loss on 5 folds");
    assertThat(lines.get(3)).startsWith("*").contains(" 0.1 ", " 50 ", " 100.00 %");
    assertThat(lines.get(4)).startsWith(" ").contains(" 0.1 ", " 5 ");
    assertThat(lines.get(5)).contains("1E+30", "diverged at iteration ");
  }

  @Test
  void testDataChooseOnlyIfTold() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("t.csv"), "a,y\n1,p\n2,p\n3,p\n-1,n\n-2,n\n-3,n\n4,p\n-4,n\n");
    // All labels are turned round, so that on the test data the shortest run is the best.
    Path test = Files.writeString(folder.resolve("u.csv"), "a,y\n1.5,n\n2.5,n\n-1.5,p\n-2.5,p\n");
    Object[] usual = {
      "sweep", "--train", table, "--test", test, "--runs", "0.5:60,0.001:1", "--json"
    };
    CommandRun folds = CommandRun.of(usual);
    assertThat(folds.status()).as(folds.err()).isZero();
    assertThat(folds.err()).isEmpty();
    assertThat(folds.json().at("/runs/0/best").asBoolean()).isTrue();
    assertThat(folds.json().get("chosenBy").asText()).isEqualTo("folds");
    assertThat(folds.json().get("folds").asInt()).isEqualTo(4);
    Object[] told = Arrays.copyOf(usual, usual.length + 1);
    told[usual.length] = "--choose-by-test";
    CommandRun byTest = CommandRun.of(told);
    assertThat(byTest.json().at("/runs/1/best").asBoolean()).isTrue();
    assertThat(byTest.json().get("chosenBy").asText()).isEqualTo("test");
    assertThat(byTest.json().at("/runs/0/foldsCost").isNull()).isTrue();
    assertThat(byTest.err())
        .contains("chosen by the test data: its test accuracy is too high for new samples");
    assertThat(CommandRun.of("sweep", "--train", table, "--choose-by-test").err())
        .contains("--choose-by-test needs --test");
    assertThat(CommandRun.of("sweep", "--folds", 3, "--choose-by-test").err())
        .contains("two ways to choose the best run; take one");
    Path few = Files.writeString(folder.resolve("f.csv"), "a,y\n1,p\n-1,n\n-2,n\n");
    assertThat(CommandRun.of("sweep", "--train", few).err())
        .contains("a class has one sample, so that no folds can choose the best run");
  }

  @Test
  void everyRunHasTheDigestThatTrainHas() {
    JsonNode json =
        CommandRun.of(
                "sweep",
                "--train",
                train,
                "--learning-rates",
                "0.1,0.01",
                "--iterations",
                "5,50",
                "--seeds",
                "1,2",
                "--init",
                "normal",
                "--folds",
                3,
                "--json")
            .json();
    assertThat(json.at("/runs")).hasSize(8);
    assertThat(json.at("/test").isNull()).isTrue();
    int best = 0;
    for (JsonNode run : json.at("/runs")) {
      JsonNode alone =
          CommandRun.of(
                  "train",
                  "--train",
                  train,
                  "--init",
                  "normal",
                  "--learning-rate",
                  run.at("/learningRate").asDouble(),
                  "--iterations",
                  run.at("/iterations").asInt(),
                  "--seed",
                  run.at("/seed").asInt(),
                  "--json")
              .json();
      assertThat(run.at("/weightsSha256")).isEqualTo(alone.at("/weightsSha256"));
      assertThat(run.at("/trainCost")).isEqualTo(alone.at("/trainCost"));
      assertThat(run.at("/costs")).isEqualTo(alone.at("/costs"));
      assertThat(run.at("/engine")).isEqualTo(alone.at("/engine"));
      assertThat(run.at("/foldsCost").asDouble()).isPositive();
      best += run.at("/best").asBoolean() ? 1 : 0;
    }
    assertThat(best).isEqualTo(1);
  }

  @Test
  void commasForSpreadsheets() {
    CommandRun run =
        CommandRun.of(
            "sweep", "--train", train, "--runs", "0.1:5,1e30:50,0.01:7:3", "--l2", 1, "--csv");
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("learningRate,iterations,seed,best,failure,");
    assertThat(lines.get(1)).startsWith("0.1,5,0,true,,");
    assertThat(lines.get(2)).startsWith("1.0E30,50,0,false,\"diverged at iteration ");
    assertThat(lines.get(3)).startsWith("0.01,7,3,false,,");
  }

  @Test
  void whereAllRunsFailTheTableSaysSoAndTheStatusToo() {
    CommandRun run =
        CommandRun.of("sweep", "--train", train, "--runs", "1e30:50,1e20:50", "--l2", 1);
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out().lines().filter(line -> line.contains("  diverged at iteration ")))
        .hasSize(2);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("all runs failed; the first: diverged at iteration ");
  }

  @Test
  void withNoFileItSweepsOverTheDrawnCats() {
    CommandRun run = CommandRun.of("sweep", "--iterations", 20);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("drawn-cats-train.h5", "0.0001");
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    Object[][] wrong = {
      {"--learning-rates", "0.1,0", "the learning rate is positive and finite, not 0.0"},
      {"--learning-rates", "0.1,x", "'x' is not a double"},
      {"--learning-rates", "NaN", "the learning rate is positive and finite, not NaN"},
      {"--iterations", "-1", "iterations are at least 0, not -1"},
      {"--runs", "0.1", "expected ALPHA:N or ALPHA:N:SEED, not '0.1'"},
      {"--runs", "0.1:5:x", "expected ALPHA:N or ALPHA:N:SEED, not '0.1:5:x'"},
      {"--runs", "-1:5", "the learning rate is positive and finite, not -1.0"},
      {"--folds", "1", "folds are at least 2, not 1"},
      {"--folds", "16", "16 folds are more than the 15 samples of class 0"},
      {"--l2", "-1", "the penalty l2 is finite and at least 0, not -1.0"}
    };
    for (Object[] one : wrong) {
      CommandRun run = CommandRun.of("sweep", "--train", train, one[0], one[1]);
      assertThat(run.err()).contains(one[2].toString());
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err().lines().filter(line -> !line.startsWith("Try "))).hasSize(1);
    }
    assertThat(CommandRun.of("sweep", "--json", "--csv").err()).contains("two forms; take one");
    assertThat(CommandRun.of("sweep", "--runs", "1:1", "--seeds", "1").err())
        .contains("--runs stands in the place of rates, iterations and seeds");
    assertThat(CommandRun.of("sweep", "--seeds", "1,2").err())
        .contains(
            "--seeds needs random initial weights, such as --init normal: zeros are the same for all");
    CommandRun missing = CommandRun.of("sweep", "--train", folder.resolve("none.h5"));
    assertThat(missing.status()).isEqualTo(3);
  }

  @Test
  void theSweepIsReportedAsAPageAndKeepsItsBits() throws IOException {
    Path page = folder.resolve("sweep.html");
    List<Object> words =
        new ArrayList<>(List.of("sweep", "--train", train, "--learning-rates", "0.1,1e30"));
    words.addAll(List.of("--iterations", "150", "--l2", "1"));
    CommandRun without = CommandRun.of(with(words, "--json"));
    CommandRun json = CommandRun.of(with(words, "--report", page, "--json"));
    assertThat(json.status()).as(json.err()).isZero();
    assertThat(json.json().at("/report").asText()).isEqualTo(page.toString());
    assertThat(without.json().at("/report").isNull()).isTrue();
    assertThat(json.json().at("/runs/0/weightsSha256"))
        .isEqualTo(without.json().at("/runs/0/weightsSha256"));
    assertThat(Files.readString(page))
        .contains("Report of a sweep")
        .contains("rate 1.0E30 (150 iterations)");
    CommandRun text = CommandRun.of(with(words, "--report", page, "--force"));
    assertThat(text.out()).endsWith("Report          " + page + System.lineSeparator());
    Path nowhere = folder.resolve("none").resolve("page.html");
    CommandRun refused = CommandRun.of(with(words, "--report", nowhere));
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("there is no folder");
    assertThat(refused.out()).isEmpty();
  }

  private static Object[] with(List<Object> words, Object... more) {
    List<Object> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all.toArray();
  }
}
