// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lanewise train --solver sgd}. */
class SgdCommandTest {

  @TempDir private Path folder;

  private Path data() {
    return Hdf5Samples.write(folder.resolve("train.h5"), 60, 5);
  }

  private static CommandRun run(Path data, Object... options) {
    List<Object> words = new ArrayList<>(List.of("train", "--train", data, "--solver", "sgd"));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray());
  }

  @Test
  void textAndJsonTellTheSameRun() {
    Path data = data();
    Object[] options = {"--batch-size", 16, "--epochs", 4, "--momentum", 0.9, "--nesterov"};
    CommandRun text = run(data, options);
    assertThat(text.status()).isZero();
    assertThat(text.err()).isEmpty();
    CommandRun run = run(data, append(options, "--json"));
    assertThat(run.err()).isEmpty();
    JsonNode json = run.json();
    assertThat(json.at("/solver").asText()).isEqualTo("sgd");
    assertThat(json.at("/iterations").asInt()).isEqualTo(4);
    assertThat(json.at("/learningRate").asDouble()).isEqualTo(0.005);
    assertThat(json.at("/tolerance").isNull()).isTrue();
    assertThat(json.at("/sgd/batchSize").asInt()).isEqualTo(16);
    assertThat(json.at("/sgd/optimizer").asText()).isEqualTo("sgd");
    assertThat(json.at("/sgd/momentum").asDouble()).isEqualTo(0.9);
    assertThat(json.at("/sgd/nesterov").asBoolean()).isTrue();
    assertThat(json.at("/sgd/schedule").asText()).isEqualTo("constant");
    assertThat(json.at("/sgd/decay").isNull()).isTrue();
    assertThat(json.at("/sgd/heldOutSamples").asInt()).isZero();
    assertThat(json.at("/sgd/bestEpoch").isNull()).isTrue();
    assertThat(json.at("/costs")).hasSize(4);
    assertThat(json.at("/costs/0/iteration").asInt()).isEqualTo(1);
    assertThat(json.at("/stopReason").asText()).isEqualTo("iterations");
    assertThat(json.at("/converged").asBoolean()).isFalse();
    assertThat(json.at("/objective").asDouble()).isBetween(0.0, 0.69);
    assertThat(json.at("/relativeGradientNorm").asDouble()).isPositive();
    // An epoch and a look at the cost, four times, and a look at zero weights.
    assertThat(json.at("/passes").asDouble()).isEqualTo(9);
    assertThat(json.at("/provenance/options/batch-size").asText()).isEqualTo("16");
    assertThat(json.at("/provenance/options/nesterov").asText()).isEqualTo("true");
    assertThat(text.out())
        .contains("sgd, 4 epochs of batches of 16 at 0.005, momentum 0.9 (nesterov), ")
        .contains("Cost after epoch 1: ")
        .contains("Not converged   4 epochs, 9.0 passes over the data (iterations)")
        .contains(json.at("/weightsSha256").asText());
  }

  @Test
  void aHeldOutPartIsTold() {
    Path data = data();
    Object[] options = {
      "--holdout", 0.2, "--patience", 2, "--optimizer", "adam", "--schedule", "step", "--epochs", 3
    };
    JsonNode json = run(data, append(options, "--json")).json();
    assertThat(json.at("/learningRate").asDouble()).isEqualTo(0.001);
    assertThat(json.at("/sgd/optimizer").asText()).isEqualTo("adam");
    assertThat(json.at("/sgd/momentum").isNull()).isTrue();
    assertThat(json.at("/sgd/decay").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/sgd/decayEvery").asInt()).isEqualTo(10);
    assertThat(json.at("/sgd/holdout").asDouble()).isEqualTo(0.2);
    assertThat(json.at("/sgd/patience").asInt()).isEqualTo(2);
    assertThat(json.at("/sgd/heldOutSamples").asInt()).isEqualTo(12);
    assertThat(json.at("/sgd/heldOutCost").asDouble()).isBetween(0.0, 0.7);
    assertThat(json.at("/sgd/bestEpoch").asInt()).isBetween(0, 3);
    assertThat(run(data, options).out())
        .contains("at 0.001 (step), adam, ")
        .contains("Held out        12 samples, cost ");
  }

  @Test
  void oneDigestWhateverComputes() {
    Path data = Hdf5Samples.write(folder.resolve("wide.h5"), 300, 900);
    String digest = null;
    for (Object[] options :
        new Object[][] {
          {"--kernel", "scalar"},
          {"--kernel", "simd", "--threads", 1},
          {"--lanes", 4, "--threads", 3},
          {"--map", "always"}
        }) {
      Object[] all = append(options, "--batch-size", 200, "--epochs", 3, "--momentum", 0.5);
      JsonNode json = run(data, append(all, "--json")).json();
      String found = json.at("/weightsSha256").asText();
      assertThat(found).hasSize(64).isEqualTo(digest == null ? found : digest);
      digest = found;
    }
  }

  @Test
  void divergenceEndsWithStatus4AndNoModel() throws IOException {
    float[] x = {1e30f, -1e30f, -3e30f, 2e30f};
    Path data = Hdf5Samples.write(folder.resolve("huge.h5"), x, 2, new long[] {0, 1});
    CommandRun run =
        run(
            data,
            "--learning-rate",
            1e10,
            "--batch-size",
            1,
            "--model",
            folder.resolve("model.h5"));
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("lanewise: diverged at epoch ").contains("scale the features");
    assertThat(TrainCommandTest.filesIn(folder)).containsExactly("huge.h5");
  }

  @Test
  void optionsThatAreWrongAreRefusedInOneLine() {
    Path data = data();
    for (String[] wrong :
        new String[][] {
          {"a batch has at least 1 sample, not 0", "--batch-size", "0"},
          {"epochs are at least 0, not -1", "--epochs", "-1"},
          {"the momentum is at least 0 and below 1, not 1.0", "--momentum", "1"},
          {"the momentum is at least 0 and below 1, not -0.5", "--momentum", "-0.5"},
          {"the momentum is at least 0 and below 1, not NaN", "--momentum", "NaN"},
          {"nesterov needs a momentum above 0", "--nesterov"},
          {"--momentum needs --optimizer sgd", "--optimizer", "adam", "--momentum", "0.9"},
          {"--nesterov needs --optimizer sgd", "--optimizer", "adam", "--nesterov"},
          {"--optimizer", "--optimizer", "magic"},
          {"expected constant, inverse-time, cosine or step", "--schedule", "never"},
          {
            "--decay needs --schedule inverse-time or step, not cosine",
            "--schedule",
            "cosine",
            "--decay",
            "1"
          },
          {"--decay-every needs --schedule step, not constant", "--decay-every", "2"},
          {
            "the decay of step is above 0 and below 1, not 1.5",
            "--schedule",
            "step",
            "--decay",
            "1.5"
          },
          {"at least 1, not 0", "--schedule", "step", "--decay-every", "0"},
          {"the fraction held out is at least 0 (none) and below 1, not 1.0", "--holdout", "1"},
          {"below 1, not -0.1", "--holdout", "-0.1"},
          {"0.001 of 60 samples is too little to hold out", "--holdout", "0.001"},
          {"none of the 30 samples of class 0 is left to learn from", "--holdout", "0.99"},
          {"--patience needs --holdout", "--patience", "3"},
          {"patience lasts at least 1 epoch, not 0", "--holdout", "0.1", "--patience", "0"},
          {"take one of them", "--holdout", "0.1", "--tolerance", "0.1"},
          {"the tolerance is above 0 and below 1, not 0.0", "--tolerance", "0"},
          {"--iterations needs --solver gd, newton or lbfgs, not sgd", "--iterations", "5"},
          {"--engine needs --solver gd, not sgd", "--engine", "gram"},
          {"the learning rate is positive and finite", "--learning-rate", "0"}
        }) {
      Object[] options = new Object[wrong.length - 1];
      System.arraycopy(wrong, 1, options, 0, options.length);
      CommandRun run = run(data, options);
      assertThat(run.status()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).as(run.err()).hasSize(2);
      assertThat(run.err()).startsWith("lanewise: ").contains(wrong[0]).contains("--help");
    }
  }

  @Test
  void optionsOfSgdNeedIt() {
    for (String[] wrong :
        new String[][] {
          {"--batch-size", "5"},
          {"--epochs", "5"},
          {"--optimizer", "adam"},
          {"--momentum", "0.5"},
          {"--nesterov"},
          {"--schedule", "cosine"},
          {"--decay", "0.5"},
          {"--decay-every", "5"},
          {"--patience", "5"}
        }) {
      for (String solver : new String[] {"gd", "newton", "lbfgs"}) {
        Object[] words = append(new Object[] {"train", "--solver", solver}, (Object[]) wrong);
        CommandRun run = CommandRun.of(words);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err())
            .startsWith("lanewise: " + wrong[0] + " needs --solver sgd, not " + solver);
      }
    }
  }

  private static Object[] append(Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray();
  }
}
