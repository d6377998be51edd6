// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The longer campaign: {@code mvn -Pfuzz verify -Dfuzz.seconds=60}. Jazzer makes files up, guided
 * by what they reach in the code, so many seconds for each reader; then seeds are damaged, more
 * often than at every build. Logs, and what fails, go to {@code target/fuzz}.
 */
@Tag("fuzz")
@Execution(ExecutionMode.SAME_THREAD)
class FuzzIT {

  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 60);
  private static final int SEED = Integer.getInteger("fuzz.seed", 1);
  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.hdf5",
        "data.idx",
        "data.idx.gz",
        "X.npy",
        "data.npz",
        "data.csv",
        "data.svm",
        "a.png",
        "a.jpg",
        "a.gif",
        "a.bmp",
        "a.webp"
      })
  void jazzerFindsNoFault(String file) throws Exception {
    Path found = Files.createDirectories(FOLDER.resolve(file));
    int status =
        java(
            found.resolve("log.txt"),
            List.of("-XX:+EnableDynamicAgentLoading", "-Dlanewise.fuzz.file=" + file),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=dev.lanewise.hostile.FuzzTarget",
            "--instrumentation_includes=dev.lanewise.data.**:dev.lanewise.model.**:io.jhdf.**:de.siegmar.fastcsv.**",
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-max_total_time=" + SECONDS,
            // Twice the bound: what Jazzer adds to the code makes it slower.
            "-timeout=20",
            "-rss_limit_mb=3000",
            "-seed=" + SEED,
            Files.createDirectories(found.resolve("inputs")),
            Path.of("src/test/resources/hostile/seeds").toAbsolutePath(),
            Path.of("src/test/resources/hostile/corpus/read").toAbsolutePath(),
            Path.of("src/test/resources/hostile/corpus/refused").toAbsolutePath(),
            Path.of("src/test/resources/pictures").toAbsolutePath());
    assertThat(status).as(Files.readString(found.resolve("log.txt"))).isZero();
  }

  @Test
  void aLongCampaignOfDamageFindsNoFault() throws Exception {
    Path found = Files.createDirectories(FOLDER.resolve("damage"));
    int status =
        java(
            found.resolve("log.txt"),
            List.of(),
            "dev.lanewise.hostile.Campaign",
            50 * SECONDS,
            SEED,
            found);
    assertThat(status).as(Files.readString(found.resolve("log.txt"))).isZero();
  }

  private static int java(Path log, List<String> options, String main, Object... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(JavaProcess.thisJava().toString());
    command.addAll(List.of(JavaProcess.MODULE, "-Xmx512m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return new ProcessBuilder(command)
        .directory(log.getParent().toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }
}
