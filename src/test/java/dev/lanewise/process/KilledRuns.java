// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Runs that are killed at random moments and resumed, until they come to their end. */
final class KilledRuns {

  private static final String[] KERNELS = {"scalar", "simd", "auto"};

  private final Path folder;
  private final Path data;
  private final List<String> options;
  private final Random random;

  private int kills;
  private int resumptions;

  /**
   * Runs.
   *
   * @param folder receives the checkpoints
   * @param data to learn from
   * @param options of every run
   * @param seed of the moments
   */
  KilledRuns(Path folder, Path data, List<String> options, long seed) {
    this.folder = folder;
    this.data = data;
    this.options = options;
    this.random = new Random(seed);
  }

  /** How often a process was killed while it ran. */
  int kills() {
    return kills;
  }

  /** How often a run went on from a checkpoint. */
  int resumptions() {
    return resumptions;
  }

  /** The run that nobody disturbs. */
  JsonNode undisturbed() {
    return JavaProcess.lanewise(List.of(JavaProcess.MODULE), train(List.of()).toArray()).json();
  }

  /**
   * Kills a run up to so often, each time within some milliseconds of its beginning, and resumes it
   * with other kernels and another number of threads.
   *
   * @return what it says at its end
   */
  JsonNode killed(int most, int milliseconds) throws IOException, InterruptedException {
    Path checkpoint = folder.resolve("run-" + kills + ".ckpt");
    for (int i = 0; i < most; i++) {
      Process process = start(checkpoint);
      if (process.waitFor(random.nextInt(milliseconds), TimeUnit.MILLISECONDS)) {
        break;
      }
      // SIGKILL: no hook runs, nothing is tidied up.
      process.destroyForcibly().waitFor();
      kills++;
      if (Files.exists(checkpoint)) {
        resumptions++;
      }
    }
    JsonNode end =
        JavaProcess.lanewise(List.of(JavaProcess.MODULE), train(kept(checkpoint)).toArray()).json();
    Files.deleteIfExists(checkpoint);
    return end;
  }

  private Process start(Path checkpoint) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JavaProcess.thisJava().toString());
    command.add(JavaProcess.MODULE);
    command.add("-jar");
    command.add(JavaProcess.jar().toString());
    train(kept(checkpoint)).forEach(word -> command.add(word.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private List<Object> kept(Path checkpoint) {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("--checkpoint", checkpoint, "--checkpoint-every", "0.02s"));
    if (Files.exists(checkpoint)) {
      words.addAll(List.of("--resume", checkpoint));
    }
    words.addAll(List.of("--kernel", KERNELS[random.nextInt(KERNELS.length)]));
    words.addAll(List.of("--threads", 1 + random.nextInt(3)));
    return words;
  }

  private List<Object> train(List<Object> more) {
    List<Object> words = new ArrayList<>(List.of("train", "--train", data, "--json"));
    words.addAll(options);
    words.addAll(more);
    return words;
  }

  /** The costs of two runs and their weights are the same. */
  static void assertSame(JsonNode found, JsonNode expected) {
    assertThat(found.at("/weightsSha256")).isEqualTo(expected.at("/weightsSha256"));
    assertThat(found.at("/costs")).isEqualTo(expected.at("/costs"));
    assertThat(found.at("/objective")).isEqualTo(expected.at("/objective"));
  }

  /** What a run of many kills is told by. */
  Map<String, Integer> counts() {
    return Map.of("kills", kills, "resumptions", resumptions);
  }
}
