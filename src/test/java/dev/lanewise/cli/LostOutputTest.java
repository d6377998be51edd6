// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standard output that cannot be written: a full disk, or a reader that has gone away. */
class LostOutputTest {

  @TempDir private Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void train() throws IOException {
    table = folder.resolve("t.csv");
    Files.writeString(table, "a,label\n1,x\n2,y\n3,x\n4,y\n");
    model = folder.resolve("m.h5");
    assertThat(CommandRun.of("train", "--train", table, "--iterations", 1, "--model", model).err())
        .isEmpty();
  }

  private List<List<Object>> commands() {
    return List.of(
        List.of("train", "--train", table, "--iterations", 1),
        List.of("train", "--train", table, "--iterations", 1, "--json"),
        List.of("sweep", "--train", table, "--iterations", 1),
        List.of("sweep", "--train", table, "--iterations", 1, "--json"),
        List.of("sweep", "--train", table, "--iterations", 1, "--csv"),
        List.of("evaluate", "--model", model, "--data", table),
        List.of("evaluate", "--model", model, "--data", table, "--json"),
        List.of("predict", "--model", model, table),
        List.of("predict", "--model", model, table, "--json"),
        List.of("predict", "--model", model, table, "--csv"),
        List.of("info", table),
        List.of("info", "--json", model),
        List.of("report", "--model", model, "--data", table, "--out", folder.resolve("r.html")),
        List.of("export", "--model", model, "--out", folder.resolve("m.json")),
        List.of("dataset", "build", table, "--out", folder.resolve("t.h5")),
        List.of("completion", "bash"),
        List.of("completion", "fish"),
        List.of("man"),
        List.of("--help"),
        List.of("train", "--help"),
        List.of("--version"));
  }

  @Test
  void aFullDiskIsOneLineAndStatus3WhateverTheCommandAndTheFormat() {
    for (List<Object> args : commands()) {
      StringWriter err = new StringWriter();
      int status = run(args, new Failing("No space left on device"), err);
      assertThat(status).as("%s", args).isEqualTo(3);
      assertThat(err.toString().lines())
          .as("%s", args)
          .containsExactly(
              "lanewise: standard output: cannot be written: No space left on device;"
                  + " what was printed is incomplete");
    }
  }

  @Test
  void aReaderThatHasGoneAwayIsNoFaultToTellOf() {
    for (List<Object> args : commands().subList(0, 8)) {
      StringWriter err = new StringWriter();
      int status = run(args, new Failing("Broken pipe"), err);
      assertThat(status).as("%s", args).isEqualTo(141);
      assertThat(err.toString()).as("%s", args).isEmpty();
    }
  }

  @Test
  void aModelIsWrittenAllTheSame() throws IOException {
    Files.delete(model);
    List<Object> args = List.of("train", "--train", table, "--iterations", 1, "--model", model);
    assertThat(run(args, new Failing("Broken pipe"), new StringWriter())).isEqualTo(141);
    assertThat(model).exists();
  }

  @Test
  void whatElseWentWrongKeepsItsStatus() {
    List<Object> args = List.of("train", "--no-such-option");
    assertThat(run(args, new Failing("No space left on device"), new StringWriter())).isEqualTo(2);
  }

  private static int run(List<Object> args, Writer out, Writer err) {
    return LanewiseCommand.run(
        args.stream().map(Object::toString).toArray(String[]::new), out, err);
  }

  /** Takes what is written, and fails when it is to go on, as a buffer before a full disk does. */
  private static final class Failing extends Writer {

    private final String reason;

    Failing(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(char[] text, int from, int length) {}

    @Override
    public void flush() throws IOException {
      throw new IOException(reason);
    }

    @Override
    public void close() {}
  }
}
