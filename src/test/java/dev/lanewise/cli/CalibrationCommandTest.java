// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calibrated probabilities, intervals, importance and explanations on the command line. */
class CalibrationCommandTest {

  @TempDir private Path folder;

  private Path train;
  private Path test;
  private Path many;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    train = table("train.csv", 1, 2);
    test = table("test.csv", 2, 2);
    many = table("many.csv", 3, 3);
    model = folder.resolve("m.h5");
  }

  private Path table(String name, long seed, int classes) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("a,b,color,label\n");
    for (int j = 0; j < 300; j++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      String color = random.nextBoolean() ? "red" : "blue";
      double z = a + b / 2 + random.nextGaussian() + (color.equals("red") ? 0.5 : 0);
      int label = classes == 2 ? z > 0.5 ? 1 : 0 : z > 1 ? 2 : z > 0 ? 1 : 0;
      text.append(a + "," + b + "," + color + ",k" + label + "\n");
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
                    "--solver",
                    "newton",
                    "--l2",
                    "1",
                    "--scale",
                    "standard",
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

  @ParameterizedTest
  @ValueSource(strings = {"platt", "isotonic", "temperature"})
  void trainCalibratesOnFoldsAndTheModelKeepsIt(String kind) throws IOException {
    CommandRun run = train(train, "--calibrate", kind, "--json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode told = run.json().get("calibration");
    assertThat(told.get("kind").asText()).isEqualTo(kind);
    assertThat(CommandRun.of("info", "--json", model).json().get("calibration")).isEqualTo(told);
    assertThat(CommandRun.of("info", model).out()).contains("Calibrated " + kind);

    Model calibrated = ModelFile.read(model);
    Model raw = calibrated.withCalibration(java.util.Optional.empty());
    try (Dataset data = Datasets.read(test, ReadOptions.labelled().like(calibrated.schema()))) {
      var kernels = KernelChoice.choose(KernelRequest.scalar(), warning -> {});
      Predictions after = calibrated.predict(data, kernels);
      Predictions before = raw.predict(data, kernels);
      float[] probabilities = new float[2];
      for (int j = 0; j < data.samples(); j++) {
        assertThat(after.score(j))
            .isEqualTo((float) calibrated.calibration().orElseThrow().score(before.score(j)));
        float[] row = data.features().column(j);
        calibrated.scorer().probabilities(row, probabilities);
        assertThat(probabilities[1]).isCloseTo(after.probability(j), within(1e-6f));
        assertThat(calibrated.scorer().predictedClass(row)).isEqualTo(after.predictedClass(j));
      }
    }
    CommandRun again = CommandRun.of("reproduce", model, "--train", train);
    assertThat(again.status()).as(again.out()).isZero();
    Path exported = folder.resolve("m.json");
    assertThat(CommandRun.of("export", "--model", model, "--out", exported).status()).isZero();
    assertThat(new ObjectMapper().readTree(exported.toFile()).get("calibration")).isEqualTo(told);
  }

  @Test
  void evaluateCalibratesOnItsDataAndWritesTheModel() {
    assertThat(train(train).status()).isZero();
    double before = evaluate("--json").json().get("logLoss").asDouble();
    Path out = folder.resolve("c.h5");
    CommandRun run = evaluate("--calibrate", "platt", "--out", out, "--json");
    assertThat(run.status()).as(run.err()).isZero();
    double after = run.json().get("logLoss").asDouble();
    assertThat(after).isLessThan(before + 1e-3);
    CommandRun written = CommandRun.of("evaluate", "--model", out, "--data", test, "--json");
    assertThat(written.json().get("logLoss").asDouble()).isEqualTo(after);
    assertThat(CommandRun.of("evaluate", "--model", out, "--data", test).out())
        .contains("Calibr.   platt, log-odds times");
    // A calibrated model is calibrated from its own scores again.
    CommandRun twice =
        CommandRun.of("evaluate", "--model", out, "--data", test, "--calibrate", "platt", "--json");
    assertThat(twice.json().get("calibration")).isEqualTo(run.json().get("calibration"));
  }

  @Test
  void theThresholdIsChosenOnCalibratedProbabilities() {
    assertThat(
            train(train, "--calibrate", "temperature", "--choose-threshold", "cost:1,9").status())
        .isZero();
    float threshold = ModelFile.read(model).threshold();
    assertThat(train(train, "--choose-threshold", "cost:1,9").status()).isZero();
    assertThat(threshold).isNotEqualTo(ModelFile.read(model).threshold());
  }

  @Test
  void manyClassesHaveATemperature() {
    CommandRun run = train(many, "--calibrate", "temperature", "--json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get("calibration").get("temperature").asDouble()).isPositive();
    assertThat(CommandRun.of("reproduce", model, "--train", many).status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "platt,softmax",
    "isotonic,softmax",
    "temperature,ovr",
  })
  void otherCalibrationsOfManyClassesAreRejected(String kind, String way) {
    CommandRun run = train(many, "--calibrate", kind, "--multi-class", way);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("more than two classes are calibrated by temperature, and with softmax only");
  }

  @Test
  void intervalsDependOnTheSeed() {
    assertThat(train(train).status()).isZero();
    JsonNode first = evaluate("--bootstrap", "50", "--json").json();
    JsonNode interval = first.get("intervals95").get("rocArea");
    assertThat(interval.get(0).asDouble()).isLessThan(first.get("rocArea").asDouble());
    assertThat(interval.get(1).asDouble()).isGreaterThan(first.get("rocArea").asDouble());
    assertThat(evaluate("--bootstrap", "50", "--json").json().get("intervals95"))
        .isEqualTo(first.get("intervals95"));
    assertThat(evaluate("--bootstrap", "50", "--seed", "1", "--json").json().get("intervals95"))
        .isNotEqualTo(first.get("intervals95"));
    assertThat(evaluate("--bootstrap", "50").out()).contains("95 % intervals, by the bootstrap");
    assertThat(evaluate("--bootstrap", "1").err()).contains("from 2 to 100000 draws, not 1");
  }

  @Test
  void oneClassHasNoIntervalOfTheArea() throws IOException {
    assertThat(train(train).status()).isZero();
    java.util.List<String> lines =
        Files.readAllLines(test).stream().filter(line -> !line.endsWith("k1")).toList();
    Files.write(test, lines);
    CommandRun run = evaluate("--bootstrap", "20", "--json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get("intervals95").get("rocArea").isNull()).isTrue();
    assertThat(run.json().get("intervals95").get("accuracy")).hasSize(2);
    assertThat(evaluate("--bootstrap", "20").out())
        .contains("ROC area  needs samples of both classes");
  }

  @Test
  void importanceIsOfColumnsNotOfTheirLevels() {
    assertThat(train(train).status()).isZero();
    JsonNode columns = evaluate("--importance", "5", "--json").json().get("importance");
    assertThat(columns).hasSize(3);
    assertThat(columns.get(0).get("column").asText()).isEqualTo("a");
    assertThat(columns.get(0).get("logLoss").asDouble())
        .isGreaterThan(columns.get(2).get("logLoss").asDouble());
    assertThat(columns.get(2).get("column").asText()).isEqualTo("color");
    assertThat(evaluate("--importance", "5").out()).contains("log-loss grows by");
    assertThat(evaluate("--importance", "0").err()).contains("at least once, not 0 times");
  }

  @Test
  void predictionsAreExplained() throws IOException {
    assertThat(train(train).status()).isZero();
    CommandRun text = CommandRun.of("predict", "--model", model, "--explain", test);
    assertThat(text.status()).as(text.err()).isZero();
    assertThat(text.out().lines().findFirst().orElseThrow())
        .containsPattern("\\ta [+-][0-9.]+")
        .containsPattern("\\tcolor [+-][0-9.]+");
    CommandRun json = CommandRun.of("predict", "--model", model, "--explain", "--json", test);
    JsonNode first = new ObjectMapper().readTree(json.out().lines().findFirst().orElseThrow());
    assertThat(first.get("contributions")).hasSize(3);
    double sum = 0;
    for (JsonNode one : first.get("contributions")) {
      sum += one.asDouble();
    }
    boolean positive = first.get("class").asText().equals("k1");
    double bias = ModelFile.read(model).bias() * (positive ? 1 : -1);
    assertThat(1 / (1 + Math.exp(-(sum + bias))))
        .isCloseTo(first.get("probability").asDouble(), within(1e-6));

    assertThat(CommandRun.of("predict", "--model", model, "--explain", "--csv", test).err())
        .contains("not --csv");
    CommandRun network =
        CommandRun.of(
            "train",
            "--force",
            "--train",
            train,
            "--hidden",
            "2",
            "--epochs",
            "1",
            "--model",
            model);
    assertThat(network.status()).isZero();
    CommandRun refused = CommandRun.of("predict", "--model", model, "--explain", test);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("without hidden layers");
    assertThat(evaluate("--importance", "2").status()).isZero();
  }

  @Test
  void whatIsNotForThisIsRejected() {
    assertThat(train(train, "--calibrate", "beta").status()).isEqualTo(2);
    CommandRun path =
        CommandRun.of(
            "train", "--train", train, "--solver", "newton", "--l2", "1,2", "--calibrate", "platt");
    assertThat(path.err()).contains("--calibrate is for one model");
    assertThat(train(many).status()).isZero();
    CommandRun intervals =
        CommandRun.of("evaluate", "--model", model, "--data", many, "--bootstrap", "9");
    assertThat(intervals.err()).contains("--bootstrap is for two classes");
  }
}
