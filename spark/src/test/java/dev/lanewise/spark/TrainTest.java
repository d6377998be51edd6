// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.Dataset;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainTest {

  private static final int SAMPLES = 700;
  private static final double[][] FEATURES = new double[SAMPLES][4];
  private static final int[] LABELS = new int[SAMPLES];

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    Random random = new Random(1);
    List<String> csv = new ArrayList<>(List.of("a,b,label,c,d"));
    List<String> libsvm = new ArrayList<>();
    for (int j = 0; j < SAMPLES; j++) {
      for (int i = 0; i < 4; i++) {
        FEATURES[j][i] = Math.round(1000 * random.nextGaussian()) / 1000.0 + 0.001;
      }
      LABELS[j] = FEATURES[j][0] + FEATURES[j][2] + random.nextGaussian() > 0 ? 1 : 0;
      double[] x = FEATURES[j];
      csv.add(x[0] + "," + x[1] + "," + LABELS[j] + "," + x[2] + "," + x[3]);
      libsvm.add(
          String.format(Locale.ROOT, "%d 1:%s 2:%s 3:%s 4:%s", LABELS[j], x[0], x[1], x[2], x[3]));
    }
    Files.write(folder.resolve("rows.csv"), csv);
    Files.write(folder.resolve("rows.libsvm"), libsvm);
  }

  private record Output(int status, String out, String err) {}

  private static Output run(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master", "local[2]", "--conf", "spark.ui.enabled=false", "--partitions", "3"));
    all.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Train.command();
    int status =
        command
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Output(status, out.toString(), err.toString());
  }

  private static JsonNode json(Output output) throws IOException {
    assertThat(output.status()).as(output.err()).isZero();
    return new ObjectMapper().readTree(output.out());
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String here(Hyperparameters options, boolean standardize) {
    LogisticRegression trainer = new LogisticRegression(options, Execution.ofThreads(1));
    try (Dataset data = Dataset.of(FEATURES, LABELS)) {
      if (!standardize) {
        return trainer.fit(data.rounded()).model().weightsSha256();
      }
      try (Dataset standardized = data.standardized()) {
        return trainer.fit(standardized).model().weightsSha256();
      }
    }
  }

  @Test
  void trainsOnTextInTheOrderOfTheFileHoweverItIsSplit() throws IOException {
    Hyperparameters options = Hyperparameters.of(SolverChoice.LBFGS).withPenalty(Penalty.l2(2));
    String expected = here(options, false);
    Path model = folder.resolve("model.h5");
    JsonNode csv =
        json(
            run(
                "--train",
                path("rows.csv"),
                "--solver",
                "lbfgs",
                "--l2",
                "2",
                "--json",
                "--model",
                model.toString(),
                "--conf",
                "spark.sql.files.maxPartitionBytes=4k"));
    assertThat(csv.at("/weightsSha256").asText()).isEqualTo(expected);
    assertThat(csv.at("/spark/partitions").asInt()).isEqualTo(3);
    assertThat(csv.at("/spark/ordered").asBoolean()).isTrue();
    assertThat(csv.at("/train/samples").asInt()).isEqualTo(SAMPLES);
    Model read = ModelFile.read(model);
    assertThat(read.weightsSha256()).isEqualTo(expected);
    assertThat(read.provenance().data().source()).isEqualTo(path("rows.csv"));
    Output refused = run("--train", path("rows.csv"), "--model", model.toString());
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("model.h5: exists already; --force replaces it");
    JsonNode libsvm =
        json(run("--train", path("rows.libsvm"), "--solver", "lbfgs", "--l2", "2", "--json"));
    assertThat(libsvm.at("/weightsSha256").asText()).isEqualTo(expected);
  }

  @Test
  void standardises() throws IOException {
    Hyperparameters options = Hyperparameters.of(SolverChoice.NEWTON).withPenalty(Penalty.l2(1));
    JsonNode json =
        json(
            run(
                "--train",
                path("rows.csv"),
                "--solver",
                "newton",
                "--l2",
                "1",
                "--scale",
                "standard",
                "--json"));
    assertThat(json.at("/weightsSha256").asText()).isEqualTo(here(options, true));
    assertThat(json.at("/standardized").asBoolean()).isTrue();
  }

  @Test
  void fewSamplesAreTrainedOnByTheDriver() throws IOException {
    JsonNode json = json(run("--train", path("rows.csv"), "--engine", "gram", "--json"));
    assertThat(json.at("/spark/onDriver").asBoolean()).isTrue();
    assertThat(json.at("/engine").asText()).isEqualTo("gram");
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertThat(run("--train", path("rows.csv"), "--label", "nobody").err())
        .contains("lanewise: ")
        .contains("nobody");
    assertThat(run("--train", path("nothing.csv")).err()).contains("nothing.csv");
    Output sgd = run("--train", path("rows.csv"), "--solver", "sgd");
    assertThat(sgd.status()).isEqualTo(2);
    assertThat(sgd.err()).contains("--solver sgd does not run on a cluster");
    Output tolerance = run("--train", path("rows.csv"), "--tolerance", "1e-3");
    assertThat(tolerance.err()).contains("--tolerance needs --solver newton or lbfgs");
  }
}
