package dev.lanewise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void theExampleOfOutputsRuns() throws IOException {
    StringBuilder rows = new StringBuilder("large,small,label\n");
    for (int j = 0; j < 40; j++) {
      rows.append(
          String.format(Locale.ROOT, "%s,%s,%d%n", 1e6 + 1000 * (j % 2), Math.sin(j), j % 2));
    }
    Path table = Files.writeString(folder.resolve("table.csv"), rows);
    Path onnx = folder.resolve("model.onnx");
    assertThat(OutputsExample.run(table, table, onnx)).isEqualTo(20);
    assertThat(onnx).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TutorialExample", "OutputsExample"})
  void theJavaExamplesAreThoseInTheReadme(String name) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/lanewise/examples/" + name + ".java"));
    String body = source.substring(source.indexOf("    Kernels "), source.indexOf("\n  }\n"));
    String expected = body.stripIndent();
    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + expected + "\n```");
  }
}
