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

      import dev.lanewise.data.Dataset;
      import dev.lanewise.model.Model;
      import dev.lanewise.model.ModelFile;
      import dev.lanewise.train.LogisticRegression;
      import dev.lanewise.train.TrainingResult;
      import java.nio.file.Path;

      public class Program {
        public static void main(String[] args) {
          float[][] rows = {{0, 1}, {1, 0}, {4, 5}, {5, 4}};
          try (Dataset data = Dataset.of(rows, new int[] {0, 0, 1, 1})) {
            TrainingResult result = new LogisticRegression().fit(data);
            Path file = Path.of(args[0]);
            ModelFile.write(result.model(), file);
            Model model = ModelFile.read(file);
            System.out.println(result.kernel() + " " + model.weightsSha256());
          }
        }
      }
      """;

  private static final String MODULE =
      """
      module consumer {
        requires dev.lanewise;
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
    JavaProcess scalar = classPath(path, List.of("-Dlanewise.kernel=scalar"));
    JavaProcess simd = classPath(path, List.of());
    assertThat(scalar.status()).as(scalar.err()).isZero();
    assertThat(simd.status()).as(simd.err()).isZero();
    assertThat(scalar.out()).startsWith("scalar ");
    assertThat(simd.out()).isEqualTo(scalar.out().replace("scalar", "simd"));
  }

  private JavaProcess classPath(String path, List<String> options) {
    return JavaProcess.run(
        Stream.of(
                Stream.of(JavaProcess.thisJava().toString(), JavaProcess.MODULE),
                options.stream(),
                Stream.of("-cp", path, "consumer.Program", model.toString()))
            .flatMap(words -> words)
            .toList(),
        Map.of());
  }
}
