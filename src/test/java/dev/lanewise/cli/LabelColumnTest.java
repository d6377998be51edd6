// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The column of labels of training, in tables that a model is used on. */
class LabelColumnTest {

  private static final String ROWS = "1,2,x\n2,1,y\n3,5,x\n4,1,y\n5,9,x\n6,2,y\n";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path train(Path table, String... more) {
    Path model = folder.resolve("m.h5");
    Object[] usual = {
      "train", "--force", "--train", table, "--solver", "newton", "--l2", 1, "--model", model
    };
    Object[] words = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, words, usual.length, more.length);
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(run.err()).isZero();
    return model;
  }

  private static CommandRun evaluate(Path model, Path data, String... more) {
    Object[] usual = {"evaluate", "--json", "--model", model, "--data", data};
    Object[] words = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, words, usual.length, more.length);
    return CommandRun.of(words);
  }

  private static void assertAllRight(CommandRun run) {
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().at("/accuracy").asDouble()).isEqualTo(1);
  }

  private static void assertRefused(CommandRun run, String message) {
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.err()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--labels=kind", "--formula=kind ~ a + b", "--columns="})
  void theColumnOfTrainingHasTheLabels(String option) throws IOException {
    Path table = file("t.csv", "a,b,kind\n" + ROWS);
    Path roles =
        file(
            "c.json",
            """
            {"columns": [{"name": "kind", "role": "label"}, {"name": "a", "role": "numeric"}]}
            """);
    Path model = train(table, option.endsWith("=") ? option + roles : option);
    CommandRun run = evaluate(model, table);
    assertAllRight(run);
    assertThat(run.err()).isEmpty();
    assertAllRight(evaluate(model, table, "--strict"));
    assertAllRight(evaluate(model, table, "--labels", "2"));
    // In another order, and with a column whose name says label.
    Path other = file("o.csv", "label,kind,b,a\n7,x,2,1\n7,y,1,4\n");
    assertAllRight(evaluate(model, other));
    assertThat(evaluate(model, other).err()).contains("no feature for column label; left out");
    Path report = folder.resolve("r.html");
    CommandRun reported =
        CommandRun.of("report", "--force", "--model", model, "--data", table, "--out", report);
    assertThat(reported.status()).as(reported.err()).isZero();
  }

  @Test
  void whereItIsNotAnotherMayHaveThem() throws IOException {
    Path model = train(file("t.csv", "a,b,kind\n" + ROWS), "--labels", "kind");
    assertAllRight(evaluate(model, file("l.csv", "a,b,label\n" + ROWS)));
    Path group = file("g.csv", "a,b,group\n" + ROWS);
    assertRefused(
        evaluate(model, group),
        "has no column of labels: expected kind, label, target, class or y among a, b, group;"
            + " choose with --labels NAME");
    assertAllRight(evaluate(model, group, "--labels", "group"));
    assertRefused(
        evaluate(model, file("n.csv", "a,b,kind\n" + ROWS), "--labels", "nope"),
        "has no column 'nope', expected one of a, b, kind");
  }

  @Test
  void predictLeavesTheColumnOutAndSaysSo() throws IOException {
    Path model = train(file("t.csv", "a,b,kind\n" + ROWS), "--labels", "kind");
    Path whole = file("w.csv", "a,b,kind\n" + ROWS);
    CommandRun run = CommandRun.of("predict", "--strict", "--model", model, whole);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .endsWith("w.csv: column 'kind' had the labels in training; left out");
    Path bare = file("w2.csv", ("a,b,kind\n" + ROWS).replaceAll(",[a-z]+\n", "\n"));
    CommandRun same = CommandRun.of("predict", "--strict", "--model", model, bare);
    assertThat(same.err()).isEmpty();
    assertThat(same.out().replace("w2.csv", "w.csv")).isEqualTo(run.out());
    // Cells that are no classes do not matter: nobody needs them.
    Path unknown = file("w3.csv", "a,b,kind\n1,2,\n2,1,?\n");
    assertThat(CommandRun.of("predict", "--model", model, unknown).status()).isZero();
  }

  @Test
  void aTableWithoutAHeaderHasItByNumber() throws IOException {
    Path model = train(file("t.csv", ROWS.replace("x", "8").replace("y", "9")), "--labels", "2");
    Path table = file("u.csv", "1,2,8\n2,1,9\n");
    assertAllRight(evaluate(model, table));
    CommandRun run = CommandRun.of("predict", "--model", model, table);
    assertThat(run.err()).contains("column '2' had the labels in training; left out");
    Path bare = file("f.csv", "1,2\n2,1\n");
    CommandRun same = CommandRun.of("predict", "--model", model, bare);
    assertThat(same.err()).isEmpty();
    assertThat(same.out().replace("f.csv", "u.csv")).isEqualTo(run.out());
  }

  @Test
  void otherFormatsFindTheirLabelsAsBefore() throws IOException {
    Path table = file("t.csv", "a,b,kind\n" + ROWS);
    Path built = folder.resolve("built.h5");
    CommandRun run = CommandRun.of("dataset", "build", table, "--labels", "kind", "--out", built);
    assertThat(run.status()).as(run.err()).isZero();
    assertAllRight(evaluate(train(table, "--labels", "kind"), built));
    Path ofArrays = train(built, "--labels", "y");
    assertAllRight(evaluate(ofArrays, built));
    assertAllRight(evaluate(ofArrays, file("l.csv", "a,b,label\n" + ROWS)));
    assertRefused(evaluate(ofArrays, table), "expected label, target, class or y among a, b, kind");
  }
}
