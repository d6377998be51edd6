// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics of two classes, and the threshold that a model keeps. */
class ThresholdCommandTest {

  @TempDir private Path folder;

  private Path train;
  private Path test;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    train = table("train.csv", 1);
    test = table("test.csv", 2);
    model = folder.resolve("m.h5");
  }

  private Path table(String name, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int j = 0; j < 200; j++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      boolean yes = a + b / 2 + random.nextGaussian() > 1;
      text.append(a + "," + b + "," + (yes ? "yes" : "no") + "\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun train(Object... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--force",
                    "--train",
                    train,
                    "--solver",
                    "newton",
                    "--l2",
                    "1",
                    "--model",
                    model),
                Stream.of(more))
            .toArray());
  }

  private CommandRun evaluate(Object... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("evaluate", "--model", model, "--data", test), Stream.of(more))
            .toArray());
  }

  private JsonNode metrics(Object... more) {
    CommandRun run = evaluate(Stream.concat(Stream.of("--json"), Stream.of(more)).toArray());
    assertThat(run.status()).as(run.err()).isZero();
    return run.json();
  }

  @Test
  void evaluatePrintsTheMetricsOfTwoClasses() {
    assertThat(train().status()).isZero();
    JsonNode json = metrics();
    assertThat(json.get("threshold").asDouble()).isEqualTo(0.5);
    double tp = json.get("truePositives").asDouble();
    double fp = json.get("falsePositives").asDouble();
    double fn = json.get("falseNegatives").asDouble();
    double tn = json.get("trueNegatives").asDouble();
    assertThat(json.get("precision").asDouble()).isCloseTo(tp / (tp + fp), within(1e-12));
    assertThat(json.get("recall").asDouble()).isCloseTo(tp / (tp + fn), within(1e-12));
    assertThat(json.get("f1").asDouble()).isCloseTo(2 * tp / (2 * tp + fp + fn), within(1e-12));
    assertThat(json.get("matthews").asDouble())
        .isCloseTo(
            (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
            within(1e-12));
    assertThat(json.get("logLoss").asDouble()).isCloseTo(json.get("cost").asDouble(), within(1e-6));
    assertThat(json.get("rocArea").asDouble()).isBetween(0.75, 0.95);
    assertThat(json.get("averagePrecision").asDouble()).isBetween(0.5, 0.95);
    assertThat(json.get("brierScore").asDouble()).isBetween(0.05, 0.25);
    assertThat(evaluate().out().lines().map(line -> line.split(" ")[0]))
        .containsSubsequence(
            "Data",
            "Accuracy",
            "ROC",
            "Avg",
            "Brier",
            "Log-loss",
            "Class",
            "Precision",
            "Recall",
            "F1",
            "Matthews",
            "",
            "actual",
            "yes",
            "no");
  }

  @Test
  void aThresholdOfTrainIsKeptAndUsed() throws IOException {
    CommandRun run = train("--threshold", 0.2, "--json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get("threshold").asDouble()).isCloseTo(0.2, within(1e-7));
    Model kept = ModelFile.read(model);
    assertThat(kept.threshold()).isEqualTo(0.2f);
    assertThat(CommandRun.of("info", model).out())
        .contains("Threshold  0.2: above it the class is yes");

    JsonNode low = metrics();
    JsonNode half = metrics("--threshold", 0.5);
    assertThat(low.get("recall").asDouble()).isGreaterThan(half.get("recall").asDouble());
    assertThat(low.get("rocArea")).isEqualTo(half.get("rocArea"));
    CommandRun predicted = CommandRun.of("predict", "--model", model, "--json", "--top", 2, test);
    long yes = 0;
    for (String line : predicted.out().lines().toList()) {
      JsonNode node = new ObjectMapper().readTree(line);
      yes += node.get("class").asText().equals("yes") ? 1 : 0;
    }
    assertThat(yes)
        .isEqualTo(low.get("truePositives").asLong() + low.get("falsePositives").asLong());
    // One row scores as the whole data set does.
    assertThat(kept.scorer().predictedClass(new float[] {0, 0}))
        .isEqualTo(kept.scorer().probability(new float[] {0, 0}) > 0.2f ? 1 : 0);
  }

  @Test
  void aThresholdIsChosenOnHeldOutDataAndWritten() {
    assertThat(train().status()).isZero();
    Path chosen = folder.resolve("chosen.h5");
    JsonNode json = metrics("--choose-threshold", "cost:1,5", "--out", chosen);
    assertThat(json.get("threshold").asDouble()).isLessThan(0.4);
    assertThat(ModelFile.read(chosen).threshold())
        .isEqualTo((float) json.get("threshold").asDouble());
    assertThat(ModelFile.read(chosen).weightsSha256())
        .isEqualTo(ModelFile.read(model).weightsSha256());
    double cost = json.get("falsePositives").asInt() + 5.0 * json.get("falseNegatives").asInt();
    for (double other : List.of(0.05, 0.1, 0.2, 0.3, 0.5, 0.7)) {
      JsonNode at = metrics("--threshold", other);
      assertThat(at.get("falsePositives").asInt() + 5.0 * at.get("falseNegatives").asInt())
          .isGreaterThanOrEqualTo(cost);
    }
  }

  @Test
  void trainChoosesAThresholdByFolds() {
    CommandRun run = train("--choose-threshold", "f1", "--seed", 3);
    assertThat(run.status()).as(run.err()).isZero();
    float first = ModelFile.read(model).threshold();
    assertThat(first).isNotEqualTo(0.5f).isBetween(0.1f, 0.6f);
    assertThat(run.out()).contains("Threshold       " + first + ": above it the class is yes");
    assertThat(train("--choose-threshold", "f1", "--seed", 3, "--threads", 2).status()).isZero();
    assertThat(ModelFile.read(model).threshold()).as("the same bits").isEqualTo(first);
    assertThat(train("--choose-threshold", "f1", "--seed", 3, "--folds", 3).status()).isZero();
    assertThat(ModelFile.read(model).threshold()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threshold 1.5|--threshold is a probability from 0 to 1, not 1.5",
        "--threshold 0.5 --choose-threshold f1|choose one of --threshold and --choose-threshold",
        "--choose-threshold f3|a rule for a threshold is f1, youden, cost:FP,FN or precision>=P",
        "--out x.h5|--out needs --calibrate, --threshold or --choose-threshold",
      })
  void optionsThatDoNotFitAreRefused(String options, String message) {
    assertThat(train().status()).isZero();
    CommandRun run = evaluate((Object[]) options.split(" "));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains(message);
  }

  @Test
  void whatCannotBeIsRefusedInOneLine() throws IOException {
    assertThat(train().status()).isZero();
    CommandRun path =
        CommandRun.of("train", "--train", train, "--l2", "1,2", "--choose-threshold", "f1");
    assertThat(path.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(path.err()).contains("are for one model; several penalties need --folds");
    Path one = Files.writeString(folder.resolve("one.csv"), "a,b,label\n1,2,yes\n2,1,yes\n");
    CommandRun run =
        CommandRun.of("evaluate", "--model", model, "--data", one, "--choose-threshold", "youden");
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.err()).contains("one.csv: all samples are of one class");
    assertThat(CommandRun.of("evaluate", "--model", model, "--data", one).out())
        .contains("ROC area  needs samples of both classes");
    Path worst = Files.writeString(folder.resolve("worst.csv"), "a,b,label\n9,9,no\n-9,-9,yes\n");
    CommandRun never =
        CommandRun.of(
            "evaluate", "--model", model, "--data", worst, "--choose-threshold", "precision>=0.9");
    assertThat(never.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(never.err())
        .contains("worst.csv: no threshold has a precision of 0.9, the highest is 0.5000");
    Path three =
        Files.writeString(folder.resolve("three.csv"), "a,label\n1,x\n2,y\n3,z\n1,x\n2,y\n3,z\n");
    CommandRun many =
        CommandRun.of("train", "--train", three, "--threshold", 0.3, "--iterations", 5);
    assertThat(many.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(many.err()).contains("are for two classes, not 3");
  }
}
