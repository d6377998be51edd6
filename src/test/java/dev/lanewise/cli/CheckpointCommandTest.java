// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are kept, as the command line has them. */
class CheckpointCommandTest {

  @TempDir private Path folder;

  private Path train;
  private Path checkpoint;

  @BeforeEach
  void prepare() {
    train = Hdf5Samples.write(folder.resolve("train.h5"), 40, 5);
    checkpoint = folder.resolve("run.ckpt");
  }

  private CommandRun train(Object... more) {
    Object[] args = new Object[more.length + 3];
    args[0] = "train";
    args[1] = "--train";
    args[2] = train;
    System.arraycopy(more, 0, args, 3, more.length);
    return CommandRun.of(args);
  }

  @Test
  void aRunGoesOnToMoreIterations() {
    JsonNode whole = train("--iterations", 90, "--cost-every", 20, "--json").json();
    CommandRun first =
        train("--iterations", 50, "--cost-every", 20, "--checkpoint", checkpoint, "--json");
    assertThat(first.status()).as(first.err()).isZero();
    CommandRun second =
        train(
            "--iterations",
            90,
            "--cost-every",
            20,
            "--resume",
            checkpoint,
            "--checkpoint",
            checkpoint,
            "--checkpoint-every",
            7,
            "--kernel",
            "scalar",
            "--json");
    JsonNode resumed = second.json();
    assertThat(resumed.at("/weightsSha256")).isEqualTo(whole.at("/weightsSha256"));
    assertThat(resumed.at("/costs")).isEqualTo(whole.at("/costs"));
    JsonNode info = CommandRun.of("info", checkpoint, "--json").json();
    assertThat(info.at("/kind").asText()).isEqualTo("checkpoint");
    assertThat(info.at("/completed").asInt()).isEqualTo(90);
    assertThat(info.at("/options/learning-rate").asText()).isEqualTo("0.005");
    assertThat(CommandRun.of("info", checkpoint).out()).contains("90 iterations are complete");
  }

  /** Which digest a file has, and that the data of an older one can be compared with it. */
  @Test
  void everyDigestOfDataSaysWhichItIs() throws Exception {
    Path old = Path.of(getClass().getResource("/checkpoint/version1.hdf5").toURI());
    Path table = Path.of(getClass().getResource("/checkpoint/table.csv").toURI());
    JsonNode data = CommandRun.of("info", table, "--json").json();
    JsonNode before = CommandRun.of("info", old, "--json").json().at("/data");
    assertThat(before.at("/digest").asText()).isEqualTo("chain");
    assertThat(before.at("/sha256")).isEqualTo(data.at("/sha256Chain"));
    assertThat(before.at("/standardizationSha256").isNull()).isTrue();
    assertThat(CommandRun.of("info", old).out())
        .contains("data SHA-256 " + before.at("/sha256").asText() + " (chain)");
    assertThat(CommandRun.of("info", table).out())
        .contains("SHA-256    " + data.at("/sha256").asText())
        .contains(data.at("/sha256Chain").asText() + " (as one chain, in older files)");
    train = table;
    Path model = folder.resolve("model.h5");
    CommandRun run =
        train(
            "--iterations",
            9,
            "--learning-rate",
            0.01,
            "--resume",
            old,
            "--checkpoint",
            checkpoint,
            "--model",
            model);
    assertThat(run.status()).as(run.err()).isZero();
    for (String place : List.of("/data", "/provenance/data")) {
      Path file = place.equals("/data") ? checkpoint : model;
      JsonNode after = CommandRun.of("info", file, "--json").json().at(place);
      assertThat(after.at("/digest").asText()).isEqualTo("blocks");
      assertThat(after.at("/sha256")).isEqualTo(data.at("/sha256"));
      assertThat(CommandRun.of("info", file).out())
          .contains("data SHA-256 " + data.at("/sha256").asText() + " (blocks)");
    }
  }

  @Test
  void anOtherOptionIsAUsageErrorAndNamed() {
    train("--iterations", 5, "--checkpoint", checkpoint);
    CommandRun run =
        train("--iterations", 5, "--resume", checkpoint, "--learning-rate", 0.1, "--l2", 1);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "lanewise: %s is of a run with learning-rate 0.005, and this one 0.1; l2 0.0, and this one 1.0%n",
                checkpoint));
  }

  @Test
  void otherDataAreAnError() {
    train("--iterations", 5, "--checkpoint", checkpoint);
    Path other = Hdf5Samples.write(folder.resolve("other.h5"), 40, 6);
    CommandRun run =
        CommandRun.of("train", "--train", other, "--iterations", 5, "--resume", checkpoint);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("is of a run on 40 samples of 5 features");
  }

  @Test
  void newtonNeedsNoCheckpoint() {
    CommandRun run = train("--solver", "newton", "--checkpoint", checkpoint);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--checkpoint needs --solver gd or sgd: newton");
    assertThat(train("--solver", "lbfgs", "--resume", checkpoint).err())
        .contains("--resume needs --solver gd or sgd: lbfgs");
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void oneVersusTheRestIsSeveralRuns() throws IOException {
    Path flowers = folder.resolve("flowers.csv");
    StringBuilder lines = new StringBuilder("width,height,label\n");
    for (int j = 0; j < 30; j++) {
      lines.append(
          String.format(
              Locale.ROOT, "%d,%d,%s\n", j % 7, j % 5 + j % 3, List.of("a", "b", "c").get(j % 3)));
    }
    Files.writeString(flowers, lines);
    for (String option : new String[] {"--checkpoint", "--resume"}) {
      CommandRun run =
          CommandRun.of("train", "--train", flowers, "--multi-class", "ovr", option, checkpoint);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err())
          .startsWith(
              String.format(
                  Locale.ROOT,
                  "lanewise: %s is for one run, not for the 3 of --multi-class ovr; take softmax",
                  option));
    }
    assertThat(checkpoint).doesNotExist();
    JsonNode whole = CommandRun.of("train", "--train", flowers, "--iterations", 9, "--json").json();
    CommandRun.of("train", "--train", flowers, "--iterations", 4, "--checkpoint", checkpoint);
    JsonNode resumed =
        CommandRun.of(
                "train", "--train", flowers, "--iterations", 9, "--resume", checkpoint, "--json")
            .json();
    assertThat(resumed.at("/weightsSha256").asText()).hasSize(64);
    assertThat(resumed.at("/weightsSha256")).isEqualTo(whole.at("/weightsSha256"));
  }

  @Test
  void intervalsAreNumbersOrSeconds() {
    for (String wrong : new String[] {"0", "0s", "-1", "s", "1m", "1e3", "0.0s"}) {
      CommandRun run =
          train("--iterations", 3, "--checkpoint", checkpoint, "--checkpoint-every=" + wrong);
      assertThat(run.status()).as(wrong).isEqualTo(2);
      assertThat(checkpoint).doesNotExist();
    }
    assertThat(train("--checkpoint-every", 3).err()).contains("needs --checkpoint");
  }

  @Test
  void nothingElseIsReplacedByACheckpoint() throws IOException {
    byte[] before = Files.readAllBytes(train);
    CommandRun run = train("--iterations", 3, "--checkpoint", train);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("is not a checkpoint and is not replaced by one");
    assertThat(Files.readAllBytes(train)).isEqualTo(before);
    train("--iterations", 3, "--checkpoint", checkpoint);
    CommandRun again = train("--iterations", 3, "--checkpoint", checkpoint);
    assertThat(again.status()).isEqualTo(3);
    assertThat(again.err()).contains("is a checkpoint already: --resume goes on from it");
  }

  @Test
  void modelsAndCheckpointsAreToldApart() {
    Path model = folder.resolve("model.h5");
    train("--iterations", 3, "--checkpoint", checkpoint, "--model", model);
    CommandRun run = train("--iterations", 3, "--resume", model);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("is a model, expected a checkpoint");
    CommandRun evaluated = CommandRun.of("evaluate", "--model", checkpoint, "--data", train);
    assertThat(evaluated.status()).isEqualTo(3);
    assertThat(evaluated.err()).contains("is a checkpoint, expected a model");
    assertThat(CommandRun.of("train", "--train", checkpoint).err())
        .contains("is a checkpoint, expected a data set");
  }

  @Test
  void aRunInBatchesIsKeptToo() {
    Object[] options = {"--solver", "sgd", "--optimizer", "adam", "--batch-size", 8, "--json"};
    JsonNode whole = train(with(options, "--epochs", 9)).json();
    train(with(options, "--epochs", 4, "--checkpoint", checkpoint));
    JsonNode resumed = train(with(options, "--epochs", 9, "--resume", checkpoint)).json();
    assertThat(resumed.at("/weightsSha256")).isEqualTo(whole.at("/weightsSha256"));
    assertThat(resumed.at("/costs")).isEqualTo(whole.at("/costs"));
  }

  private static Object[] with(Object[] some, Object... more) {
    Object[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @Test
  void ofARunThatDivergedAModelIsKeptBesideTheOneAskedFor() throws IOException {
    Path model = folder.resolve("model.h5");
    train("--iterations", 3, "--model", model);
    byte[] before = Files.readAllBytes(model);
    Object[] diverges = {
      "--model", model, "--l2", 2, "--learning-rate", 100, "--cost-every", 5, "--force"
    };
    CommandRun run = train(diverges);
    assertThat(run.status()).isEqualTo(4);
    Path beside = folder.resolve("model.h5.diverged");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("lanewise: diverged at iteration ")
        .contains("a learning rate of ")
        .endsWith(
            String.format(
                Locale.ROOT, "the last finite weights are in %s, no model was written%n", beside));
    assertThat(Files.readAllBytes(model)).isEqualTo(before);
    assertThat(ModelFile.read(beside).weights()).isNotEmpty();

    byte[] kept = Files.readAllBytes(beside);
    Files.delete(model);
    CommandRun again = train(Arrays.copyOf(diverges, diverges.length - 1));
    assertThat(again.status()).isEqualTo(4);
    assertThat(again.err())
        .endsWith(
            String.format(
                Locale.ROOT,
                "no model was written, nor the last finite weights: %s exists already, and --force"
                    + " replaces it%n",
                beside));
    assertThat(Files.readAllBytes(beside)).isEqualTo(kept);
    assertThat(model).doesNotExist();
    assertThat(train(diverges).err()).contains("the last finite weights are in " + beside);
  }
}
