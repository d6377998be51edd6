// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with hidden layers, as the command line has them. */
class NetworkCommandTest {

  @TempDir private Path folder;

  /** Two classes that no line separates: inside a circle and outside. */
  private Path circles;

  /** Three rings. */
  private Path rings;

  @BeforeEach
  void write() throws IOException {
    circles = table("circles.csv", 120, 2);
    rings = table("rings.csv", 180, 3);
  }

  // The second feature has another scale, so that standardisation matters.
  private Path table(String name, int samples, int classes) throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int j = 0; j < samples; j++) {
      int label = j % classes;
      double radius = 0.5 + label + 0.2 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,ring%d%n",
              radius * Math.cos(angle),
              2 + 3 * radius * Math.sin(angle),
              label));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static CommandRun train(Path data, Object... options) {
    List<Object> words = new ArrayList<>(List.of("train", "--train", data));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray());
  }

  private static JsonNode json(Path data, Object... options) {
    List<Object> words = new ArrayList<>(List.of(options));
    words.add("--json");
    CommandRun run = train(data, words.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    return run.json();
  }

  private static String digest(Path data, Object... options) {
    return json(data, options).at("/weightsSha256").asText();
  }

  private Path model(Path data, Object... options) {
    Path model = folder.resolve("model" + Math.abs(List.of(options).hashCode()) + ".h5");
    List<Object> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("--model", model));
    CommandRun run = train(data, words.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    return model;
  }

  private static void assertRefused(CommandRun run, int status, String... said) {
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    assertThat(run.err().strip().lines().filter(line -> !line.startsWith("Try 'lanewise")))
        .hasSize(1);
    assertThat(run.err()).contains(said);
  }

  @ParameterizedTest
  @CsvSource({
    "gd,circles.csv,relu",
    "gd,rings.csv,tanh",
    "sgd,circles.csv,tanh",
    "sgd,rings.csv,relu",
    "lbfgs,circles.csv,sigmoid",
    "lbfgs,rings.csv,relu"
  })
  void everySolverButNewtonLearnsWhatOneNeuronCannot(
      String solver, String data, String activation) {
    List<Object> options =
        new ArrayList<>(
            List.of("--hidden", "8", "--activation", activation, "--scale", "standard"));
    options.addAll(List.of("--solver", solver, "--seed", 3));
    if (solver.equals("gd")) {
      options.addAll(List.of("--learning-rate", "0.5", "--iterations", "3000"));
    } else if (solver.equals("sgd")) {
      options.addAll(List.of("--learning-rate", "0.02", "--epochs", "150", "--batch-size", "20"));
    } else {
      options.addAll(List.of("--l2", "0.01"));
    }
    JsonNode json = json(folder.resolve(data), options.toArray());
    boolean two = data.startsWith("circles");
    assertThat(json.at("/trainAccuracy").asDouble()).isGreaterThan(0.95);
    assertThat(json.at("/solver").asText()).isEqualTo(solver);
    assertThat(json.at("/hidden/units").toString()).isEqualTo("[8]");
    assertThat(json.at("/hidden/activation").asText()).isEqualTo(activation);
    assertThat(json.at("/hidden/parameters").asInt()).isEqualTo(3 * 8 + 9 * (two ? 1 : 3));
    assertThat(json.at("/bias").isNull()).isTrue();
    assertThat(json.at("/standardized").asBoolean()).isTrue();
    assertThat(json.at("/multiClass").isNull()).isEqualTo(two);
    assertThat(json.at("/provenance/options/hidden").asText()).isEqualTo("8");
    assertThat(json.at("/provenance/options/activation").asText()).isEqualTo(activation);
    assertThat(json.at("/provenance/options/init").asText())
        .isEqualTo(activation.equals("relu") ? "he" : "glorot");
    assertThat(json.at("/costs/0/cost").asDouble()).isPositive();
    assertThat(json.at("/objective").asDouble()).isLessThan(json.at("/costs/0/cost").asDouble());
    // One neuron.
    assertThat(
            json(folder.resolve(data), "--solver", "newton", "--scale", "standard")
                .at("/trainAccuracy")
                .asDouble())
        .isLessThan(0.75);
  }

  @Test
  void withoutASolverItIsAdamInBatchesOf200() {
    JsonNode json = json(circles, "--hidden", "4,3", "--epochs", 2);
    assertThat(json.at("/solver").asText()).isEqualTo("sgd");
    assertThat(json.at("/learningRate").asDouble()).isEqualTo(0.001);
    assertThat(json.at("/sgd/optimizer").asText()).isEqualTo("adam");
    assertThat(json.at("/sgd/batchSize").asInt()).isEqualTo(200);
    assertThat(json.at("/hidden/units").toString()).isEqualTo("[4,3]");
    assertThat(json.at("/hidden/parameters").asInt()).isEqualTo(3 * 4 + 5 * 3 + 4);
  }

  @Test
  void picturesAndAModelThatSaysWhatItIs() {
    Path model = folder.resolve("cats.h5");
    CommandRun run =
        CommandRun.of("train", "--hidden", "5,4", "--epochs", 3, "--seed", 1, "--model", model);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).doesNotContain("Bias");
    CommandRun info = CommandRun.of("info", model);
    assertThat(info.out())
        .contains("12288-5-4-1 network with 61464 weights")
        .contains("Hidden     layers of 5 and 4 units with relu, 61474 parameters in all");
    JsonNode json = CommandRun.of("info", model, "--json").json();
    assertThat(json.at("/hidden/units").toString()).isEqualTo("[5,4]");
    assertThat(json.at("/hidden/parameters").asInt()).isEqualTo(12288 * 5 + 5 + 24 + 5);
    assertThat(json.at("/bias").isNull()).isTrue();
    assertThat(run.out()).contains(json.at("/weightsSha256").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"circles.csv", "rings.csv"})
  void evaluateAndPredictSayWhatTrainingSaid(String name) {
    Path data = folder.resolve(name);
    Path model =
        model(data, "--hidden", 6, "--solver", "lbfgs", "--scale", "standard", "--l2", "0.1");
    JsonNode trained =
        json(data, "--hidden", 6, "--solver", "lbfgs", "--scale", "standard", "--l2", "0.1");
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", data, "--json").json();
    assertThat(evaluated.at("/accuracy")).isEqualTo(trained.at("/trainAccuracy"));
    assertThat(evaluated.at("/cost")).isEqualTo(trained.at("/trainCost"));
    assertThat(CommandRun.of("evaluate", "--model", model, "--data", data).out())
        .contains("Accuracy");
    CommandRun text = CommandRun.of("predict", "--model", model, data);
    CommandRun csv = CommandRun.of("predict", "--model", model, "--csv", data);
    CommandRun lines = CommandRun.of("predict", "--model", model, "--json", data);
    assertThat(List.of(text.status(), csv.status(), lines.status())).containsOnly(0);
    assertThat(text.out()).contains("ring1");
    assertThat(csv.out()).contains("ring1");
    assertThat(lines.out()).contains("ring1");
  }

  @Test
  void exportsToOnnxAndJson() throws IOException {
    Path model = model(rings, "--hidden", "3,2", "--activation", "tanh", "--epochs", 2);
    Path onnx = folder.resolve("model.onnx");
    Path json = folder.resolve("model.json");
    assertThat(CommandRun.of("export", "--model", model, "--out", onnx).status()).isZero();
    assertThat(CommandRun.of("export", "--model", model, "--out", json).status()).isZero();
    assertThat(Files.size(onnx)).isPositive();
    assertThat(Files.readString(json)).contains("\"tanh\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gd", "sgd", "lbfgs"})
  void aWarmStartContinuesFromTheModelAndRejectsOtherLayers(String solver) {
    String count = solver.equals("sgd") ? "--epochs" : "--iterations";
    Path model = model(circles, "--hidden", "4,3", "--solver", solver, "--seed", 3, count, 5);
    String further =
        digest(circles, "--hidden", "4,3", "--solver", solver, "--seed", 3, "--from", model);
    assertThat(further).isNotEqualTo(ModelFile.read(model).weightsSha256());
    assertThat(digest(circles, "--hidden", "4,3", "--solver", solver, "--seed", 3, "--from", model))
        .isEqualTo(further);
    assertRefused(
        train(circles, "--hidden", "4", "--solver", solver, "--from", model),
        3,
        "the model to start from",
        "hidden layers [4, 3] with relu",
        "hidden layers [4] with relu");
    assertRefused(
        train(
            circles,
            "--hidden",
            "4,3",
            "--activation",
            "tanh",
            "--solver",
            solver,
            "--from",
            model),
        3,
        "the model to start from",
        "with relu",
        "with tanh");
    assertRefused(
        train(circles, "--solver", solver, "--from", model),
        3,
        "the model to start from",
        "no hidden layers");
    Path neuron = model(circles, "--iterations", 3);
    assertRefused(
        train(circles, "--hidden", "4,3", "--solver", solver, "--from", neuron),
        3,
        "it has no hidden layers, expected hidden layers [4, 3] with relu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gd", "sgd", "lbfgs"})
  void weightsOfClassesAndPenaltiesCount(String solver) {
    Object[] plain = {"--hidden", "4", "--solver", solver, "--scale", "standard"};
    List<String> digests = new ArrayList<>(List.of(digest(circles, plain)));
    String[][] more = {
      {"--class-weight", "ring0=3"},
      {"--l2", "0.5"},
      {"--l1", "0.5"},
      {"--seed", "9"},
      {"--init", "glorot"},
      {"--init", "numpy:0.1"},
      {"--activation", "sigmoid"}
    };
    for (String[] option : more) {
      List<Object> words = new ArrayList<>(List.of(plain));
      words.addAll(List.of(option));
      digests.add(digest(circles, words.toArray()));
    }
    assertThat(digests).doesNotHaveDuplicates();
  }

  /** A column of weights is the same as samples that stand there more often. */
  @Test
  void sampleWeightsCount() throws IOException {
    StringBuilder weighted = new StringBuilder("a,b,label,s\n");
    for (String line : Files.readAllLines(circles).subList(1, 121)) {
      weighted.append(line).append(line.endsWith("0") ? ",2\n" : ",1\n");
    }
    Path file = Files.writeString(folder.resolve("weighted.csv"), weighted);
    Object[] options = {"--hidden", 4, "--solver", "lbfgs", "--l2", 1, "--iterations", 5};
    List<Object> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("--weights", "s"));
    JsonNode ofWeights = json(file, words.toArray());
    words = new ArrayList<>(List.of(options));
    words.addAll(List.of("--class-weight", "ring0=2"));
    JsonNode ofClasses = json(circles, words.toArray());
    assertThat(ofWeights.at("/weightsSha256")).isEqualTo(ofClasses.at("/weightsSha256"));
  }

  @Test
  void holdoutSchedulesAndOptimizers() {
    List<String> digests = new ArrayList<>();
    String[][] all = {
      {"--optimizer", "sgd", "--learning-rate", "0.1"},
      {"--optimizer", "sgd", "--learning-rate", "0.1", "--momentum", "0.9"},
      {"--optimizer", "sgd", "--learning-rate", "0.1", "--momentum", "0.9", "--nesterov"},
      {"--optimizer", "adam"},
      {"--optimizer", "adam", "--l2", "1"},
      {"--optimizer", "adamw", "--l2", "1"},
      {"--dropout", "0.3"},
      {"--dropout", "0.4"},
      {"--schedule", "cosine"},
      {"--schedule", "step", "--decay-every", "2"},
      {"--schedule", "inverse-time"},
      {"--holdout", "0.2", "--patience", "3"}
    };
    for (String[] options : all) {
      List<Object> words =
          new ArrayList<>(List.of("--hidden", "6", "--epochs", 5, "--batch-size", 16));
      words.addAll(List.of(options));
      digests.add(digest(circles, words.toArray()));
    }
    assertThat(digests).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gd",
        "gd --l2 1",
        "sgd --optimizer sgd --momentum 0.9",
        "sgd --optimizer adam",
        "sgd --optimizer adamw --l2 1",
        "sgd --dropout 0.3 --holdout 0.2"
      })
  void aResumedRunHasTheBitsOfAWholeOne(String solver) {
    List<Object> options = new ArrayList<>(List.of("--hidden", "6,4", "--solver"));
    options.addAll(List.of(solver.split(" ")));
    boolean inBatches = solver.startsWith("sgd");
    String count = inBatches ? "--epochs" : "--iterations";
    if (inBatches) {
      options.addAll(List.of("--batch-size", 16));
    }
    Path checkpoint = folder.resolve("run.ckpt");
    String whole = digest(rings, with(options, count, 12));
    json(rings, with(options, count, 5, "--checkpoint", checkpoint));
    assertThat(
            digest(rings, with(options, count, 12, "--resume", checkpoint, "--kernel", "scalar")))
        .isEqualTo(whole);
    JsonNode info = CommandRun.of("info", checkpoint, "--json").json();
    assertThat(info.at("/options/hidden").asText()).isEqualTo("6,4");
    List<Object> other = new ArrayList<>(options);
    other.set(1, "6,5");
    assertRefused(
        train(rings, with(other, count, 12, "--resume", checkpoint)), 2, "hidden 6,4", "6,5");
    assertRefused(
        train(rings, with(options, count, 12, "--activation", "tanh", "--resume", checkpoint)),
        2,
        "activation relu",
        "tanh");
  }

  @Test
  void theCostOfSamplesHeldOutIsKeptForEachEpoch() {
    Object[] options = {
      "--hidden", 6, "--epochs", 7, "--batch-size", 16, "--holdout", 0.2, "--patience", 7
    };
    JsonNode json = json(circles, options);
    JsonNode costs = json.at("/sgd/heldOutCosts");
    assertThat(costs).hasSize(8);
    assertThat(costs.at("/0/epoch").asInt()).isZero();
    assertThat(costs.at("/7/epoch").asInt()).isEqualTo(7);
    int best = json.at("/sgd/bestEpoch").asInt();
    assertThat(costs.get(best).at("/cost")).isEqualTo(json.at("/sgd/heldOutCost"));
    CommandRun text = train(circles, options);
    assertThat(text.out())
        .contains("Cost after epoch 7: ")
        .contains(
            ", held out " + String.format(Locale.ROOT, "%.6f", costs.at("/7/cost").asDouble()));
    assertThat(json(circles, "--hidden", 6, "--epochs", 2).at("/sgd/heldOutCosts").isNull())
        .isTrue();
    // Of one versus the rest the mean over the classes.
    JsonNode ovr =
        json(rings, "--solver", "sgd", "--multi-class", "ovr", "--holdout", 0.2, "--epochs", 3);
    assertThat(ovr.at("/sgd/heldOutCosts")).hasSize(4);
  }

  private static Object[] with(List<Object> options, Object... more) {
    List<Object> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void foldsPickAPenaltyAndALearningCurveIsMade() {
    JsonNode json =
        json(
            circles,
            "--hidden",
            4,
            "--solver",
            "lbfgs",
            "--scale",
            "standard",
            "--l2",
            "100,1,0.01",
            "--folds",
            3);
    assertThat(json.at("/search").toString()).contains("0.01");
    assertThat(json.at("/trainAccuracy").asDouble()).isGreaterThan(0.9);
    JsonNode curve =
        json(
            circles,
            "--hidden",
            4,
            "--solver",
            "lbfgs",
            "--l2",
            "1",
            "--learning-curve",
            "--folds",
            2,
            "--iterations",
            20);
    assertThat(curve.at("/learningCurve")).isNotEmpty();
    assertThat(curve.at("/learningCurve/0").toString()).contains("trainAccuracy");
    CommandRun path = train(circles, "--hidden", 4, "--solver", "lbfgs", "--l2", "10,1");
    assertThat(path.status()).as(path.err()).isZero();
  }

  @Test
  void aSolutionAtZeroWeightsIsToldToBeNone() {
    CommandRun run =
        train(circles, "--hidden", 4, "--solver", "lbfgs", "--l2", 1000, "--seed", 1, "--json");
    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains("warning: the cost is 0.693147, and 0.693147 where the same is said of all")
        .contains("lower the penalty");
  }

  @Test
  void unitsThatDieAreTold() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("a,b,c,label\n");
    for (int j = 0; j < 120; j++) {
      int a = random.nextInt(1000);
      String rest = random.nextInt(1000) + "," + random.nextInt(1000);
      text.append(a).append(",").append(rest).append(a > 450 ? ",high" : ",low").append("\n");
    }
    Path large = Files.writeString(folder.resolve("large.csv"), text);
    CommandRun dead =
        train(large, "--hidden", 2, "--solver", "gd", "--learning-rate", 1, "--iterations", 100);
    assertThat(dead.status()).as(dead.err()).isZero();
    assertThat(dead.err()).contains("where the same is said of all samples");
    CommandRun fine =
        train(circles, "--hidden", 8, "--solver", "lbfgs", "--iterations", 200, "--seed", 1);
    assertThat(fine.err()).doesNotContain("the same is said of all");
  }

  @Test
  void aSweepDrawsItsOwnWeightsForEachSeed() {
    Object[] words = {
      "sweep",
      "--train",
      circles,
      "--hidden",
      "4",
      "--activation",
      "tanh",
      "--learning-rates",
      "0.1,1",
      "--iterations",
      "5,50",
      "--seeds",
      "1,2",
      "--scale",
      "standard",
      "--json"
    };
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode runs = run.json().at("/runs");
    assertThat(runs).hasSize(8);
    List<String> digests = new ArrayList<>();
    for (JsonNode one : runs) {
      String alone =
          digest(
              circles,
              "--hidden",
              4,
              "--activation",
              "tanh",
              "--solver",
              "gd",
              "--learning-rate",
              one.at("/learningRate").asText(),
              "--iterations",
              one.at("/iterations").asText(),
              "--seed",
              one.at("/seed").asText(),
              "--scale",
              "standard");
      assertThat(one.at("/weightsSha256").asText()).isEqualTo(alone);
      digests.add(alone);
    }
    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void badInputIsOneLine() {
    assertRefused(train(circles, "--hidden", "4,0"), 2, "hidden layer 2 has 0 units", "1 to");
    assertRefused(train(circles, "--hidden", "-3"), 2, "-3");
    assertRefused(train(circles, "--hidden", "a"), 2, "--hidden", "a");
    assertRefused(
        train(circles, "--hidden", "4", "--activation", "gelu"),
        2,
        "--activation",
        "relu",
        "tanh",
        "sigmoid",
        "identity",
        "gelu");
    assertRefused(train(circles, "--hidden", "4", "--dropout", "1"), 2, "dropout", "below 1");
    assertRefused(train(circles, "--hidden", "4", "--dropout", "NaN"), 2, "dropout", "NaN");
    assertRefused(train(circles, "--dropout", "0.2"), 2, "--dropout", "--hidden");
    assertRefused(train(circles, "--activation", "tanh"), 2, "--activation", "--hidden");
    assertRefused(
        train(circles, "--hidden", "4", "--solver", "newton"), 2, "newton", "sgd or lbfgs");
    assertRefused(
        train(circles, "--hidden", "4", "--solver", "gd", "--dropout", "0.2"), 2, "dropout", "gd");
    assertRefused(train(circles, "--hidden", "4", "--init", "zeros"), 2, "zero", "he");
    assertRefused(
        train(rings, "--hidden", "4", "--multi-class", "ovr"), 2, "one versus the rest", "softmax");
    assertRefused(train(circles, "--hidden", "4", "--engine", "gram"), 2, "--engine", "gd", "sgd");
    assertRefused(
        CommandRun.of("sweep", "--train", circles, "--hidden", "4", "--init", "zeros"),
        2,
        "zero",
        "he");
  }

  @Test
  void moreParametersThanMemorySaysBothNumbers() {
    assertRefused(
        CommandRun.of("train", "--hidden", "170000", "--epochs", "1"),
        4,
        "training a network of 2089300001 parameters with 209 samples of 12288 features needs ",
        "this machine has ");
    assertRefused(
        CommandRun.of("train", "--hidden", "400000", "--epochs", "1"),
        2,
        "12288 inputs for each of 400000 units");
  }

  @Test
  void aRunThatDivergesSaysWhereAndKeepsTheLastFiniteWeights() {
    Path model = folder.resolve("model.h5");
    for (String solver : new String[] {"gd", "sgd"}) {
      List<Object> words =
          new ArrayList<>(
              List.of("--hidden", "6,4", "--activation", "identity", "--solver", solver));
      words.addAll(List.of("--learning-rate", "30", "--model", model));
      if (solver.equals("sgd")) {
        words.addAll(List.of("--optimizer", "sgd"));
      } else {
        words.addAll(List.of("--cost-every", "1"));
      }
      CommandRun run = train(circles, words.toArray());
      assertThat(run.status()).as(run.err()).isEqualTo(4);
      assertThat(run.err().strip().lines()).hasSize(1);
      assertThat(run.err())
          .contains("diverged at " + (solver.equals("gd") ? "iteration" : "epoch"))
          .contains("learning rate of 3.0");
      assertThat(model).doesNotExist();
    }
  }

  @Test
  void theModelOfTheLastFiniteWeightsIsANetwork() {
    Path model = folder.resolve("model.h5");
    CommandRun run =
        train(
            circles,
            "--hidden",
            "6",
            "--activation",
            "identity",
            "--solver",
            "gd",
            "--cost-every",
            "1",
            "--learning-rate",
            "0.4",
            "--l2",
            "1000",
            "--model",
            model);
    assertThat(run.status()).as(run.err()).isEqualTo(4);
    Path kept = folder.resolve("model.h5.diverged");
    assertThat(run.err()).contains(kept.toString());
    Model last = ModelFile.read(kept);
    assertThat(last.isLinear()).isFalse();
    assertThat(last.layers().getFirst().units()).isEqualTo(6);
  }
}
