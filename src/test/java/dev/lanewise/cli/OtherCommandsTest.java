// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCommandsTest {

  @TempDir private Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void train() {
    data = Hdf5Samples.write(folder.resolve("data.h5"), 20, 3);
    model = folder.resolve("model.h5");
    assertThat(CommandRun.of("train", "--train", data, "--model", model).status()).isZero();
  }

  @Test
  void evaluateCountsRightAndWrong() {
    CommandRun text = CommandRun.of("evaluate", "--model", model, "--data", data);
    assertThat(text.status()).isZero();
    assertThat(text.out()).contains("100.00 % (20 of 20)").contains("predicted");
    JsonNode json = CommandRun.of("evaluate", "--model", model, "--data", data, "--json").json();
    assertThat(json.at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/truePositives").asInt()).isEqualTo(10);
    assertThat(json.at("/trueNegatives").asInt()).isEqualTo(10);
    assertThat(json.at("/falsePositives").asInt()).isZero();
    assertThat(json.at("/cost").asDouble()).isBetween(0.0, 0.6);
  }

  @Test
  void predictSaysALineForEverySample() throws IOException {
    CommandRun text = CommandRun.of("predict", "--model", model, data, data);
    assertThat(text.status()).isZero();
    assertThat(text.out().lines()).hasSize(40);
    assertThat(text.out().lines().skip(1).findFirst().orElseThrow())
        .matches(".*data\\.h5\t1\t1\t0\\.\\d+");
    CommandRun json = CommandRun.of("predict", "--model", model, data, "--json");
    assertThat(json.out().lines()).hasSize(20);
    for (String line : json.out().lines().toList()) {
      JsonNode prediction = new ObjectMapper().readTree(line);
      int label = prediction.at("/sample").asInt() % 2;
      assertThat(prediction.at("/class").asText()).isEqualTo(Integer.toString(label));
      assertThat(prediction.at("/probability").asDouble()).isGreaterThan(0.5);
      assertThat(prediction.at("/probabilities/" + label).asDouble()).isGreaterThan(0.5);
    }
  }

  @Test
  void scalarAndSimdPredictTheSame() {
    String scalar = CommandRun.of("predict", "--model", model, data, "--kernel", "scalar").out();
    String simd = CommandRun.of("predict", "--model", model, data, "--kernel", "simd").out();
    assertThat(simd).isEqualTo(scalar);
  }

  @Test
  void infoTellsDataFromModels() {
    CommandRun text = CommandRun.of("info", data);
    assertThat(text.out())
        .contains("20 samples of 3")
        .contains("X (20, 3) float32")
        .contains("y (20) int64")
        .contains("numbers as they are");
    JsonNode json = CommandRun.of("info", data, "--json").json();
    assertThat(json.at("/kind").asText()).isEqualTo("dataset");
    assertThat(json.at("/scaling").asText()).isEqualTo("none");
    assertThat(json.at("/positives").asInt()).isEqualTo(10);

    assertThat(CommandRun.of("info", model).out())
        .contains("3 weights for samples of 3")
        .contains("learning-rate=0.005")
        .contains("20 samples of 3 features");
    JsonNode described = CommandRun.of("info", model, "--json").json();
    assertThat(described.at("/kind").asText()).isEqualTo("model");
    assertThat(described.at("/weightsSha256").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void aModelOnDataOfAnotherWidthIsRefusedNamingBoth() {
    Path wide = Hdf5Samples.write(folder.resolve("wide.h5"), 4, 7);
    for (CommandRun run :
        new CommandRun[] {
          CommandRun.of("evaluate", "--model", model, "--data", wide),
          CommandRun.of("predict", "--model", model, wide)
        }) {
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("samples of 7 features").contains("the model has 3");
    }
  }

  @Test
  void dataInPlaceOfAModelAreRefused() {
    CommandRun run = CommandRun.of("evaluate", "--model", data, "--data", data);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("not a model");
  }

  @Test
  void helpVersionAndMissingCommands() {
    assertThat(CommandRun.of("--help").status()).isZero();
    assertThat(CommandRun.of("--help").out()).contains("train", "evaluate", "predict", "info");
    assertThat(CommandRun.of("train", "--help").out()).contains("--learning-rate");
    assertThat(CommandRun.of("--version").out()).startsWith("lanewise ");
    assertThat(CommandRun.of().status()).isEqualTo(2);
    assertThat(CommandRun.of().err()).contains("a command is missing");
    assertThat(CommandRun.of("dataset").status()).isEqualTo(2);
    assertThat(CommandRun.of("fly").status()).isEqualTo(2);
  }
}
