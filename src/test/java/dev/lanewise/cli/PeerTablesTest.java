// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.train.LogisticRegression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as people have them: one command gives the model of scikit-learn's pipeline. */
class PeerTablesTest {

  private static final double CLOSE = 1e-4;

  @TempDir private Path folder;

  private static JsonNode expected() throws IOException {
    try (InputStream in = resource("expected.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static InputStream resource(String name) {
    return PeerTablesTest.class.getResourceAsStream("/tables/" + name);
  }

  private static JsonNode table(String name) throws IOException {
    return StreamSupport.stream(expected().get("tables").spliterator(), false)
        .filter(table -> table.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Path file(JsonNode table) throws IOException {
    Path file = folder.resolve(table.get("file").asText());
    try (InputStream in = resource(table.get("file").asText())) {
      Files.copy(in, file);
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"titanic", "adult", "adult-rare", "bank", "credit"})
  void oneCommandGivesTheCoefficientsOfScikitLearn(String name) throws IOException {
    JsonNode table = table(name);
    Path file = file(table);
    Path modelFile = folder.resolve("m.h5");
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            file,
            "--labels",
            table.get("label").asText(),
            "--min-count",
            table.get("minCount").asText(),
            "--scale",
            "standard",
            "--solver",
            "newton",
            "--l2",
            "1",
            "--model",
            modelFile);
    assertThat(run.status()).as(run.err()).isZero();

    Model model = ModelFile.read(modelFile);
    Map<String, Double> coefficients = new HashMap<>();
    List<String> names = model.schema().featureNames().orElseThrow().list();
    for (int i = 0; i < names.size(); i++) {
      coefficients.put(names.get(i), (double) model.weights()[i]);
    }
    Set<String> peers = new TreeSet<>();
    table.get("coefficients").fieldNames().forEachRemaining(peers::add);
    assertThat(new TreeSet<>(names)).isEqualTo(peers);
    for (String peer : peers) {
      assertThat(coefficients.get(peer))
          .as(peer)
          .isCloseTo(table.get("coefficients").get(peer).asDouble(), within(CLOSE));
    }
    assertThat((double) model.bias()).isCloseTo(table.get("intercept").asDouble(), within(CLOSE));

    CommandRun predicted =
        CommandRun.of("predict", "--model", modelFile, "--json", "--top", "2", file);
    assertThat(predicted.status()).as(predicted.err()).isZero();
    List<String> lines = predicted.out().lines().toList();
    String positive = table.get("classes").get(1).asText();
    for (int j = 0; j < table.get("probabilities").size(); j++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(j));
      double probability =
          StreamSupport.stream(line.get("top").spliterator(), false)
              .filter(top -> top.get("class").asText().equals(positive))
              .mapToDouble(top -> top.get("probability").asDouble())
              .findFirst()
              .orElseThrow();
      assertThat(probability)
          .as("sample %d", j)
          .isCloseTo(table.get("probabilities").get(j).asDouble(), within(CLOSE));
    }
  }

  /** StandardScaler(with_mean=False) and fit_intercept=False. */
  @ParameterizedTest
  @ValueSource(strings = {"titanic", "adult", "adult-rare", "bank", "credit"})
  void withoutAnInterceptCoefficientsAreThoseOfScikitLearn(String name) throws IOException {
    JsonNode table = table(name);
    JsonNode peer = table.get("withoutIntercept");
    Path modelFile = folder.resolve("m.h5");
    Path file = file(table);
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            file,
            "--labels",
            table.get("label").asText(),
            "--min-count",
            table.get("minCount").asText(),
            "--scale",
            "standard",
            "--solver",
            "newton",
            "--l2",
            "1",
            "--no-intercept",
            "--model",
            modelFile);
    assertThat(run.status()).as(run.err()).isZero();
    Model model = ModelFile.read(modelFile);
    assertThat(model.bias()).isZero();
    List<String> names = model.schema().featureNames().orElseThrow().list();
    assertThat(names).hasSize(peer.get("coefficients").size());
    for (int i = 0; i < names.size(); i++) {
      assertThat((double) model.weights()[i])
          .as(names.get(i))
          .isCloseTo(peer.get("coefficients").get(names.get(i)).asDouble(), within(CLOSE));
    }
    CommandRun predicted =
        CommandRun.of("predict", "--model", modelFile, "--json", "--top", "2", file);
    List<String> lines = predicted.out().lines().toList();
    for (int j = 0; j < peer.get("probabilities").size(); j++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(j));
      String positive = table.get("classes").get(1).asText();
      for (JsonNode top : line.get("top")) {
        if (top.get("class").asText().equals(positive)) {
          assertThat(top.get("probability").asDouble())
              .isCloseTo(peer.get("probabilities").get(j).asDouble(), within(CLOSE));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"titanic", "adult", "adult-rare", "bank", "credit"})
  void foldsAreEncodedByWhatTheirOwnRowsTeach(String name) throws IOException {
    JsonNode table = table(name);
    int count = expected().get("folds").asInt();
    Kernels kernels = KernelChoice.choose(KernelRequest.scalar(), warning -> {});
    TableOptions automatic = TableOptions.AUTOMATIC;
    TableOptions options =
        new TableOptions(
            false,
            Map.of(),
            List.of(),
            automatic.missing(),
            automatic.imputation(),
            Set.of(),
            table.get("minCount").asInt(),
            TableOptions.USUAL_LEVELS,
            false,
            false);
    ReadOptions reading =
        ReadOptions.labelled().named(null, table.get("label").asText()).with(options).exact();
    try (Dataset all = Datasets.read(file(table), reading)) {
      for (int fold = 0; fold < count; fold++) {
        int k = fold;
        int[] learned = IntStream.range(0, all.samples()).filter(j -> j % count != k).toArray();
        int[] heldOut = IntStream.range(0, all.samples()).filter(j -> j % count == k).toArray();
        TableEncoding encoding = all.learnEncoding(learned);
        try (Dataset some = all.select(learned, encoding);
            Dataset scaled = some.standardized();
            Dataset others = all.select(heldOut, encoding)) {
          Model model = new LogisticRegression().fit(scaled).model();
          Evaluation evaluation = Evaluation.of(model, others, kernels);
          JsonNode peer = table.get("folds").get(fold);
          assertThat(evaluation.accuracy())
              .isCloseTo(peer.get("accuracy").asDouble(), within(1e-12));
          assertThat(evaluation.cost()).isCloseTo(peer.get("logLoss").asDouble(), within(CLOSE));
        }
      }
    }
  }
}
