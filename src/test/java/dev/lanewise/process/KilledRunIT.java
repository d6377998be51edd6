// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.TestData;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs that are killed, at any moment, and those that are asked to end. {@code
 * -Dlanewise.kills=100} kills each engine's runs so often in all.
 */
class KilledRunIT {

  private static final int KILLS = Integer.getInteger("lanewise.kills", 3);
  private static final int KILLS_OF_ONE_RUN = 5;

  @TempDir private Path folder;

  private Path data() {
    int m = 300;
    int d = 2000;
    Path file = folder.resolve("data.h5");
    long[] labels = IntStream.range(0, m).mapToLong(j -> j % 2).toArray();
    Hdf5Writer.write(
        file, new Hdf5Content().int64("y", labels).uint8("X", TestData.pixels(m, d, 1), m, d, 1));
    return file;
  }

  @ParameterizedTest
  @CsvSource({"primal, 500, 70", "gram, 6000, 500"})
  void killedRunsEndAsIfNobodyHadKilledThem(String engine, int iterations, int every)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("--engine", engine, "--init", "normal"));
    options.addAll(List.of("--iterations", Integer.toString(iterations)));
    options.addAll(List.of("--cost-every", Integer.toString(every), "--l2", "0.5"));
    KilledRuns runs = new KilledRuns(folder, data(), options, engine.hashCode());
    JsonNode expected = runs.undisturbed();
    long milliseconds = 500 + (long) (1000 * expected.at("/seconds/total").asDouble());
    while (runs.kills() < KILLS) {
      int most = Math.min(KILLS - runs.kills(), KILLS_OF_ONE_RUN);
      KilledRuns.assertSame(runs.killed(most, (int) milliseconds), expected);
    }
    System.out.printf(Locale.ROOT, "%s: %s%n", engine, runs.counts());
  }

  @ParameterizedTest
  @CsvSource({"INT, 130, primal", "TERM, 143, gram"})
  void aRunThatIsAskedToEndIsKeptAndSaysWhere(String signal, int status, String engine)
      throws IOException, InterruptedException {
    Path checkpoint = folder.resolve("run.ckpt");
    Path model = folder.resolve("model.h5");
    Path err = folder.resolve("err.txt");
    Path out = folder.resolve("out.txt");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(JavaProcess.thisJava().toString(), JavaProcess.MODULE, "-jar"));
    command.addAll(List.of(JavaProcess.jar().toString(), "train", "--train", data().toString()));
    command.addAll(List.of("--engine", engine, "--iterations", "100000000"));
    command.addAll(List.of("--cost-every", "1000000", "--checkpoint", checkpoint.toString()));
    command.addAll(List.of("--checkpoint-every", "1s", "--model", model.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(err.toFile())
            .redirectOutput(out.toFile())
            .start();
    try {
      for (int i = 0; i < 600 && !Files.exists(checkpoint); i++) {
        Thread.sleep(100);
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(status);
    List<String> said =
        Files.readAllLines(err).stream().filter(line -> !line.startsWith("WARNING")).toList();
    assertThat(said).hasSize(1);
    assertThat(said.getFirst())
        .matches(
            "lanewise: interrupted after iteration [0-9]+; the checkpoint is .*run.ckpt; the same"
                + " command with --resume .*run.ckpt goes on from there");
    int completed = Integer.parseInt(said.getFirst().replaceAll(".*iteration ([0-9]+);.*", "$1"));
    JsonNode info = JavaProcess.lanewise(List.of(), "info", checkpoint, "--json").json();
    assertThat(info.at("/kind").asText()).isEqualTo("checkpoint");
    assertThat(info.at("/completed").asInt()).isEqualTo(completed);
    assertThat(info.at("/engine").asText()).isEqualTo(engine);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(checkpoint, err, out, folder.resolve("data.h5"));
    }
  }

  @Test
  void withoutACheckpointARunEndsAtOnceWithTheStatusOfItsSignal()
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                JavaProcess.thisJava().toString(),
                JavaProcess.MODULE,
                "-jar",
                JavaProcess.jar().toString(),
                "train",
                "--iterations",
                "100000000")
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      for (int i = 0; i < 600 && !Files.readString(out).contains("Test data"); i++) {
        Thread.sleep(100);
      }
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(143);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(out);
    }
  }
}
