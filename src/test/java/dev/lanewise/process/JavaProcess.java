// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lanewise as its users run it: a process of its own, its output and its exit status. */
record JavaProcess(int status, String out, String err) {

  /** What a JVM with the Vector API says of its own accord. */
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** Ends what hangs. Long enough for any run on a machine that does other work, too. */
  private static final long TIMEOUT_SECONDS = 600;

  static Path jar() {
    Path jar = Path.of(System.getProperty("lanewise.jar"));
    assertThat(jar).as("built before the integration tests").exists();
    return jar;
  }

  static Path thisJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * Options that take the classes of the jar from an archive, as {@code ./lanewise} does: a third
   * of a second of each process. A JVM that cannot use the archive ignores it.
   */
  static List<String> archiveOptions() {
    return Archive.OPTIONS;
  }

  /** The archive of this test run's jar, made by the first test that starts a process. */
  private static final class Archive {

    static final List<String> OPTIONS = options();

    private static List<String> options() {
      Path archive = jar().toAbsolutePath().resolveSibling("processes.jsa");
      JavaProcess made =
          run(
              List.of(
                  thisJava().toString(),
                  MODULE,
                  "-XX:+UseSerialGC",
                  "-XX:ArchiveClassesAtExit=" + archive,
                  "-jar",
                  jar().toString(),
                  "train",
                  "--iterations",
                  "1"),
              Map.of());
      assertThat(made.status()).as(made.err()).isZero();
      return List.of("-Xlog:cds*=off", "-Xlog:aot*=off", "-XX:SharedArchiveFile=" + archive);
    }
  }

  /** Runs the jar on this JDK. */
  static JavaProcess lanewise(List<String> jvmOptions, Object... args) {
    List<String> options = new ArrayList<>(archiveOptions());
    options.addAll(jvmOptions);
    return lanewise(thisJava(), options, args);
  }

  static JavaProcess lanewise(Path java, List<String> jvmOptions, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(jar().toString());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return run(command, Map.of());
  }

  static JavaProcess run(List<String> command, Map<String, String> environment) {
    try {
      File out = Files.createTempFile("lanewise-out-", ".txt").toFile();
      File err = Files.createTempFile("lanewise-err-", ".txt").toFile();
      try {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s: " + command);
        }
        return new JavaProcess(
            process.exitValue(),
            Files.readString(out.toPath()),
            Files.readString(err.toPath()).replace(INCUBATOR + System.lineSeparator(), ""));
      } finally {
        Files.delete(out.toPath());
        Files.delete(err.toPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(command.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + command, e);
    }
  }

  JsonNode json() {
    assertThat(status).as(err).isZero();
    try {
      return new ObjectMapper().readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(out, e);
    }
  }
}
