// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.TestData;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runnable jar and the launcher script, as users meet them. */
class ProcessIT {

  private static final List<String> VECTORS = List.of(JavaProcess.MODULE);

  @TempDir private Path folder;

  @Test
  void anOlderJavaIsToldInOneLineWhatIsMissing() {
    Optional<Path> old = olderJava();
    assumeTrue(old.isPresent(), "needs a Java from 8 to 24 beside this one");
    JavaProcess run = JavaProcess.lanewise(old.get(), List.of(), "train");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("needs Java 25 or later").contains("./lanewise");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aShortRunTakesTheScalarKernelsAndNeedsNoModule() {
    JavaProcess run = JavaProcess.lanewise(List.of(), "train", "--iterations", 3, "--json");
    assertThat(run.json().at("/kernel").asText()).isEqualTo("scalar");
    assertThat(run.err().lines()).isEmpty();
  }

  @Test
  void aLongRunTakesTheSimdKernels() {
    JavaProcess run =
        JavaProcess.lanewise(VECTORS, "train", "--engine", "primal", "--iterations", 800, "--json");
    assertThat(run.json().at("/kernel").asText()).isEqualTo("simd");
  }

  @Test
  void aLongRunWithoutTheModuleWorksAndOneLineNamesTheFlag() {
    JavaProcess run =
        JavaProcess.lanewise(
            List.of(), "train", "--engine", "primal", "--iterations", 800, "--json");
    assertThat(run.json().at("/kernel").asText()).isEqualTo("scalar");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("warning").contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void withoutTheModuleKernelsAskedForByNameAreAnError() {
    for (List<String> option : List.of(List.of("--kernel", "simd"), List.of("--lanes", "4"))) {
      JavaProcess run = JavaProcess.lanewise(List.of(), "train", option.get(0), option.get(1));
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains("--add-modules jdk.incubator.vector");
    }
  }

  @Test
  void propertiesStandInForWhatIsLeftOpenAndAreAsStrict() {
    // Short runs would be scalar, and long ones SIMD.
    JavaProcess simd =
        JavaProcess.lanewise(
            List.of(JavaProcess.MODULE, "-Dlanewise.kernel=simd"),
            "train",
            "--iterations",
            2,
            "--json");
    assertThat(simd.json().at("/kernel").asText()).isEqualTo("simd");
    JavaProcess scalar =
        JavaProcess.lanewise(
            List.of(JavaProcess.MODULE, "-Dlanewise.kernel=scalar"),
            "train",
            "--engine",
            "primal",
            "--iterations",
            800,
            "--json");
    assertThat(scalar.json().at("/kernel").asText()).isEqualTo("scalar");
    JavaProcess named =
        JavaProcess.lanewise(
            List.of(JavaProcess.MODULE, "-Dlanewise.kernel=scalar"),
            "train",
            "--iterations",
            2,
            "--kernel",
            "simd",
            "--json");
    assertThat(named.json().at("/kernel").asText()).isEqualTo("simd");
    for (String property : List.of("-Dlanewise.kernel=simd", "-Dlanewise.lanes=4")) {
      JavaProcess missing = JavaProcess.lanewise(List.of(property), "train");
      assertThat(missing.status()).isEqualTo(2);
      assertThat(missing.err()).contains("--add-modules jdk.incubator.vector");
    }
    JavaProcess wrong =
        JavaProcess.lanewise(List.of(JavaProcess.MODULE, "-Dlanewise.lanes=5"), "train");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("lanewise.lanes=5");
  }

  @Test
  void vectorsThatAreNotThereAreAnError() {
    JavaProcess run =
        JavaProcess.lanewise(
            List.of(JavaProcess.MODULE, "-XX:MaxVectorSize=16"), "train", "--lanes", 8);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("no vectors of 8 floats").contains("have 4");
  }

  @Test
  void withoutFusedMultiplyAddItRefusesRatherThanCrawls() {
    JavaProcess run =
        JavaProcess.lanewise(
            List.of(JavaProcess.MODULE, "-XX:+UnlockDiagnosticVMOptions", "-XX:-UseFMA"), "train");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("fused multiply-add");
  }

  @Test
  void outputThatIsNoTerminalGetsNoProgress() {
    JavaProcess run = JavaProcess.lanewise(VECTORS, "train", "--iterations", 300);
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Test accuracy").doesNotContain("\r");
  }

  @Test
  void trainWorksFromAnyFolder() {
    JavaProcess run =
        JavaProcess.run(
            List.of(
                "sh",
                "-c",
                "cd \"$1\" && exec \"$2\" \"$3\" -jar \"$4\" train --iterations 5",
                "sh",
                folder.toString(),
                JavaProcess.thisJava().toString(),
                JavaProcess.MODULE,
                JavaProcess.jar().toString()),
            Map.of());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("drawn-cats-train.h5 (bundled): 209 samples");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anInterruptedRunEndsWith130AndLeavesNothing() throws Exception {
    Path model = folder.resolve("model.h5");
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                JavaProcess.thisJava().toString(),
                JavaProcess.MODULE,
                "-jar",
                JavaProcess.jar().toString(),
                "train",
                "--iterations",
                "100000000",
                "--model",
                model.toString())
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    for (int i = 0; i < 600 && !Files.readString(out).contains("Test data"); i++) {
      Thread.sleep(100);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(out);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "8, 2", "700000, 1", "700000, 2"})
  void aMappedFileThatIsCutWhileTrainingEndsWith3AndNoCrash(int cut, int threads) throws Exception {
    int m = 300;
    int d = 3000;
    Path data = folder.resolve("data.h5");
    long[] labels = IntStream.range(0, m).mapToLong(j -> j % 2).toArray();
    Hdf5Writer.write(
        data, new Hdf5Content().int64("y", labels).uint8("X", TestData.pixels(m, d, 1), m, d, 1));
    long size = Files.size(data);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                JavaProcess.thisJava().toString(),
                JavaProcess.MODULE,
                "-jar",
                JavaProcess.jar().toString(),
                "train",
                "--train",
                data.toString(),
                "--map",
                "always",
                "--engine",
                "primal",
                "--threads",
                Integer.toString(threads),
                "--learning-rate",
                "0.0001",
                "--iterations",
                "100000000",
                "--model",
                folder.resolve("model.h5").toString())
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      for (int i = 0; i < 600 && !Files.readString(out).contains("Training data"); i++) {
        Thread.sleep(100);
      }
      // Until the compiler has seen to the code that reads.
      Thread.sleep(2000);
      assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
      try (FileChannel channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
        channel.truncate(size - cut);
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(3);
    List<String> said =
        Files.readAllLines(err).stream().filter(line -> !line.startsWith("WARNING")).toList();
    assertThat(said)
        .containsExactly(
            String.format(
                Locale.ROOT,
                "lanewise: %s: was cut while it was being read: it has %d bytes, expected %d",
                data,
                size - cut,
                size));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("no model, no crash report").containsOnly(data, out, err);
    }
  }

  @Test
  void theLauncherFindsAJavaEvenWhenPathAndHomeNameAnOlderOne() {
    Optional<Path> old = olderJava();
    assumeTrue(old.isPresent(), "needs a Java from 8 to 24 beside this one");
    Path home = old.get().getParent().getParent();
    JavaProcess run =
        JavaProcess.run(List.of("./lanewise", "--version"), Map.of("JAVA_HOME", home.toString()));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("lanewise ");
  }

  @Test
  void theLauncherAddsTheFlagAndKeepsArguments() {
    JavaProcess run =
        JavaProcess.run(
            List.of("./lanewise", "train", "--iterations", "2", "--kernel", "simd", "--json"),
            Map.of("JAVA_HOME", System.getProperty("java.home")));
    assertThat(run.json().at("/kernel").asText()).isEqualTo("simd");
    JavaProcess spaced =
        JavaProcess.run(List.of("./lanewise", "info", "no such file.h5"), Map.of());
    assertThat(spaced.status()).isEqualTo(3);
    assertThat(spaced.err()).contains("no such file.h5: no such file");
  }

  @Test
  void nothingNativeIsInTheJar() throws IOException {
    try (JarFile jar = new JarFile(JavaProcess.jar().toFile())) {
      assertThat(
              jar.stream()
                  .map(entry -> entry.getName())
                  .filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib)")))
          .isEmpty();
    }
  }

  private static Optional<Path> olderJava() {
    Path jvms = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(jvms)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(jvms)) {
      return homes
          .filter(home -> home.getFileName().toString().matches(".*\\b(8|11|17|21)\\b.*"))
          .map(home -> home.resolve("bin").resolve("java"))
          .filter(Files::isExecutable)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
