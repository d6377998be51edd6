// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

  @TempDir private Path folder;
  private Path data;
  private Path model;
  private Path page;

  @BeforeEach
  void name() {
    data = Hdf5Samples.write(folder.resolve("data.h5"), 20, 3);
    model = folder.resolve("model.h5");
    page = folder.resolve("page.html");
  }

  @Test
  void trainReportsItsRun() throws IOException {
    CommandRun text =
        CommandRun.of(
            "train", "--train", data, "--test", data, "--report", page, "--iterations", 30);
    assertThat(text.status()).as(text.err()).isZero();
    assertThat(text.out()).contains("Report          " + page);
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("Training report")
        .contains("Test data")
        .contains("<section id=\"cost\"");
    CommandRun json =
        CommandRun.of("train", "--train", data, "--report", page, "--json", "--force");
    assertThat(json.json().at("/report").asText()).isEqualTo(page.toString());
    assertThat(Files.readString(page)).doesNotContain("Test data");
  }

  @Test
  void aReportChangesNoBit() {
    String with =
        CommandRun.of("train", "--train", data, "--report", page, "--json")
            .json()
            .at("/weightsSha256")
            .asText();
    String without =
        CommandRun.of("train", "--train", data, "--json").json().at("/weightsSha256").asText();
    assertThat(with).isEqualTo(without);
  }

  @Test
  void reportHoldsAModelAgainstData() throws IOException {
    assertThat(CommandRun.of("train", "--train", data, "--model", model).status()).isZero();
    CommandRun text = CommandRun.of("report", "--model", model, "--data", data, "--out", page);
    assertThat(text.status()).as(text.err()).isZero();
    assertThat(text.out()).contains("Accuracy  100.00 % (20 of 20)").contains("Report    " + page);
    assertThat(Files.readString(page)).contains("Evaluation report");
    CommandRun json =
        CommandRun.of(
            "report", "--model", model, "--data", data, "--out", page, "--json", "--force");
    assertThat(json.json().at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(json.json().at("/report").asText()).isEqualTo(page.toString());
  }

  /** A table whose first column decides, with 30 samples of ok and 10 of defect. */
  private Path table() throws IOException {
    StringBuilder text = new StringBuilder("pressure,width,verdict\n");
    for (int j = 0; j < 40; j++) {
      boolean defect = j % 4 == 0;
      text.append(defect ? 40 + j * 7 % 5 : 20 + j * 5 % 9).append(',');
      text.append(j * 3 % 11).append(',').append(defect ? "defect" : "ok").append('\n');
    }
    return Files.writeString(folder.resolve("parts.csv"), text);
  }

  @Test
  void aPageOfATableSaysWhatItsNumbersMean() throws IOException {
    Path table = table();
    Object[] train = {
      "train",
      "--train",
      table,
      "--test",
      table,
      "--labels",
      "verdict",
      "--scale",
      "standard",
      "--solver",
      "newton",
      "--l2",
      "0.5,5",
      "--folds",
      5,
      "--learning-curve",
      "--threshold",
      0.3,
      "--model",
      model,
      "--report",
      page
    };
    CommandRun run = CommandRun.of(train);
    assertThat(run.status()).as(run.err()).isZero();
    String html = Files.readString(page);
    assertThat(html)
        .contains("The features are standardised: a weight is per standard deviation")
        .contains("<section id=\"selection\"")
        .contains("<h3>Penalties</h3>", "<h3>Learning curve</h3>")
        .contains("Means over 5 folds", "<tr class=\"best\">")
        .contains("predicted as <strong><bdi>ok</bdi></strong>, the positive class")
        .contains("<dt>Precision of ok</dt>", "<dt>Recall of defect</dt>")
        .contains("<dt>Baseline: always ok</dt><dd>75.00 %</dd>")
        .contains(
            "At the threshold of the model, 0.3<", "min=\"0\" max=\"100\" step=\"1\" value=\"30\"")
        .containsPattern("pressure [0-9]+, width [0-9]+");
    // Of samples that were learned from it would mean nothing.
    assertThat(html.split("95 % interval of the accuracy", -1)).hasSize(2);

    CommandRun plain =
        CommandRun.of(
            "report",
            "--model",
            model,
            "--data",
            table,
            "--labels",
            "verdict",
            "--out",
            page,
            "--force");
    assertThat(plain.status()).as(plain.err()).isZero();
    assertThat(Files.readString(page))
        .doesNotContain("<section id=\"selection\"")
        .contains("95 % interval of the accuracy");
  }

  @Test
  void classesThatAreNumbersAreNotTitledByAPath() throws IOException {
    StringBuilder text = new StringBuilder("a,label\n");
    for (int j = 0; j < 30; j++) {
      text.append(j % 3 + j * 0.01).append(',').append(j % 3).append('\n');
    }
    Path digits = Files.writeString(folder.resolve("digits.csv"), text);
    CommandRun run = CommandRun.of("train", "--train", digits, "--iterations", 5, "--report", page);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readString(page)).contains("<h1><bdi>digits.csv: 3 classes</bdi></h1>");
  }

  @Test
  void aPageThatCannotBeWrittenIsRefusedBeforeAnythingIsDone() {
    Path nowhere = folder.resolve("none").resolve("page.html");
    CommandRun train =
        CommandRun.of("train", "--train", data, "--model", model, "--report", nowhere);
    assertThat(train.status()).isEqualTo(3);
    assertThat(train.err()).contains("there is no folder");
    assertThat(train.err().lines()).hasSize(1);
    assertThat(model).doesNotExist();
    CommandRun report = CommandRun.of("report", "--model", model, "--data", data, "--out", folder);
    assertThat(report.status()).isEqualTo(3);
    assertThat(report.err()).contains("is a folder");
  }

  @Test
  void dataOfAnotherWidthAreRefusedNamingBoth() {
    assertThat(CommandRun.of("train", "--train", data, "--model", model).status()).isZero();
    Path wide = Hdf5Samples.write(folder.resolve("wide.h5"), 4, 7);
    CommandRun run = CommandRun.of("report", "--model", model, "--data", wide, "--out", page);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("samples of 7 features").contains("the model has 3");
    assertThat(page).doesNotExist();
  }

  @Test
  void theCostIsDrawnAsTheExtensionSays() throws IOException {
    Path svg = folder.resolve("cost.svg");
    CommandRun text = CommandRun.of("train", "--train", data, "--plot", svg);
    assertThat(text.status()).as(text.err()).isZero();
    assertThat(text.out()).contains("Plot            " + svg);
    assertThat(Files.readString(svg)).startsWith("<svg").contains("<polyline");
    Path png = folder.resolve("cost.png");
    CommandRun json = CommandRun.of("train", "--train", data, "--plot", png, "--json");
    assertThat(json.json().at("/plot").asText()).isEqualTo(png.toString());
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void whatCannotBeDrawnIsAnErrorOfUsage() {
    CommandRun gif = CommandRun.of("train", "--train", data, "--plot", folder.resolve("cost.gif"));
    assertThat(gif.status()).isEqualTo(2);
    assertThat(gif.err()).contains("--plot draws .svg or .png, not").contains("cost.gif");
    Path svg = folder.resolve("cost.svg");
    CommandRun never = CommandRun.of("train", "--train", data, "--plot", svg, "--cost-every", 0);
    assertThat(never.status()).isEqualTo(2);
    assertThat(never.err()).contains("--cost-every 0 notes none");
    for (String option : List.of("--plot", "--report")) {
      CommandRun path =
          CommandRun.of("train", "--train", data, "--solver", "newton", "--l2", "1,2", option, svg);
      assertThat(path.status()).isEqualTo(2);
      assertThat(path.err()).contains(option + " with several penalties needs --folds");
    }
    CommandRun none = CommandRun.of("train", "--train", data, "--plot", svg, "--iterations", 0);
    assertThat(none.status()).isZero();
    assertThat(none.err()).contains("is not written: the run noted no cost");
    assertThat(svg).doesNotExist();
  }
}
