// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No command replaces a file that it reads, or writes two things to one file. */
class FilesOfCommandTest {

  @TempDir private Path folder;
  private Path table;
  private byte[] content;

  @BeforeEach
  void writeTable() throws IOException {
    table = folder.resolve("t.csv");
    Files.writeString(table, "a,label\n1,x\n2,y\n3,x\n4,y\n");
    content = Files.readAllBytes(table);
  }

  @Test
  void aModelDoesNotReplaceItsTrainingData() throws IOException {
    assertRefused("--model and --train", "train", "--train", table, "--model", table);
    Path test = Files.copy(table, folder.resolve("test.csv"));
    assertRefused(
        "--report and --test", "train", "--train", table, "--test", test, "--report", test);
  }

  /** Of NPY and IDX the labels are a file of their own. */
  @Test
  void aModelDoesNotReplaceTheFileOfTheLabels() throws IOException {
    assertRefused(
        "--model and --labels", "train", "--train", "x.npy", "--labels", table, "--model", table);
    assertRefused(
        "--model and --test-labels",
        "train",
        "--train",
        "x.npy",
        "--test",
        "z.npy",
        "--test-labels",
        table,
        "--model",
        table);
  }

  @Test
  void otherNamesOfAFileAreTheFile() throws IOException {
    Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic.h5"), table);
    Path hard = Files.createLink(folder.resolve("hard.h5"), table);
    Path other = Files.createDirectory(folder.resolve("other"));
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder);
    for (Path name :
        new Path[] {symbolic, hard, other.resolve("../t.csv"), linked.resolve("t.csv")}) {
      assertRefused("--model and --train", "train", "--train", table, "--model", name);
    }
  }

  @Test
  void twoOutputsThatDoNotExistYetAreCompared() throws IOException {
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder);
    for (Path report :
        new Path[] {folder.resolve("m"), linked.resolve("m"), folder.resolve("x/../m")}) {
      assertRefused(
          "same file",
          "train",
          "--train",
          table,
          "--model",
          folder.resolve("m"),
          "--report",
          report);
    }
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void othersThatReadAndWriteAreHeldToIt() {
    Path model = folder.resolve("m.h5");
    assertThat(train("--model", model).status()).isZero();
    assertRefused("--out and --model", "export", "--model", model, "--out", model, "--force");
    assertRefused("--out and FILE", "dataset", "build", table, "--out", table, "--force");
    assertRefused("--out and --data", "report", "--model", model, "--data", table, "--out", table);
    assertRefused(
        "--train and FILE",
        "dataset",
        "split",
        table,
        "--train",
        table,
        "--test",
        folder.resolve("b.h5"),
        "--force");
    assertRefused("--report and --train", "sweep", "--train", table, "--report", table);
  }

  @Test
  void aRunGoesOnInItsCheckpointAndAModelInItself() {
    Path model = folder.resolve("m.h5");
    assertThat(train("--model", model).status()).isZero();
    assertThat(train("--from", model, "--model", model, "--force").status()).isZero();
    Path checkpoint = folder.resolve("c.ck");
    assertThat(train("--checkpoint", checkpoint).status()).isZero();
    CommandRun more = train("--checkpoint", checkpoint, "--resume", checkpoint);
    assertThat(more.status()).as(more.err()).isZero();
    assertRefused(
        "same file", "train", "--train", table, "--checkpoint", checkpoint, "--model", checkpoint);
  }

  private CommandRun train(Object... more) {
    Object[] args = new Object[more.length + 5];
    System.arraycopy(new Object[] {"train", "--train", table, "--iterations", 2}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return CommandRun.of(args);
  }

  private void assertRefused(String message, Object... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(run.status()).as("%s: %s", args, run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message).contains("same file");
    assertThat(table).hasBinaryContent(content);
  }
}
