// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that are finite, and whose scores are not. */
class OverflowTest {

  @TempDir private Path folder;

  @Test
  void aSampleWithoutProbabilitiesIsOneLineInEveryFormatAndNoClass() throws IOException {
    for (String classes : new String[] {"x,y", "x,y,z"}) {
      Path model = model(classes.split(","));
      Path huge = Files.writeString(folder.resolve("huge.csv"), "a,b,label\n1,2,x\n3e38,3e38,y\n");
      for (String format : new String[] {"--json", "--csv", "--top=2"}) {
        CommandRun run = CommandRun.of("predict", "--model", model, huge, format);
        assertThat(run.status()).as(run.out()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("huge.csv: the scores of sample 1 overflow float32");
        assertThat(run.out()).doesNotContain("NaN");
      }
      CommandRun run = CommandRun.of("evaluate", "--model", model, "--data", huge);
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err()).contains("huge.csv: the scores of some samples overflow float32");
    }
  }

  /** A model with weights above 1 of either sign. */
  private Path model(String[] classes) throws IOException {
    StringBuilder rows = new StringBuilder("a,b,label\n");
    for (int j = 0; j < 60; j++) {
      int k = j % classes.length;
      rows.append(k * 0.1 + j * 1e-4).append(',').append(-k * k * 0.1).append(',');
      rows.append(classes[k]).append('\n');
    }
    Path table = Files.writeString(folder.resolve("t.csv"), rows);
    Path model = folder.resolve("m" + classes.length + ".h5");
    CommandRun run =
        CommandRun.of(
            "train", "--train", table, "--solver", "newton", "--l2", "1e-3", "--model", model);
    assertThat(run.status()).as(run.err()).isZero();
    return model;
  }
}
