// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DrawCommandTest {

  /** The data sets that the project carries; they were drawn with the command's defaults. */
  private static final Path COMMITTED = Path.of("../../datasets");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int draw(Object... args) {
    CommandLine command = DrawCommand.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
  }

  @Test
  void defaultsDrawTheDataSetsThatTheProjectCarries() {
    assertThat(draw("--out", folder)).isZero();
    for (String file : List.of("drawn-cats-train.h5", "drawn-cats-test.h5")) {
      try (Dataset drawn = Datasets.read(folder.resolve(file), ReadOptions.labelled());
          Dataset committed = Datasets.read(COMMITTED.resolve(file), ReadOptions.labelled())) {
        assertThat(drawn.samples()).isEqualTo(committed.samples());
        assertThat(drawn.labels()).isEqualTo(committed.labels());
        assertThat(drawn.classNames()).isEqualTo(committed.classNames());
        for (int j = 0; j < drawn.samples(); j++) {
          for (int i = 0; i < drawn.width(); i++) {
            if (drawn.features().get(i, j) != committed.features().get(i, j)) {
              throw new AssertionError(file + ": picture " + j + " differs at feature " + i);
            }
          }
        }
      }
    }
  }

  @Test
  void filesAreReplacedOnlyWhenForced() throws IOException {
    Path train = folder.resolve("drawn-cats-train.h5");
    assertThat(draw("--train", 6, "--test", 2, "--seed", 3, "--out", folder)).isZero();
    assertThat(out.toString()).contains("6 pictures, 3 of them cats");
    byte[] first = Files.readAllBytes(train);

    assertThat(draw("--out", folder)).isEqualTo(3);
    assertThat(err.toString()).contains("exists already");
    assertThat(Files.readAllBytes(train)).isEqualTo(first);

    assertThat(draw("--train", 6, "--test", 2, "--seed", 3, "--out", folder, "--force")).isZero();
    assertThat(Files.readAllBytes(train)).isEqualTo(first);
  }

  @Test
  void noTestFileIsWrittenForZeroTestPictures() {
    assertThat(draw("--train", 4, "--test", 0, "--out", folder)).isZero();
    assertThat(folder.resolve("drawn-cats-test.h5")).doesNotExist();
  }

  @Test
  void countsOutOfRangeAndMissingFoldersAreRejected() {
    assertThat(draw("--train", 0)).isEqualTo(2);
    assertThat(draw("--test", -1)).isEqualTo(2);
    assertThat(err.toString()).contains("--train is from 1 to").contains("--test is from 0 to");
    assertThat(draw("--out", folder.resolve("none"))).isEqualTo(3);
  }
}
