// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.train.LogisticRegression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How train trains without --solver, and what it says of it. */
class UsualTrainingTest {

  private static final int ROWS = 60;

  @TempDir private Path folder;

  private Path table() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int j = 0; j < ROWS; j++) {
      double a = random.nextGaussian();
      double b = 100 * random.nextGaussian();
      String label = a + b / 100 + random.nextGaussian() > 0 ? "yes" : "no";
      text.append(a).append(',').append(b).append(',').append(label).append('\n');
    }
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private static CommandRun train(Path data, String options) {
    List<Object> words = new ArrayList<>(List.of("train", "--force", "--train", data));
    words.addAll(options.isEmpty() ? List.of() : List.of((Object[]) options.split(" ")));
    CommandRun run = CommandRun.of(words.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private static void assertOptions(
      JsonNode json, String solver, double l2, String data, String features) {
    JsonNode options = json.at("/provenance/options");
    assertThat(options.get("solver").asText()).as(data).isEqualTo(solver);
    assertThat(options.get("l2").asDouble()).as(data).isEqualTo(l2);
    assertThat(json.get("standardized").asBoolean())
        .as(data)
        .isEqualTo(features.equals("standard"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|newton|1|standard|newton, l2 1, standardised features: the data are a table",
        "--l2 3|newton|3|standard|newton, standardised features: the data are a table",
        "--scale none|newton|1|none|newton, l2 1: the data are a table",
        "--tolerance 1e-4|newton|1|standard|newton, l2 1, standardised features: the data are a table",
        "--no-intercept|newton|1|standard|newton, l2 1, standardised features: the data are a table",
        "--strict|newton|1|standard|newton, l2 1, standardised features: the data are a table",
        "--cost-every 2|newton|1|standard|newton, l2 1, standardised features: the data are a table",
        "--l1 1|lbfgs|0|standard|lbfgs, standardised features: the data are a table, and --l1 is given",
        "--l1 0|newton|1|standard|newton, l2 1, standardised features: the data are a table",
        "--summary|newton|0|standard|newton, l2 0, standardised features: the data are a table; a penalty",
        "--summary --l2 2|newton|2|standard|newton, standardised features: the data are a table; a penalty",
        "--learning-rate 0.1|gd|0|none|gd: --learning-rate is given; else newton for a table",
        "--iterations 9|gd|0|none|gd: --iterations is given",
        "--iterations 9 --l2 2 --scale standard|gd|2|standard|gd: --iterations is given",
        "--engine primal --l1 1|gd|0|none|gd: --engine is given",
        "--init zeros|gd|0|none|gd: --init is given",
        "--hidden 2|sgd|0|none|sgd: --hidden is given",
        "--solver newton|newton|0|none|",
        "--solver gd|gd|0|none|",
      })
  void aTableTakesNewtonUnlessOptionsSayOtherwise(
      String options, String solver, double l2, String features, String chosen) throws IOException {
    Path table = table();
    JsonNode json = train(table, (options + " --json").strip()).json();
    assertOptions(json, solver, l2, options, features);
    List<String> lines =
        train(table, options).out().lines().filter(line -> line.startsWith("Chosen")).toList();
    if (chosen == null) {
      assertThat(lines).isEmpty();
      assertThat(json.get("chosen").isNull()).isTrue();
    } else {
      assertThat(lines).singleElement().asString().startsWith("Chosen          " + chosen);
      assertThat(json.at("/chosen/solver").asText()).isEqualTo(solver);
      assertThat(json.at("/chosen/because").asText()).isNotEmpty();
    }
  }

  @Test
  void theModelIsThatOfTheLibrary() throws IOException {
    Path model = folder.resolve("m.h5");
    train(table(), "--model " + model);
    try (Dataset data =
            Datasets.read(table(), ReadOptions.labelled().with(TableOptions.AUTOMATIC).exact());
        Dataset scaled = data.standardized()) {
      Model library = new LogisticRegression().fit(scaled).model();
      assertThat(ModelFile.read(model).weightsSha256()).isEqualTo(library.weightsSha256());
    }
  }

  @Test
  void aModelOfDefaultsReproduces() throws IOException {
    Path model = folder.resolve("m.h5");
    Path table = table();
    train(table, "--model " + model);
    assertThat(ModelFile.read(model).provenance().arguments()).contains("--scale=standard");
    assertThat(CommandRun.of("reproduce", model, "--train", table).status()).isZero();
    Path next = folder.resolve("n.h5");
    Path other =
        Files.writeString(folder.resolve("o.csv"), "a,b,label\n1,2,yes\n2,1,no\n0,5,yes\n3,2,no\n");
    train(other, "--from " + model + " --model " + next);
    assertThat(ModelFile.read(next).schema().standardization())
        .isEqualTo(ModelFile.read(model).schema().standardization());
    CommandRun again = CommandRun.of("reproduce", next, "--train", other, "--from", model);
    assertThat(again.status()).as(again.out() + again.err()).isZero();
  }

  @Test
  void otherDataTakeTheTutorialsDescent() throws IOException {
    Path table = table();
    Path built = folder.resolve("t.h5");
    assertThat(CommandRun.of("dataset", "build", table, "--out", built).status()).isZero();
    Path svm = folder.resolve("t.svm");
    Files.writeString(svm, "1 1:1 2:3\n0 1:2 2:1\n1 1:3\n0 1:1\n");
    for (Path data : List.of(built, svm)) {
      assertOptions(train(data, "--json").json(), "gd", 0, data.toString(), "none");
      assertThat(train(data, "").out())
          .contains("Chosen          gd: the tutorial's choice; the data are no table");
    }
    CommandRun drawn = CommandRun.of("train", "--iterations", 2);
    assertThat(drawn.out()).contains("Chosen          gd: the tutorial's choice");
  }

  @Test
  void aCheckpointIsOneOfDescent() throws IOException {
    Path kept = folder.resolve("c.ckpt");
    assertThat(train(table(), "--checkpoint " + kept).out())
        .contains("Chosen          gd: --checkpoint is given; else newton for a table");
    assertThat(train(table(), "--resume " + kept).out()).contains("gd: --resume is given");
  }

  @Test
  void aMissingFileIsNamedOnce() {
    CommandRun run = CommandRun.of("train", "--train", folder.resolve("none.csv"));
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.err().lines()).singleElement().asString().endsWith("none.csv: no such file");
  }
}
