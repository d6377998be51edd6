// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.FashionMnist;
import dev.lanewise.data.Question;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TestData;
import dev.lanewise.data.TutorialFiles;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.options.Penalty;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The optima of small real sets, which {@code src/test/python/golden_optima.py} found with
 * scikit-learn. The tables are those of Debian's python3-sklearn, the pictures those of its
 * dataset-fashion-mnist; where they are not installed, the tests are skipped.
 */
class SolverGoldenTest {

  private static final Path TABLES =
      Path.of(
          System.getProperty(
              "sklearn.data.dir", "/usr/lib/python3/dist-packages/sklearn/datasets/data"));

  static Stream<JsonNode> optima() throws IOException {
    try (InputStream in = SolverGoldenTest.class.getResourceAsStream("optima.json")) {
      JsonNode optima = new ObjectMapper().readTree(in).get("optima");
      return StreamSupport.stream(optima.spliterator(), false).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("optima")
  void solversReachTheOptimumOfScikitLearn(JsonNode golden) throws IOException {
    try (Dataset data = read(golden.get("name").asText())) {
      assertThat(data.samples()).isEqualTo(golden.get("samples").asInt());
      assertThat(data.width()).isEqualTo(golden.get("features").asInt());
      double least = golden.get("objective").asDouble();
      for (SolverChoice solver : solvers(data)) {
        Hyperparameters options =
            Hyperparameters.defaults()
                .withSolver(SolverOptions.of(solver))
                .withPenalty(Penalty.l2(golden.get("l2").asDouble()))
                .withClassWeights(
                    golden.get("balanced").asBoolean() ? ClassWeights.BALANCED : ClassWeights.NONE);
        TrainingResult result = new LogisticRegression(options).fit(data);
        Convergence end = result.convergence();
        assertThat(end.converged()).as("%s", end).isTrue();
        assertThat(end.objective() * data.samples()).isCloseTo(least, within(5e-7 * least));
        assertThat((double) result.model().bias())
            .isCloseTo(golden.get("bias").asDouble(), within(2e-3));
        double norm = golden.get("weightsNorm").asDouble();
        assertThat(result.model().weightsNorm()).isCloseTo(norm, within(1e-3 * norm));
      }
    }
  }

  // L-BFGS would take a thousand passes of many samples.
  private static List<SolverChoice> solvers(Dataset data) {
    return data.samples() > 10_000
        ? List.of(SolverChoice.NEWTON)
        : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS);
  }

  static Stream<JsonNode> manyClasses() throws IOException {
    try (InputStream in = SolverGoldenTest.class.getResourceAsStream("optima.json")) {
      JsonNode optima = new ObjectMapper().readTree(in).get("manyClasses");
      return StreamSupport.stream(optima.spliterator(), false).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("manyClasses")
  void softmaxReachesTheOptimumOfScikitLearn(JsonNode golden) throws IOException {
    int classes = golden.get("classes").asInt();
    Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});
    try (Dataset data = readMany(golden, classes)) {
      assertThat(data.samples()).isEqualTo(golden.get("samples").asInt());
      assertThat(data.width()).isEqualTo(golden.get("features").asInt());
      double least = golden.get("objective").asDouble();
      for (SolverChoice solver : solvers(data)) {
        Hyperparameters options =
            Hyperparameters.defaults()
                .withSolver(SolverOptions.of(solver))
                .withPenalty(Penalty.l2(golden.get("l2").asDouble()))
                .withClassWeights(
                    golden.get("balanced").asBoolean() ? ClassWeights.BALANCED : ClassWeights.NONE);
        Runs.Result result = Runs.run(data, options, kernels, 2);
        Convergence end = result.convergence();
        assertThat(end.converged()).as("%s", end).isTrue();
        assertThat(end.objective() * data.samples()).isCloseTo(least, within(5e-6 * least));
        for (int k = 0; k < classes; k++) {
          double bias = golden.get("biases").get(k).asDouble();
          assertThat((double) result.b()[k]).isCloseTo(bias, within(5e-3 * (1 + Math.abs(bias))));
          double squares = 0;
          for (float w : result.w()[k]) {
            squares += (double) w * w;
          }
          double norm = golden.get("weightsNorms").get(k).asDouble();
          assertThat(Math.sqrt(squares)).isCloseTo(norm, within(2e-3 * norm));
        }
      }
    }
  }

  private static Dataset readMany(JsonNode golden, int classes) throws IOException {
    String name = golden.get("name").asText();
    if (name.equals("fashion")) {
      try (Dataset all = Datasets.read(FashionMnist.installed(), ReadOptions.labelled())) {
        return all.select(IntStream.range(0, golden.get("samples").asInt()).toArray());
      }
    }
    boolean digits = name.equals("digits");
    List<double[]> rows = digits ? table("digits.csv.gz", 0) : table("wine_data.csv", 1);
    int[] y = rows.stream().mapToInt(row -> (int) row[row.length - 1]).toArray();
    try (Dataset asked = digits ? digits(rows) : standardised(rows, 0)) {
      float[][] x = new float[y.length][];
      for (int j = 0; j < y.length; j++) {
        x[j] = asked.features().column(j);
      }
      return TestData.ofClasses(x, y, classes);
    }
  }

  private static Dataset read(String name) throws IOException {
    switch (name) {
      case "breast-cancer":
        return standardised(table("breast_cancer.csv", 1), 1);
      case "wine":
        return standardised(table("wine_data.csv", 1), 0);
      case "digits":
        return digits(table("digits.csv.gz", 0));
      case "fashion-top":
        Dataset all = Datasets.read(FashionMnist.installed(), ReadOptions.labelled());
        return new Question(all.classNames(), List.of("0", "2", "3", "4", "6")).ask(all);
      default:
        return Datasets.read(TutorialFiles.train(), ReadOptions.labelled());
    }
  }

  private static List<double[]> table(String file, int headers) throws IOException {
    Path path = TABLES.resolve(file);
    assumeTrue(Files.exists(path), "python3-sklearn is not installed: no " + path);
    List<double[]> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(path);
        InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(headers)
          .forEach(
              line ->
                  rows.add(Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray()));
    }
    return rows;
  }

  /** The last column names the class, of which one is asked for. */
  private static Dataset standardised(List<double[]> rows, int positive) {
    int m = rows.size();
    int d = rows.getFirst().length - 1;
    float[][] x = new float[m][d];
    int[] y = new int[m];
    for (int i = 0; i < d; i++) {
      int column = i;
      double mean = rows.stream().mapToDouble(row -> row[column]).sum() / m;
      double variance = rows.stream().mapToDouble(row -> Math.pow(row[column] - mean, 2)).sum() / m;
      for (int j = 0; j < m; j++) {
        x[j][i] = (float) ((rows.get(j)[i] - mean) / Math.sqrt(variance));
      }
    }
    for (int j = 0; j < m; j++) {
      y[j] = rows.get(j)[d] == positive ? 1 : 0;
    }
    return Dataset.of(x, y);
  }

  /** Is it an odd digit? */
  private static Dataset digits(List<double[]> rows) {
    float[][] x = new float[rows.size()][64];
    int[] y = new int[rows.size()];
    for (int j = 0; j < y.length; j++) {
      for (int i = 0; i < 64; i++) {
        x[j][i] = (float) (rows.get(j)[i] / 16);
      }
      y[j] = (int) rows.get(j)[64] % 2;
    }
    return Dataset.of(x, y);
  }
}
