// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void train() {
    Path data = Hdf5Samples.write(folder.resolve("data.h5"), 20, 3);
    model = folder.resolve("model.h5");
    assertThat(CommandRun.of("train", "--train", data, "--model", model).status()).isZero();
  }

  @Test
  void theEndingSaysTheFormat() throws IOException {
    Path onnx = folder.resolve("m.onnx");
    CommandRun run = CommandRun.of("export", "--model", model, "--out", onnx);
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("m.onnx: 3 weights for samples of 3");
    assertThat(Files.readAllBytes(onnx)).startsWith(8, 7);
    Path json = folder.resolve("m.JSON");
    assertThat(CommandRun.of("export", "--model", model, "--out", json).status()).isZero();
    assertThat(Files.readString(json)).startsWith("{").contains("\"weights\" : [ ");
    CommandRun other = CommandRun.of("export", "--model", model, "--out", folder.resolve("m.pb"));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("--out ends in .onnx or .json");
  }

  @Test
  void whatIsThereIsReplacedOnlyIfThatIsSaid() throws IOException {
    Path onnx = Files.writeString(folder.resolve("m.onnx"), "mine");
    CommandRun run = CommandRun.of("export", "--model", model, "--out", onnx);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("exists already; --force replaces it");
    assertThat(Files.readString(onnx)).isEqualTo("mine");
    assertThat(CommandRun.of("export", "--model", model, "--out", onnx, "--force").status())
        .isZero();
    assertThat(Files.size(onnx)).isGreaterThan(100);
  }

  @Test
  void dataInPlaceOfAModelAreRefused() {
    Path data = folder.resolve("data.h5");
    Path out = folder.resolve("m.onnx");
    CommandRun run = CommandRun.of("export", "--model", data, "--out", out);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("not a model");
    assertThat(out).doesNotExist();
  }
}
