// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Predictions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbers of small problems are, to the bit, those of {@code golden-digests.txt}: of every
 * commit, JDK, machine and width of vectors.
 */
class GoldenDigestTest {

  private interface FloatFunction {
    float of(float x);
  }

  private static final Map<String, FloatFunction> FUNCTIONS =
      Map.of(
          "function-exp", Functions::exp,
          "function-sigmoid", Functions::sigmoid,
          "function-softplus", Functions::softplus,
          "function-tanh", Functions::tanh,
          "function-log", Functions::log,
          "function-log1p", Functions::log1p);

  static List<String> functions() {
    return FUNCTIONS.keySet().stream().sorted().toList();
  }

  private static Map<String, String> golden() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                GoldenDigestTest.class.getResourceAsStream("golden-digests.txt"),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.indexOf(' ')),
                  line -> line.substring(line.indexOf(' ') + 1),
                  (one, other) -> one + " and " + other,
                  TreeMap::new));
    }
  }

  private static void check(String name, String found, String computedBy) throws IOException {
    assertThat(found)
        .as("%s by %s; this computes:%n%s %s", name, computedBy, name, found)
        .isEqualTo(golden().get(name));
  }

  static List<String> problems() {
    return List.copyOf(GoldenProblems.all().keySet());
  }

  /** The weights, and after them the costs, as this commit and all later ones must have them. */
  @ParameterizedTest
  @MethodSource("problems")
  void aTrainingHasItsBits(String name) throws IOException {
    GoldenProblems.Golden problem = GoldenProblems.all().get(name);
    try (Dataset data = problem.data().open(problem.weighted())) {
      for (Kernels kernels : AllKernels.atSpeed()) {
        TrainingResult result =
            new LogisticRegression(problem.options(), Execution.ofThreads(2))
                .fit(data, kernels, TrainingListener.SILENT);
        MessageDigest costs = sha256();
        for (CostPoint cost : result.costs()) {
          costs.update(
              ByteBuffer.allocate(Integer.BYTES + Double.BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putInt(cost.iteration())
                  .putDouble(cost.cost())
                  .flip());
        }
        String found = result.model().weightsSha256() + " " + hex(costs).substring(0, 16);
        check(name, found, kernels.name() + kernels.lanes());
      }
    }
  }

  /** The digest of the samples, and the scores and probabilities of a model of them. */
  @ParameterizedTest
  @EnumSource(GoldenProblems.Data.class)
  void samplesAndPredictionsHaveTheirBits(GoldenProblems.Data which) throws IOException {
    Hyperparameters options = Hyperparameters.tutorial().withIterations(5).withLearningRate(0.01);
    try (Dataset data = which.open(false)) {
      for (Kernels kernels : AllKernels.atSpeed()) {
        TrainingResult result =
            new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT);
        Predictions predictions = result.model().predict(data, kernels);
        float[] all = scoresAndProbabilities(predictions);
        check(
            name("predictions", which),
            data.sha256() + " " + digest(all),
            kernels.name() + kernels.lanes());
      }
    }
  }

  /** The digest of means and deviations, which are sums over one block or several. */
  @ParameterizedTest
  @EnumSource(GoldenProblems.Data.class)
  void standardisationHasItsBits(GoldenProblems.Data which) throws IOException {
    try (Dataset data = which.open(false);
        Dataset copy = data.standardized()) {
      check(name("standardization", which), copy.standardization().orElseThrow().sha256(), "Java");
    }
  }

  private static String name(String what, GoldenProblems.Data which) {
    return what + "-" + which.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  // Of two classes those of class 1, as they have always been.
  private static float[] scoresAndProbabilities(Predictions predictions) {
    int classes = predictions.classes();
    int columns = classes == 2 ? 1 : classes;
    float[] all = new float[2 * columns * predictions.size()];
    for (int j = 0, i = 0; j < predictions.size(); j++) {
      for (int k = 0; k < columns; k++) {
        all[i++] = columns == 1 ? predictions.score(j) : predictions.score(j, k);
        all[i++] = columns == 1 ? predictions.probability(j) : predictions.probability(j, k);
      }
    }
    return all;
  }

  /** The functions of the contract, at 65536 floats of all sizes. */
  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionHasItsBits(String name) throws IOException {
    FloatFunction function = FUNCTIONS.get(name);
    float[] values = new float[1 << 16];
    for (int i = 0; i < values.length; i++) {
      float value = function.of(Float.intBitsToFloat(i * 65537));
      // One NaN is as good as another.
      values[i] = Float.isNaN(value) ? Float.NaN : value;
    }
    check(name, digest(values), "scalar code");
  }

  @Test
  void theFileHasNoOtherLines() throws IOException {
    assertThat(golden().keySet())
        .containsAll(problems())
        .hasSize(problems().size() + 2 * GoldenProblems.Data.values().length + FUNCTIONS.size());
    assertThat(golden().values().stream().distinct())
        .as("problems that do not differ")
        .hasSize(golden().size());
  }

  private static String digest(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    MessageDigest digest = sha256();
    digest.update(bytes);
    return hex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
