// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** No command replaces a file that exists, unless it is told to. */
class ForceOptionTest {

  @TempDir private Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void writeTableAndModel() throws IOException {
    table = folder.resolve("t.csv");
    Files.writeString(table, "a,label\n1,x\n2,y\n3,x\n4,y\n1,x\n9,y\n");
    model = folder.resolve("trained.h5");
    CommandRun run = CommandRun.of("train", "--train", table, "--iterations", 2, "--model", model);
    assertThat(run.status()).as(run.err()).isZero();
  }

  /** A command line for each output there is: the command, the option, and what else it needs. */
  private List<Object[]> outputs() {
    Object[] train = {"--train", table, "--iterations", 2};
    Object[] judge = {"--model", model, "--data", table};
    Path other = folder.resolve("other.h5");
    return List.of(
        line("train", "--model", "m.h5", train),
        line("train", "--report", "r.html", train),
        line("train", "--plot", "cost.svg", train),
        line("sweep", "--report", "s.html", train),
        line("report", "--out", "p.html", judge),
        line("evaluate", "--out", "e.h5", judge, "--threshold", 0.4),
        line("export", "--out", "m.onnx", new Object[] {"--model", model}),
        line("dataset build", "--out", "b.h5", new Object[] {table}),
        line(
            "dataset split",
            "--train",
            "l.h5",
            new Object[] {table, "--test", other, "--share", 0.5}),
        line(
            "dataset split",
            "--test",
            "k.h5",
            new Object[] {table, "--train", other, "--share", 0.5}));
  }

  private Object[] line(
      String command, String option, String name, Object[] needed, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command, option, folder.resolve(name)));
    words.addAll(List.of(needed));
    words.addAll(List.of(more));
    return words.toArray();
  }

  private static CommandRun run(Object[] line, Object... more) {
    List<Object> words = new ArrayList<>(List.of((Object[]) line[0].toString().split(" ")));
    words.addAll(List.of(line).subList(1, line.length));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  @Test
  void noOutputIsReplacedWithoutForce() throws IOException {
    for (Object[] line : outputs()) {
      Path output = (Path) line[2];
      Files.writeString(output, "mine");
      CommandRun refused = run(line);
      assertThat(refused.status()).as("%s", List.of(line)).isEqualTo(ExitStatus.BAD_FILE);
      assertThat(refused.err())
          .isEqualTo(
              "lanewise: "
                  + output
                  + ": exists already; --force replaces it"
                  + System.lineSeparator());
      assertThat(refused.out()).isEmpty();
      assertThat(output).hasContent("mine");
      CommandRun forced = run(line, "--force");
      assertThat(forced.status()).as("%s: %s", List.of(line), forced.err()).isZero();
      assertThat(Files.size(output)).as("%s", List.of(line)).isGreaterThan(100);
      Files.deleteIfExists(folder.resolve("other.h5"));
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsNotReplacedWithoutForce() throws IOException {
    Object[] line = outputs().getFirst();
    Path output = (Path) line[2];
    Path nowhere = folder.resolve("nowhere.h5");
    try {
      Files.createSymbolicLink(output, nowhere);
    } catch (UnsupportedOperationException | IOException e) {
      Assumptions.abort("no symbolic links here: " + e);
    }
    CommandRun refused = run(line);
    assertThat(refused.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(refused.err()).contains("exists already; --force replaces it");
    assertThat(Files.isSymbolicLink(output)).isTrue();
    assertThat(nowhere).doesNotExist();
    assertThat(run(line, "--force").status()).isZero();
    assertThat(Files.size(output)).isGreaterThan(100);
  }

  @Test
  void thisTestKnowsAllOutputsOfAllCommands() {
    Set<String> known = new TreeSet<>();
    outputs().forEach(line -> known.add(line[0] + " " + line[1]));
    Set<String> all = new TreeSet<>();
    collect(Commands.whole(), "", all);
    assertThat(known).isEqualTo(all);
  }

  private static void collect(CommandLine command, String name, Set<String> all) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (FilesOfCommand.isOutput(option)) {
        all.add(name + " " + option.longestName());
      }
    }
    command
        .getSubcommands()
        .forEach((below, spec) -> collect(spec, (name + " " + below).strip(), all));
  }

  /** A run that takes hours is not begun for a file that is there. */
  @Test
  void aFileThatExistsIsRefusedBeforeAnythingIsRead() throws IOException {
    Path page = Files.writeString(folder.resolve("page.html"), "mine");
    CommandRun run = CommandRun.of("train", "--train", folder.resolve("none.h5"), "--report", page);
    assertThat(run.err()).contains("page.html: exists already");
  }

  @Test
  void aCheckpointIsNotReplacedEvenByForce() throws IOException {
    Path checkpoint = folder.resolve("c.ckpt");
    Object[] train = {"train", "--train", table, "--iterations", 2, "--checkpoint", checkpoint};
    assertThat(run(train).status()).isZero();
    byte[] kept = Files.readAllBytes(checkpoint);
    CommandRun again = run(train, "--force");
    assertThat(again.err()).contains("--resume goes on from it; delete it to begin anew");
    assertThat(Files.readAllBytes(checkpoint)).isEqualTo(kept);
  }
}
