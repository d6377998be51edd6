// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  @TempDir private Path folder;

  @Test
  void withNoFileItTrainsOnTheDrawnCats() {
    CommandRun run = CommandRun.of("train", "--json");
    assertThat(run.status()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/train/file").asText()).isEqualTo("drawn-cats-train.h5 (bundled)");
    assertThat(json.at("/train/samples").asInt()).isEqualTo(209);
    assertThat(json.at("/train/features").asInt()).isEqualTo(12288);
    assertThat(json.at("/train/positives").asInt()).isEqualTo(104);
    assertThat(json.at("/test/samples").asInt()).isEqualTo(50);
    assertThat(json.at("/iterations").asInt()).isEqualTo(2000);
    assertThat(json.at("/learningRate").asDouble()).isEqualTo(0.005);
    assertThat(json.at("/engine").asText()).isEqualTo("gram");
    assertThat(json.at("/kernel").asText()).isEqualTo("simd");
    assertThat(json.at("/threads").asInt())
        .isBetween(1, Runtime.getRuntime().availableProcessors());
    assertThat(json.at("/costs")).hasSize(20);
    assertThat(json.at("/costs/0/iteration").asInt()).isZero();
    assertThat(json.at("/costs/0/cost").asDouble()).isCloseTo(Math.log(2), within(1e-7));
    assertThat(json.at("/costs/19/iteration").asInt()).isEqualTo(1900);
    assertThat(json.at("/trainAccuracy").asDouble()).isGreaterThan(0.95);
    assertThat(json.at("/testAccuracy").asDouble())
        .as("neither trivial nor hopeless")
        .isBetween(0.75, 0.95);
    assertThat(json.at("/bias").isNumber()).isTrue();
    assertThat(json.at("/weightsNorm").asDouble()).isPositive();
    assertThat(json.at("/weightsSha256").asText()).matches("[0-9a-f]{64}");
    for (String part : new String[] {"load", "train", "total"}) {
      assertThat(json.at("/seconds/" + part).asDouble()).as(part).isPositive();
    }
    assertThat(json.at("/provenance/options/learning-rate").asText()).isEqualTo("0.005");
    assertThat(json.at("/provenance/data/sha256").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void textAndJsonTellTheSameRun() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 20, 3);
    CommandRun text =
        CommandRun.of("train", "--train", train, "--iterations", 50, "--cost-every", 25);
    JsonNode json =
        CommandRun.of("train", "--train", train, "--iterations", 50, "--cost-every", 25, "--json")
            .json();
    assertThat(text.status()).isZero();
    assertThat(text.out())
        .contains("20 samples of 3 (10 1, 10 0)")
        .contains("50 iterations at 0.005, engine primal")
        .contains("Cost after iteration 0: 0.693147")
        .contains("Cost after iteration 25: ")
        .contains("Train accuracy  100.00 % (20 of 20)")
        .contains(json.at("/weightsSha256").asText())
        .doesNotContain("Test");
    assertThat(json.at("/test").isNull()).isTrue();
    assertThat(json.at("/testAccuracy").isNull()).isTrue();
  }

  @Test
  void itEndsWithWhatToDoNext() {
    CommandRun alone = CommandRun.of("train", "--iterations", 1);
    assertThat(alone.out()).contains("Next            --model FILE saves the model");
    Path model = folder.resolve("next.h5");
    CommandRun saved = CommandRun.of("train", "--iterations", 1, "--model", model);
    assertThat(saved.out().lines().toList())
        .endsWith(
            "Next            lanewise evaluate --model " + model + " --data FILE",
            "                lanewise predict --model " + model + " FILE",
            "                lanewise report --model " + model + " --data FILE");
    CommandRun quiet = CommandRun.of("train", "--iterations", 1, "--quiet");
    assertThat(quiet.out()).doesNotContain("Next");
  }

  @Test
  void anUnknownChoiceIsToldWithWhatThereIs() {
    assertThat(CommandRun.of("train", "--solver", "newtn").err())
        .startsWith(
            "lanewise: --solver is gd, newton, lbfgs or sgd, not 'newtn'; did you mean newton?");
    assertThat(CommandRun.of("train", "--kernel", "fast").err())
        .startsWith("lanewise: --kernel is auto, simd or scalar, not 'fast'\n");
  }

  @Test
  void aModelIsNotWrittenUnderTheNameOfAnotherFormat() {
    Path target = folder.resolve("model.onnx");
    CommandRun run = CommandRun.of("train", "--iterations", 1, "--model", target);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("model.onnx: a model is a file of HDF5, expected a name like");
    assertThat(target).doesNotExist();
  }

  @Test
  void accuraciesStandBesideThatOfTheMostFrequentClass() {
    CommandRun run = CommandRun.of("train", "--iterations", 300);
    assertThat(run.out()).contains("Train accuracy  90.91 % (190 of 209), cost 0.272661;");
    assertThat(run.out()).contains("; always non-cat: 50.24 %\n");
  }

  @Test
  void anUnknownOptionIsNamedAlone() {
    CommandRun option = CommandRun.of("train", "--iteration", 100);
    assertThat(option.status()).isEqualTo(2);
    assertThat(option.err())
        .startsWith("lanewise: there is no option '--iteration'; did you mean --iterations")
        .doesNotContain("100");
    assertThat(CommandRun.of("tain").err())
        .startsWith("lanewise: there is no command 'tain'; did you mean train");
    assertThat(CommandRun.of("train", "data.csv").err())
        .startsWith("lanewise: 'data.csv' is too much");
  }

  @Test
  void moreSamplesThanTheGramEngineTakesAreAUsageError() {
    Path train = Hdf5Samples.write(folder.resolve("many.h5"), 16385, 1);
    CommandRun run = CommandRun.of("train", "--train", train, "--engine", "gram");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("1073872900 bytes").contains("more than the 1073741824");
  }

  @Test
  void theEngineThatIsAskedForRuns() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 20, 3);
    for (String engine : new String[] {"primal", "gram"}) {
      CommandRun run =
          CommandRun.of("train", "--train", train, "--iterations", 9, "--engine", engine, "--json");
      assertThat(run.json().at("/engine").asText()).isEqualTo(engine);
      assertThat(run.json().at("/provenance/engine").asText()).isEqualTo(engine);
    }
  }

  @Test
  void solversSayWhereTheyCameTo() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 60, 5);
    for (String solver : new String[] {"newton", "lbfgs"}) {
      CommandRun run =
          CommandRun.of("train", "--train", train, "--solver", solver, "--l2", 1, "--json");
      assertThat(run.status()).isZero();
      assertThat(run.err()).isEmpty();
      JsonNode json = run.json();
      assertThat(json.at("/solver").asText()).isEqualTo(solver);
      assertThat(json.at("/converged").asBoolean()).isTrue();
      assertThat(json.at("/stopReason").asText()).isIn("gradient", "no-progress");
      assertThat(json.at("/objective").asDouble()).isBetween(0.0, 0.69);
      assertThat(json.at("/gradientNorm").asDouble()).isBetween(0.0, 1e-4);
      assertThat(json.at("/relativeGradientNorm").asDouble()).isLessThan(1e-4);
      assertThat(json.at("/passes").asDouble()).isGreaterThan(2);
      assertThat(json.at("/learningRate").isNull()).isTrue();
      assertThat(json.at("/provenance/options/solver").asText()).isEqualTo(solver);
      CommandRun text = CommandRun.of("train", "--train", train, "--solver", solver, "--l2", 1);
      assertThat(text.out())
          .contains("Training        " + solver)
          .contains("Converged       ")
          .contains("Objective       ")
          .contains(json.at("/weightsSha256").asText());
    }
  }

  @Test
  void gradientDescentSaysWhereItCameToAsWell() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 60, 5);
    JsonNode json = CommandRun.of("train", "--train", train, "--l2", 1, "--json").json();
    assertThat(json.at("/solver").asText()).isEqualTo("gd");
    assertThat(json.at("/converged").asBoolean()).isFalse();
    assertThat(json.at("/stopReason").asText()).isEqualTo("iterations");
    assertThat(json.at("/objective").asDouble()).isBetween(0.0, 0.69);
    assertThat(json.at("/iterations").asInt()).isEqualTo(2000);
  }

  @Test
  void whatDoesNotConvergeIsAWarningAndNoFailure() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 60, 5);
    CommandRun run = CommandRun.of("train", "--train", train, "--solver", "newton");
    assertThat(run.status()).isZero();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("the classes are separable");
    assertThat(run.out()).contains("Not converged");
  }

  @Test
  void optionsOfAnotherSolverAreRefused() {
    for (String[] wrong :
        new String[][] {
          {
            "newton",
            "--learning-rate",
            "0.1",
            "--learning-rate needs --solver gd or sgd, not newton"
          },
          {"lbfgs", "--engine", "gram", "--engine needs --solver gd, not lbfgs"},
          {"newton", "--l1", "1", "newton takes no l1 penalty"},
          {"newton", "--tolerance", "2", "the tolerance is above 0 and below 1, not 2.0"}
        }) {
      CommandRun run = CommandRun.of("train", "--solver", wrong[0], wrong[1], wrong[2]);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).startsWith("lanewise: ").contains(wrong[3]);
      assertThat(run.err().lines()).hasSize(2);
    }
  }

  @Test
  void penaltiesAndWeightsAreTaken() {
    Path train = folder.resolve("weighted.h5");
    float[] x = {1, 2, 3, 4, 5, 6, 7, 8};
    Hdf5Writer.write(
        train,
        new Hdf5Content()
            .float32("X", x, 4, 2)
            .int64("y", new long[] {0, 1, 0, 1}, 4)
            .float64("s", new double[] {1, 2, 0, 1}, 4));
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            train,
            "--weights",
            "s",
            "--l2",
            2,
            "--class-weight",
            "1=3",
            "--json");
    assertThat(run.status()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/l2").asDouble()).isEqualTo(2);
    assertThat(json.at("/l1").asDouble()).isZero();
    assertThat(json.at("/provenance/options/class-weight").asText()).isEqualTo("1=3.0");
    assertThat(CommandRun.of("train", "--train", train, "--labels", "y", "--json").json())
        .extracting(plain -> plain.at("/weightsSha256"))
        .isNotEqualTo(json.at("/weightsSha256"));
    CommandRun gram = CommandRun.of("train", "--train", train, "--l1", 1, "--engine", "gram");
    assertThat(gram.status()).isEqualTo(2);
    assertThat(gram.err().lines()).hasSize(1);
    assertThat(gram.err()).contains("take the primal engine");
  }

  @Test
  void theModelIsWrittenAndNothingElse() throws IOException {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 20, 3);
    Path model = folder.resolve("model.h5");
    CommandRun run = CommandRun.of("train", "--train", train, "--model", model);
    assertThat(run.status()).isZero();
    assertThat(filesIn(folder)).containsExactlyInAnyOrder("train.h5", "model.h5");
  }

  @Test
  void normalWeightsDependOnTheSeedAlone() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 20, 30);
    String seven = sha256("--train", train, "--init", "normal", "--seed", 7);
    assertThat(sha256("--train", train, "--init", "normal", "--seed", 7)).isEqualTo(seven);
    assertThat(sha256("--train", train, "--init", "normal", "--seed", 8)).isNotEqualTo(seven);
  }

  @Test
  void everyKernelGivesTheSameModel() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 300, 30);
    String scalar = sha256("--train", train, "--kernel", "scalar");
    assertThat(sha256("--train", train, "--kernel", "simd")).isEqualTo(scalar);
    assertThat(sha256("--train", train, "--lanes", 4)).isEqualTo(scalar);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameModel() {
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), 1100, 500);
    String one = sha256("--train", train, "--threads", 1);
    for (int threads : new int[] {2, 3, 4, 8}) {
      assertThat(sha256("--train", train, "--threads", threads)).isEqualTo(one);
    }
  }

  @Test
  void optionsThatAreWrongAreRefusedInOneLine() {
    assertUsage("--iterations", "-1", "iterations are at least 0, not -1");
    assertUsage("--learning-rate", "0", "the learning rate is positive and finite, not 0.0");
    assertUsage("--learning-rate", "fast", "'fast' is not a double");
    assertUsage("--kernel", "gpu", "--kernel");
    assertUsage("--engine", "steam", "--engine");
    assertUsage("--init", "ones", "numpy:SCALE (as numpy:0.01) or numpy:fan-in, not 'ones'");
    assertUsage("--init", "numpy:0", "the factor of NumPy's normal numbers is");
    assertUsage("--lanes", "5", "lanes are 4, 8 or 16, not 5");
    assertUsage("--threads", "0", "threads are from 1 to 1024, not 0");
    assertUsage("--threads", "1025", "threads are from 1 to 1024, not 1025");
    assertUsage("--cost-every", "-1", "at least 0 (never), not -1");
    assertUsage("--l2", "-1", "the penalty l2 is finite and at least 0, not -1.0");
    assertUsage("--l1", "Infinity", "the penalty l1 is finite and at least 0, not Infinity");
    assertUsage("--class-weight", "heavy", "class weights are 'balanced' or CLASS=WEIGHT");
    assertUsage("--class-weight", "dog=2", "there is no class 'dog' to weigh");
    assertUsage("--class-weight", "1=-2", "the weight of class '1' is finite");
    assertUsage("--solver", "magic", "--solver");
    assertUsage("--tolerance", "1e-3", "--tolerance needs --solver newton, lbfgs or sgd, not gd");
    assertUsage("--weights", "s", "--weights needs --train");
    assertUsage("--test", "x.h5", "--test needs --train");
    assertUsage("--no-such-option", "1", "--no-such-option");
  }

  private static void assertUsage(String option, String value, String message) {
    CommandRun run = CommandRun.of("train", option, value);
    assertThat(run.status()).as(option).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("lanewise: ").contains(message).contains("--help");
  }

  @Test
  void scalarKernelsHaveNoLanes() {
    CommandRun run = CommandRun.of("train", "--kernel", "scalar", "--lanes", 8);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("scalar kernels have no lanes to choose");
  }

  @Test
  void divergenceEndsWithStatus4AndNoModel() throws IOException {
    float[] x = {1e30f, -1e30f, -3e30f, 2e30f};
    Path train = Hdf5Samples.write(folder.resolve("train.h5"), x, 2, new long[] {0, 1});
    CommandRun run =
        CommandRun.of(
            "train", "--train", train, "--learning-rate", 1e10, "--model", folder.resolve("m.h5"));
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).startsWith("lanewise: diverged at iteration ");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(filesIn(folder)).containsExactly("train.h5");
  }

  @Test
  void oneClassOnlyIsAWarning() {
    Path train =
        Hdf5Samples.write(
            folder.resolve("train.h5"), new float[] {1, 2, 3, 4}, 2, new long[] {1, 1});
    CommandRun run = CommandRun.of("train", "--train", train);
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("warning").contains("every label is 1");
  }

  @Test
  void theStorageIsToldAndChangesNothing() {
    Path file = Hdf5Samples.write(folder.resolve("stored.h5"), 20, 3);
    String digest = null;
    for (String map : List.of("never", "always", "auto")) {
      CommandRun run =
          CommandRun.of("train", "--train", file, "--iterations", 5, "--map", map, "--json");
      assertThat(run.json().at("/train/storage").asText())
          .isEqualTo(map.equals("always") ? "mapped floats" : "floats");
      String found = run.json().at("/weightsSha256").asText();
      assertThat(found).hasSize(64).isEqualTo(digest == null ? found : digest);
      digest = found;
    }
    CommandRun cats = CommandRun.of("train", "--iterations", 2, "--json");
    assertThat(cats.json().at("/train/storage").asText()).isEqualTo("bytes");
    assertThat(CommandRun.of("info", file, "--map", "always").out())
        .contains("Storage    mapped floats, 240 bytes");
  }

  static String[] filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
    }
  }

  private static String sha256(Object... options) {
    Object[] words =
        Stream.concat(Stream.of("train", "--json", "--iterations", "60"), Stream.of(options))
            .toArray();
    CommandRun run = CommandRun.of(words);
    assertThat(run.err()).isEmpty();
    return run.json().at("/weightsSha256").asText();
  }
}
