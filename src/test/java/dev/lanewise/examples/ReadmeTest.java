package dev.lanewise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what is compiled and run. */
class ReadmeTest {

  @TempDir private Path folder;

  @Test
  void theJavaExampleRuns() {
    Path datasets = Path.of("datasets");
    Evaluation evaluation =
        TutorialExample.run(
            datasets.resolve("drawn-cats-train.h5"),
            datasets.resolve("drawn-cats-test.h5"),
            folder.resolve("cats.h5"));
    assertThat(evaluation.correct()).isEqualTo(45);
  }

  @Test
  void theJavaExampleIsTheOneInTheReadme() throws IOException {
    List<String> source =
        Files.readAllLines(Path.of("src/test/java/dev/lanewise/examples/TutorialExample.java"));
    int start =
        source.indexOf(
            "    Kernels kernels = KernelChoice.choose(KernelRequest.auto(), System.err::println);");
    List<String> body = source.subList(start, source.size() - 2);
    assertThat(start).isPositive();
    String expected = String.join("\n", body).stripIndent();
    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + expected + "\n```");
  }
}
