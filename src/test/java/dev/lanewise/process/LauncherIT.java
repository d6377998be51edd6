// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a folder of its own, beside a jar or before there is one. */
class LauncherIT {

  /**
   * Stands for Maven: writes the jar in two halves, as slowly as a build, and says where. The build
   * itself is not what is tested.
   */
  private static final String SLOW_BUILD =
      """
      #!/bin/sh
      mkdir -p target
      head -c 1000 "$REAL_JAR" > target/lanewise.jar
      pwd >> "$BUILDS"
      sleep 2
      tail -c +1001 "$REAL_JAR" >> target/lanewise.jar
      """;

  @TempDir private Path folder;

  @Test
  void firstUsesAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    Path home = home("fresh");
    CompletableFuture<JavaProcess> first = CompletableFuture.supplyAsync(() -> version(home));
    while (builds().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    JavaProcess second = version(home);
    assertWorked(first.get());
    assertWorked(second);
    assertThat(builds()).hasSize(2).doesNotHaveDuplicates();
    assertThat(home.resolve("target/lanewise.jar")).hasSameBinaryContentAs(JavaProcess.jar());
    assertThat(builds()).allSatisfy(build -> assertThat(Path.of(build)).doesNotExist());
  }

  @Test
  void aBuildThatWasKilledLeavesNoJar() throws Exception {
    Path home = home("killed");
    ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("lanewise").toString());
    builder.environment().putAll(environment());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process launcher = builder.start();
    while (builds().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    List<ProcessHandle> all =
        Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    launcher.waitFor();
    assertThat(home.resolve("target/lanewise.jar")).doesNotExist();
    assertWorked(version(home));
  }

  @Test
  void sourcesThatAreNewerThanTheJarAreBuiltOnce() throws Exception {
    Path home = homeWithJar("changed");
    assertWorked(version(home));
    assertThat(builds()).isEmpty();
    Path source = Files.createDirectories(home.resolve("src/main/java")).resolve("Some.java");
    Files.createFile(source);
    Path jar = home.resolve("target/lanewise.jar");
    FileTime before = FileTime.from(Instant.now().minusSeconds(3600));
    Files.setLastModifiedTime(jar, before);
    JavaProcess changed = version(home);
    assertWorked(changed);
    assertThat(changed.err()).contains("lanewise: the sources have changed, building " + jar);
    assertThat(builds()).hasSize(1);
    assertWorked(version(home));
    assertThat(builds()).hasSize(1);
  }

  /** Java would take the first file that it opens for standard input. */
  @Test
  void aClosedStandardInputIsEmpty() throws Exception {
    Path home = homeWithJar("closed");
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh", "-c", "sh \"$1\" info - <&-", "sh", home.resolve("lanewise").toString());
    builder.environment().putAll(environment());
    Path err = folder.resolve("err");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(err.toFile());
    assertThat(builder.start().waitFor()).isEqualTo(3);
    assertThat(err).content().contains("standard input: is a pipe that nothing came through");
  }

  @Test
  void aPathMayHaveAColon() throws Exception {
    Path home = home("one:two three");
    assertWorked(version(home));
    assertWorked(version(home));
  }

  @Test
  void anotherCollectorMayBeAskedFor() throws Exception {
    Path home = homeWithJar("collector");
    for (String variable : List.of("LANEWISE_JAVA_OPTS", "JDK_JAVA_OPTIONS")) {
      Map<String, String> environment = environment();
      environment.put(variable, "-XX:+UseParallelGC");
      assertWorked(run(home, environment));
    }
  }

  @Test
  void aDamagedArchiveOfClassesIsMadeAgain() throws Exception {
    Path home = homeWithJar("archive");
    assertWorked(version(home));
    Path archive = home.resolve("target/lanewise.jsa");
    byte[] good = Files.readAllBytes(archive);
    for (int from : new int[] {0, 4096, good.length / 2}) {
      byte[] bytes = Files.readAllBytes(archive);
      for (int i = from; i < bytes.length; i += 1 + bytes.length / 1000) {
        bytes[i] ^= 0x55;
      }
      Files.write(archive, bytes);
      assertWorked(version(home));
      assertThat(Files.readAllBytes(archive)).isNotEqualTo(bytes);
    }
    Files.write(archive, new byte[0]);
    assertWorked(version(home));
    assertThat(Files.size(archive)).isPositive();
  }

  private Path home(String name) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.copy(Path.of("lanewise"), home.resolve("lanewise"));
    Files.createFile(home.resolve("pom.xml"));
    for (String part : List.of("src", "datasets", ".mvn")) {
      Files.createDirectory(home.resolve(part));
    }
    return home;
  }

  private Path homeWithJar(String name) throws IOException {
    Path home = home(name);
    Files.createDirectory(home.resolve("target"));
    Files.copy(JavaProcess.jar(), home.resolve("target/lanewise.jar"));
    return home;
  }

  private JavaProcess version(Path home) {
    return run(home, environment());
  }

  private static JavaProcess run(Path home, Map<String, String> environment) {
    return JavaProcess.run(
        List.of("sh", home.resolve("lanewise").toString(), "--version"), environment);
  }

  private Map<String, String> environment() {
    try {
      Path bin = Files.createDirectories(folder.resolve("bin"));
      Path mvn = bin.resolve("mvn");
      if (!Files.exists(mvn)) {
        Files.writeString(mvn, SLOW_BUILD);
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
      }
      return new HashMap<>(
          Map.of(
              "PATH", bin + ":" + System.getenv("PATH"),
              "JAVA_HOME", System.getProperty("java.home"),
              "TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString(),
              "REAL_JAR", JavaProcess.jar().toAbsolutePath().toString(),
              "BUILDS", folder.resolve("builds").toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> builds() throws IOException {
    Path builds = folder.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
  }

  private static void assertWorked(JavaProcess run) {
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("lanewise ");
  }
}
