// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Evaluation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README and the guides show is what is compiled and run. */
class ReadmeTest {

  @TempDir private Path folder;

  @Test
  void theProgramOf25LinesRuns() {
    Random random = new Random(1);
    List<Flowers.Flower> flowers =
        IntStream.range(0, 150)
            .mapToObj(
                j ->
                    new Flowers.Flower(
                        1.5 + j % 3 * 2 + random.nextGaussian() / 3,
                        0.2 + j % 3 * 0.9 + random.nextGaussian() / 5,
                        List.of("setosa", "versicolor", "virginica").get(j % 3)))
            .toList();
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Flowers.train(flowers, folder.resolve("flowers.h5"));
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("5 folds: accuracy [0-9.]+ % .*, log-loss 0.*"),
            line -> assertThat(line).isEqualTo("virginica of [setosa, versicolor, virginica]"));
  }

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
  @CsvSource({"TutorialExample,docs/guide/embedding.md", "OutputsExample,docs/guide/export.md"})
  void theJavaExamplesAreThoseInTheGuide(String name, Path page) throws IOException {
    String source = source(name);
    String body = source.substring(source.indexOf("    Kernels "), source.indexOf("\n  }\n"));
    String expected = body.stripIndent();
    assertThat(Files.readString(page)).contains("```java\n" + expected + "\n```");
  }

  @Test
  void theShortPiecesOfTheGuideAreCompiled() throws IOException {
    String compiled = words(source("EmbeddingExample") + source("TutorialExample"));
    Matcher blocks =
        Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/guide/embedding.md")));
    assertThat(blocks.results().map(MatchResult::group))
        .hasSize(4)
        .allSatisfy(
            block -> assertThat(compiled).contains(words(block.replaceAll("```(java)?", ""))));
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  @Test
  void theProgramInTheReadmeHasAtMost25LinesAndTheReadmeAtMost150() throws IOException {
    String source = source("Flowers");
    String program = source.substring(source.indexOf("import "));
    assertThat(program.lines()).hasSizeLessThanOrEqualTo(25);
    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + program + "```");
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  private static String source(String name) throws IOException {
    return Files.readString(Path.of("src/test/java/dev/lanewise/examples/" + name + ".java"));
  }
}
