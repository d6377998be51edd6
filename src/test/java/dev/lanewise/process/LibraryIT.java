// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library jar inside another program, with the dependencies that it brings and no others: no
 * command line, no report, no logging provider.
 */
class LibraryIT {

  private static final String PROGRAM =
      """
      package consumer;

      import dev.lanewise.api.Classifier;
      import dev.lanewise.api.Samples;
      import dev.lanewise.api.TrainedClassifier;
      import java.nio.file.Path;
      import java.util.logging.Handler;
      import java.util.logging.LogRecord;
      import java.util.logging.Logger;

      public class Program {
        static final Logger LOGGER = Logger.getLogger("dev.lanewise");

        public static void main(String[] args) {
          LOGGER.setUseParentHandlers(false);
          LOGGER.addHandler(new Handler() {
            @Override public void publish(LogRecord line) {
              System.out.println("log: " + line.getLevel() + " " + line.getMessage());
            }
            @Override public void flush() {}
            @Override public void close() {}
          });
          float[][] rows = {{0, 1}, {1, 0}, {4, 5}, {5, 4}, {9, 9}, {8, 9}};
          Samples samples = Samples.of(rows, new String[] {"a", "a", "b", "b", "c", "c"});
          Classifier classifier = Classifier.builder().build();
          TrainedClassifier trained = classifier.fit(samples);
          classifier.fit(samples).evaluate(samples);
          Path file = Path.of(args[0]);
          trained.save(file);
          TrainedClassifier loaded = TrainedClassifier.load(file);
          System.out.println(loaded.model().provenance().kernel() + " "
              + loaded.predict(5f, 5f) + " " + loaded.model().weightsSha256());
        }
      }
      """;

  private static final String MODULE =
      """
      module consumer {
        requires dev.lanewise;
        requires java.logging;
      }
      """;

  @TempDir private Path folder;

  private Path classes;
  private Path model;

  @BeforeEach
  void compile() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources/consumer"));
    Files.writeString(sources.resolve("Program.java"), PROGRAM);
    Files.writeString(sources.resolveSibling("module-info.java"), MODULE);
    classes = folder.resolve("classes");
    model = folder.resolve("model.h5");
    StringWriter out = new StringWriter();
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(out),
                "-d",
                classes.toString(),
                "--module-path",
                libraries(),
                sources.resolve("Program.java").toString(),
                sources.resolveSibling("module-info.java").toString());
    assertThat(status).as(out.toString()).isZero();
  }

  /** The library jar and what its POM brings along, from this test's own class path. */
  private static String libraries() {
    List<String> brought =
        List.of("jhdf", "slf4j-api", "commons-lang3", "compress-lzf", "jackson-core", "fastcsv");
    Stream<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> brought.stream().anyMatch(name -> isJar(jar, name)));
    List<String> found =
        Stream.concat(Stream.of(System.getProperty("lanewise.library.jar")), jars).toList();
    assertThat(found).hasSize(brought.size() + 1);
    return String.join(File.pathSeparator, found);
  }

  private static boolean isJar(String path, String artifact) {
    return Path.of(path).getFileName().toString().matches(artifact + "-[0-9.]+\\.jar");
  }

  @Test
  void aModuleNeedsNoFlag() {
    String path = libraries() + File.pathSeparator + classes;
    JavaProcess run =
        JavaProcess.run(
            List.of(
                JavaProcess.thisJava().toString(),
                "--module-path",
                path,
                "--module",
                "consumer/consumer.Program",
                model.toString()),
            Map.of());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("simd ");
    // A service's own provider is then the only one.
    assertThat(run.err()).contains("No SLF4J providers were found");
  }

  @Test
  void aClassPathGivesTheSameModel() {
    String path = libraries() + File.pathSeparator + classes;
    JavaProcess scalar = classPath(path, List.of(JavaProcess.MODULE, "-Dlanewise.kernel=scalar"));
    JavaProcess simd = classPath(path, List.of(JavaProcess.MODULE));
    assertThat(scalar.status()).as(scalar.err()).isZero();
    assertThat(simd.status()).as(simd.err()).isZero();
    assertThat(scalar.out()).startsWith("scalar b ");
    assertThat(simd.out()).isEqualTo(scalar.out().replace("scalar", "simd"));
  }

  @Test
  void withoutTheFlagTheLogHasOneLineAndTheModelIsTheSame() {
    String path = libraries() + File.pathSeparator + classes;
    JavaProcess flagged = classPath(path, List.of(JavaProcess.MODULE));
    JavaProcess run = classPath(path, List.of());
    assertThat(run.status()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("log: INFO using the scalar kernels: ")
        .contains("--add-modules jdk.incubator.vector");
    assertThat(lines.getLast()).isEqualTo(flagged.out().strip().replace("simd", "scalar"));
    assertThat(run.err()).doesNotContain("scalar").doesNotContain("vector");
  }

  /** An image of the JDK's modules alone: the jars cannot be part of it, but run on it. */
  @Test
  void anImageOfTheJdkRunsTheLibrary() {
    Path image = folder.resolve("image");
    StringWriter out = new StringWriter();
    int status =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(out),
                "--output",
                image.toString(),
                "--add-modules",
                "jdk.incubator.vector,java.desktop,java.sql,java.logging,jdk.management,jdk.unsupported");
    assertThat(status).as(out.toString()).isZero();
    JavaProcess run =
        JavaProcess.run(
            List.of(
                image.resolve("bin/java").toString(),
                "--module-path",
                libraries() + File.pathSeparator + classes,
                "--module",
                "consumer/consumer.Program",
                model.toString()),
            Map.of());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("simd b ");
  }

  private JavaProcess classPath(String path, List<String> options) {
    return JavaProcess.run(
        Stream.of(
                Stream.of(JavaProcess.thisJava().toString()),
                options.stream(),
                Stream.of("-cp", path, "consumer.Program", model.toString()))
            .flatMap(words -> words)
            .toList(),
        Map.of());
  }
}
