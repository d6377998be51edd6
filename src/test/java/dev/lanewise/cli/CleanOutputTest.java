// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.Printable;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that would control a terminal or forge lines, in whatever a command prints. */
class CleanOutputTest {

  private static final String EVIL =
      "\u001b]0;owned\u0007\u009b31m\u202elanewise\u2028: ok\ttab\nline";

  @TempDir private Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void trainOnEvilNames() {
    table = folder.resolve("t\u001b[1m\u202e\u009b.h5");
    float[] x = new float[24];
    long[] y = new long[12];
    for (int j = 0; j < y.length; j++) {
      x[2 * j] = j % 5;
      x[2 * j + 1] = 1;
      y[j] = j % 2;
    }
    Hdf5Writer.write(
        table,
        new Hdf5Content()
            .float32("X", x, y.length, 2)
            .int64("y", y)
            .strings("feature_names", List.of("first\u202e", "second"))
            .strings("list_classes", List.of("good", EVIL)));
    model = folder.resolve("m\u0007\n\t.h5");
    CommandRun run = run("train", "--train", table, "--iterations", 5, "--model", model);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("\\u001b[1m\\u202e\\u009b.h5").contains("m\\u0007\\n\\t.h5");
  }

  @Test
  void noCommandPrintsThem() {
    Path missing = folder.resolve("\u001b[31m\u009b\u202e\n\t.csv");
    for (List<Object> args :
        List.<List<Object>>of(
            List.of("info", table),
            List.of("info", model),
            List.of("info", missing),
            List.of("info", "--json", model),
            List.of("evaluate", "--model", model, "--data", table),
            List.of("evaluate", "--model", model, "--data", table, "--json"),
            List.of("predict", "--model", model, missing),
            List.of("predict", "--model", model, table, "--json", "--top", "2"),
            List.of("train", "--train", table, "--iterations", "3", "--json"),
            List.of("train", "--train", table, "--no\u001bsuch\u009b"),
            List.of("train", "--train", table, "--class-weight", "\u001b\u202e=2"),
            List.of("train", "--train", table, "--solver", "\u001b\u202e\n"),
            List.of("\u001b\u202e"),
            List.of("train", "--verbose", "--train", missing),
            List.of("sweep", "--train", table, "--iterations", "2", "--learning-rates", "0.1"),
            List.of("export", "--model", model, "--out", folder.resolve("\u001b\u009b.json")),
            List.of("dataset", "build", table, "--out", folder.resolve("\u001b\u009b.h5")))) {
      CommandRun run = run(args.toArray());
      assertThat(run.out() + run.err()).isNotEmpty();
    }
  }

  @Test
  void jsonReadsThemBack() {
    JsonNode json = run("info", "--json", model).json();
    assertThat(json.at("/classNames")).anyMatch(name -> name.asText().equals(EVIL));
    assertThat(json.at("/provenance/data/source").asText()).isEqualTo(table.toString());
  }

  @Test
  void aLineOfAPredictionHasItsFourFieldsWhateverTheNames() {
    CommandRun run = run("predict", "--model", model, table);
    assertThat(run.out().lines()).hasSize(12).allMatch(line -> line.split("\t", -1).length == 4);
    assertThat(run.out()).contains("\t" + Printable.line(EVIL) + "\t");
  }

  @Test
  void aWarningThatIsGivenSeveralLinesIsOne() {
    java.io.StringWriter text = new java.io.StringWriter();
    Text.warning(new CleanOutput(text), "a\nlanewise: done\u001b[0m");
    assertThat(text.toString().lines())
        .containsExactly("lanewise: warning: a\\nlanewise: done\\u001b[0m");
  }

  private CommandRun run(Object... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(Stream.concat(run.out().lines(), run.err().lines()))
        .allSatisfy(
            line ->
                assertThat(line.replace("\t", ""))
                    .isEqualTo(Printable.line(line.replace("\t", ""))));
    return run;
  }
}
