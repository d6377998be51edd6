// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train --holdout} for solvers that go on to the end: samples to test the model on. */
class HoldoutCommandTest {

  private static final int OF_YES = 30;
  private static final int OF_NO = 50;

  @TempDir private Path folder;

  private Path table;

  @BeforeEach
  void write() throws IOException {
    Random random = new Random(9);
    StringBuilder text = new StringBuilder("a,color,label\n");
    for (int j = 0; j < OF_YES + OF_NO; j++) {
      boolean yes = j < OF_YES;
      String color = List.of("red", "green").get(random.nextInt(2));
      text.append(random.nextGaussian() + (yes ? 1 : 0)).append(',');
      text.append(color).append(',').append(yes ? "yes" : "no").append('\n');
    }
    table = Files.writeString(folder.resolve("t.csv"), text);
  }

  private CommandRun train(String options) {
    List<Object> words = new ArrayList<>(List.of("train", "--force", "--train", table));
    words.addAll(List.of((Object[]) options.split(" ")));
    return CommandRun.of(words.toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tolerance 1e-6",
        "--solver newton --l2 1",
        "--solver lbfgs --l1 1 --scale standard",
        "--solver gd --iterations 30 --scale standard",
        "--hidden 3 --solver lbfgs --iterations 5 --seed 4",
      })
  void theModelIsTestedOnWhatItDidNotLearnFrom(String options) {
    CommandRun run = train(options + " --holdout 0.2 --json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/train/samples").asInt()).isEqualTo(64);
    assertThat(json.at("/test/samples").asInt()).isEqualTo(16);
    // A fifth of each class.
    assertThat(json.at("/test/positives").asInt()).isEqualTo(6);
    assertThat(json.get("testAccuracy").isNumber()).isTrue();
    assertThat(train(options + " --holdout 0.2 --json").json().get("weightsSha256"))
        .isEqualTo(json.get("weightsSha256"));
    assertThat(train(options + " --holdout 0.2 --seed 7 --json").json().get("weightsSha256"))
        .isNotEqualTo(json.get("weightsSha256"));
    assertThat(train(options + " --holdout 0.2").out().lines())
        .anyMatch(line -> line.matches("Test data .*t\\.csv \\(16 of its samples\\): 16 samples.*"))
        .anyMatch(line -> line.startsWith("Test accuracy "));
  }

  @Test
  void encodingsAndMeansAreLearnedFromTheOthersAlone() throws IOException {
    Path model = folder.resolve("m.h5");
    JsonNode json = train("--holdout 0.2 --json --model " + model).json();
    // The rows that are left, written to a file of their own, give the same model.
    List<String> rows = Files.readAllLines(table);
    List<String> learned = new ArrayList<>(List.of(rows.getFirst()));
    int[] labels = new int[OF_YES + OF_NO];
    java.util.Arrays.fill(labels, 0, OF_YES, 1);
    for (int j :
        dev.lanewise.optim.sgd.HoldOut.of(labels, List.of("no", "yes"), 0.2, 0).learned()) {
      learned.add(rows.get(j + 1));
    }
    Path part = Files.write(folder.resolve("p.csv"), learned);
    JsonNode alone = CommandRun.of("train", "--train", part, "--json").json();
    assertThat(json.get("weightsSha256")).isEqualTo(alone.get("weightsSha256"));
    assertThat(json.at("/provenance/data/sha256")).isEqualTo(alone.at("/provenance/data/sha256"));
    CommandRun again = CommandRun.of("reproduce", model, "--train", table);
    assertThat(again.status()).as(again.out() + again.err()).isZero();
  }

  @Test
  void sgdHoldsOutAsBefore() {
    JsonNode json = train("--solver sgd --epochs 2 --holdout 0.2 --json").json();
    assertThat(json.at("/train/samples").asInt()).isEqualTo(OF_YES + OF_NO);
    assertThat(json.get("test").isNull()).isTrue();
    assertThat(json.at("/provenance/options/holdout").asText()).isEqualTo("0.2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--holdout 1|--holdout: the fraction held out is at least 0 (none) and below 1, not 1.0",
        "--holdout -0.1|and below 1, not -0.1",
        "--holdout NaN|and below 1, not NaN",
        "--holdout 0.001|--holdout: 0.001 of 80 samples is too little to hold out",
        "--holdout 0.999|--holdout: with 0.999 held out, none of the 50 samples of class no is left",
        "--holdout 0.2 --patience 2|--patience needs --solver sgd, not newton",
        "--solver lbfgs --holdout 0.2 --test TABLE|--holdout with --solver lbfgs holds out samples",
      })
  void whatCannotBeIsRefused(String options, String message) {
    CommandRun run = train(options.replace("TABLE", table.toString()));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains(message);
  }
}
