// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts from models, paths of penalties and folds, asked for on the command line. */
class SelectionCommandTest {

  @TempDir private Path folder;
  private Path train;
  private Path model;

  @BeforeEach
  void makeAFile() {
    // Noise decides nothing, so that a strong penalty is worse and a weak one over-fits.
    int m = 60;
    int d = 40;
    Random random = new Random(2);
    float[] x = new float[m * d];
    long[] y = new long[m];
    for (int j = 0; j < m; j++) {
      y[j] = j % 2;
      for (int i = 0; i < d; i++) {
        x[j * d + i] = (float) random.nextGaussian() + (i < 4 && y[j] == 1 ? 0.7f : 0);
      }
    }
    train = Hdf5Samples.write(folder.resolve("train.h5"), x, d, y);
    model = folder.resolve("model.h5");
  }

  private static void assertFails(int status, String message, Object... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(run.err()).contains(message);
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err().lines().filter(line -> !line.startsWith("Try "))).hasSize(1);
  }

  @Test
  void aPathIsATableOfWhatEachPenaltyLeadsTo() {
    CommandRun text =
        CommandRun.of(
            "train", "--train", train, "--test", train, "--solver", "newton", "--l2", "1,100,10");
    assertThat(text.err().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains(" are among those to learn");
    assertThat(text.status()).isZero();
    assertThat(text.out())
        .contains("Penalties       3, from strong to weak")
        .containsSubsequence("\n           100  ", "\n            10  ", "\n             1  ");
    JsonNode json =
        CommandRun.of("train", "--train", train, "--solver", "newton", "--l2", "1,100,10", "--json")
            .json();
    assertThat(json.at("/path")).hasSize(3);
    assertThat(json.at("/train/samples").asInt()).isEqualTo(60);
    assertThat(json.at("/path/0/l2").asDouble()).isEqualTo(100);
    JsonNode alone =
        CommandRun.of("train", "--train", train, "--solver", "newton", "--l2", "100", "--json")
            .json();
    assertThat(json.at("/path/0/weightsSha256")).isEqualTo(alone.at("/weightsSha256"));
    assertThat(json.at("/path/2/objective").asDouble())
        .isLessThan(json.at("/path/0/objective").asDouble());
    assertThat(json.at("/path/2/converged").asBoolean()).isTrue();
    assertThat(json.at("/path/2/testCost").isNull()).isTrue();
  }

  @Test
  void foldsPickThePenaltyThatTheModelIsTrainedWith() {
    Object[] args = {
      "train",
      "--train",
      train,
      "--solver",
      "newton",
      "--l2",
      "0.01:10000:7",
      "--folds",
      4,
      "--seed",
      5,
      "--model",
      model
    };
    CommandRun text = CommandRun.of(args);
    assertThat(text.err()).isEmpty();
    assertThat(text.status()).isZero();
    assertThat(text.out()).contains("Penalties       7, by 4 folds; * is picked");
    assertThat(text.out().lines().filter(line -> line.startsWith("* "))).hasSize(1);
    assertThat(model).exists();

    Object[] withJson = Arrays.copyOf(args, args.length + 2);
    withJson[args.length] = "--json";
    withJson[args.length + 1] = "--force";
    JsonNode json = CommandRun.of(withJson).json();
    JsonNode search = json.at("/search");
    assertThat(search.at("/folds").asInt()).isEqualTo(4);
    assertThat(search.at("/penalties")).hasSize(7);
    double picked = search.at("/picked").asDouble();
    assertThat(json.at("/l2").asDouble()).isEqualTo(picked);
    assertThat(picked).isGreaterThan(0.01).isLessThan(10000);
    double least =
        StreamSupport.stream(search.at("/penalties").spliterator(), false)
            .mapToDouble(one -> one.at("/logLoss").asDouble())
            .min()
            .orElseThrow();
    JsonNode best =
        StreamSupport.stream(search.at("/penalties").spliterator(), false)
            .filter(one -> one.at("/l2").asDouble() == picked)
            .findFirst()
            .orElseThrow();
    assertThat(best.at("/logLoss").asDouble()).isEqualTo(least);
    assertThat(best.at("/converged").asInt()).isEqualTo(4);

    JsonNode alone =
        CommandRun.of(
                "train",
                "--train",
                train,
                "--solver",
                "newton",
                "--l2",
                picked,
                "--seed",
                5,
                "--json")
            .json();
    assertThat(json.at("/weightsSha256")).isEqualTo(alone.at("/weightsSha256"));

    Object[] simple = Arrays.copyOf(withJson, withJson.length + 1);
    simple[withJson.length] = "--one-standard-error";
    JsonNode simplest = CommandRun.of(simple).json();
    assertThat(simplest.at("/search/picked").asDouble())
        .isGreaterThanOrEqualTo(picked)
        .isEqualTo(simplest.at("/search/oneStandardError").asDouble());
  }

  @Test
  void aLearningCurveTellsWhatMoreSamplesBring() {
    CommandRun text =
        CommandRun.of(
            "train", "--train", train, "--solver", "newton", "--l2", 10, "--learning-curve");
    assertThat(text.err()).isEmpty();
    assertThat(text.out()).contains("Learning curve", "held-out cost", "Weights SHA-256");
    JsonNode json =
        CommandRun.of(
                "train",
                "--train",
                train,
                "--solver",
                "newton",
                "--l2",
                10,
                "--learning-curve",
                "--folds",
                3,
                "--json")
            .json();
    assertThat(json.at("/learningCurve")).hasSize(6);
    assertThat(json.at("/learningCurve/5/samples").asDouble()).isEqualTo(40);
    assertThat(json.at("/learningCurve/5/heldOutCost").asDouble())
        .isLessThan(json.at("/learningCurve/0/heldOutCost").asDouble())
        .isCloseTo(json.at("/search/penalties/0/logLoss").asDouble(), within(1e-12));
    // The smallest share has fewer samples than a batch, which then has all of them.
    CommandRun inBatches =
        CommandRun.of("train", "--train", train, "--solver", "sgd", "--learning-curve", "--json");
    assertThat(inBatches.status()).as(inBatches.err()).isZero();
    assertThat(inBatches.json().at("/learningCurve")).hasSize(6);
    assertFails(
        2,
        "5 folds are more than the 2 samples of class 0",
        "train",
        "--train",
        Hdf5Samples.write(folder.resolve("few.h5"), 4, 3),
        "--learning-curve");
  }

  @Test
  void aModelIsAStart() {
    assertThat(
            CommandRun.of(
                    "train",
                    "--train",
                    train,
                    "--iterations",
                    30,
                    "--engine",
                    "primal",
                    "--model",
                    model)
                .status())
        .isZero();
    JsonNode more =
        CommandRun.of(
                "train",
                "--train",
                train,
                "--iterations",
                20,
                "--engine",
                "primal",
                "--from",
                model,
                "--json")
            .json();
    JsonNode whole =
        CommandRun.of("train", "--train", train, "--iterations", 50, "--engine", "primal", "--json")
            .json();
    assertThat(more.at("/weightsSha256")).isEqualTo(whole.at("/weightsSha256"));
    assertThat(more.at("/provenance/options/from").asText()).hasSize(64);
    JsonNode solved =
        CommandRun.of(
                "train",
                "--train",
                train,
                "--solver",
                "newton",
                "--l2",
                1,
                "--from",
                model,
                "--json")
            .json();
    JsonNode cold =
        CommandRun.of("train", "--train", train, "--solver", "newton", "--l2", 1, "--json").json();
    assertThat(solved.at("/converged").asBoolean()).isTrue();
    assertThat(solved.at("/objective").asDouble())
        .isCloseTo(cold.at("/objective").asDouble(), within(1e-8));
  }

  @Test
  void aModelOfAnotherShapeOrOtherClassesIsRefused() {
    Path wide = Hdf5Samples.write(folder.resolve("wide.h5"), 20, 7);
    assertThat(
            CommandRun.of("train", "--train", wide, "--iterations", 5, "--model", model).status())
        .isZero();
    assertFails(
        3,
        train + ": samples of 40 features (40), but the model " + model + " has 7 (7)",
        "train",
        "--train",
        train,
        "--from",
        model);
    assertFails(
        3, "no such file", "train", "--train", train, "--from", folder.resolve("missing.h5"));
    assertFails(3, "", "train", "--train", train, "--from", train);
    assertFails(
        2,
        "--init and --from are two starts",
        "train",
        "--train",
        train,
        "--from",
        model,
        "--init",
        "normal");
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    String list = "expected a number, several with commas between, or FROM:TO:N, not ";
    Object[][] wrong = {
      {"--l2", "1,,2", list + "'1,,2'"},
      {"--l2", "", list + "''"},
      {"--l2", "1,x", list + "'1,x'"},
      {"--l2", "1:2", list + "'1:2'"},
      {"--l2", "1,-1", "the penalty l2 is finite and at least 0, not -1.0"},
      {"--l2", "NaN", "the penalty l2 is finite and at least 0, not NaN"},
      {"--l2", "1,Infinity", "the penalty l2 is finite and at least 0, not Infinity"},
      {"--l2", "0:1:5", "two ends above 0 and finite"},
      {"--l2", "1:2:1", "from 2 to 1000 penalties, not 1"},
      {"--folds", "1", "folds are at least 2, not 1"},
      {"--folds", "31", "31 folds are more than the 30 samples of class 0"}
    };
    for (Object[] one : wrong) {
      assertFails(2, one[2].toString(), "train", "--train", train, one[0], one[1]);
    }
    assertFails(
        2, "--one-standard-error needs --folds", "train", "--train", train, "--one-standard-error");
    assertFails(
        2,
        "--model with several penalties needs --folds, which picks one",
        "train",
        "--train",
        train,
        "--l2",
        "1,2",
        "--model",
        model);
    assertFails(
        2,
        "--learning-curve of several penalties needs --folds",
        "train",
        "--train",
        train,
        "--l2",
        "1,2",
        "--learning-curve");
    assertThat(model).doesNotExist();
  }
}
