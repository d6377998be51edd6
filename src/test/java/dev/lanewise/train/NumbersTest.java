// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.SgdOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of data that leave the usual: as docs/reliability.md tells it. */
class NumbersTest {

  private static final int M = 24;
  private static final int D = 4;

  private static final Hyperparameters GD =
      Hyperparameters.tutorial().withIterations(300).withLearningRate(0.1).withCostEvery(50);

  private final List<String> warnings = new ArrayList<>();

  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void warning(String message) {
          warnings.add(message);
        }
      };

  private interface Change {
    float of(float value, int feature);
  }

  private static int[] labels() {
    int[] labels = new int[M];
    for (int j = 0; j < M; j++) {
      labels[j] = j % 3 == 0 ? 1 : 0;
    }
    return labels;
  }

  private static float[][] samples(Change change) {
    Random random = new Random(3);
    float[][] x = new float[M][D];
    for (int j = 0; j < M; j++) {
      for (int i = 0; i < D; i++) {
        float value = (float) (random.nextGaussian() + (j % 3 == 0 && i == 0 ? 1 : 0));
        x[j][i] = change.of(value, i);
      }
    }
    return x;
  }

  private static Dataset data(String kind) {
    switch (kind) {
      case "constant features":
        return Dataset.of(samples((v, i) -> i == 1 ? 5 : i == 2 ? 0 : v), labels());
      case "equal samples":
        return Dataset.of(samples((v, i) -> i + 1), labels());
      case "one class":
        int[] ones = new int[M];
        Arrays.fill(ones, 1);
        return Dataset.of(samples((v, i) -> v), ones);
      case "one sample":
        return Dataset.of(new float[][] {{1, -2, 3, 0.5f}}, new int[] {1});
      case "1e15":
        return Dataset.of(samples((v, i) -> v * 1e15f), labels());
      case "1e30":
        return Dataset.of(samples((v, i) -> v * 1e30f), labels());
      case "largest":
        return Dataset.of(samples((v, i) -> Math.copySign(Float.MAX_VALUE, v)), labels());
      case "1e-30":
        return Dataset.of(samples((v, i) -> v * 1e-30f), labels());
      case "1e-40":
        return Dataset.of(samples((v, i) -> v * 1e-40f), labels());
      case "1e30 and 1e-30":
        return Dataset.of(
            samples((v, i) -> i == 0 ? v * 1e30f : i == 1 ? v * 1e-30f : v), labels());
      default:
        return Dataset.of(samples((v, i) -> v), labels());
    }
  }

  private static Map<String, Hyperparameters> solvers() {
    Hyperparameters usual = Hyperparameters.defaults();
    Hyperparameters lbfgs = usual.withSolver(SolverOptions.of(SolverChoice.LBFGS));
    SgdOptions ones = SgdOptions.USUAL.withBatchSize(1);
    Map<String, Hyperparameters> solvers = new LinkedHashMap<>();
    solvers.put("primal", GD.withEngine(EngineChoice.PRIMAL));
    solvers.put("gram", GD.withEngine(EngineChoice.GRAM));
    solvers.put("newton", usual);
    solvers.put("newton, no penalty", usual.withPenalty(Penalty.NONE));
    solvers.put("lbfgs", lbfgs);
    solvers.put("lbfgs, no penalty", lbfgs.withPenalty(Penalty.NONE));
    solvers.put("lbfgs, l1", lbfgs.withPenalty(new Penalty(1, 0)));
    solvers.put("sgd", usual.withSgd(ones));
    solvers.put("adam", usual.withSgd(ones.withOptimizer(Optimizer.Adam.USUAL)));
    return solvers;
  }

  private static boolean isFinite(Model model) {
    boolean finite = Float.isFinite(model.bias());
    for (float weight : model.weights()) {
      finite &= Float.isFinite(weight);
    }
    return finite;
  }

  /** Every solver ends in finite numbers, or in one line that says when they ended. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "constant features |",
        "equal samples |",
        "one class |",
        "one sample |",
        "1e15 |",
        "1e30 | primal,gram,sgd",
        "largest | primal,gram,newton,newton; no penalty,lbfgs,lbfgs; no penalty,lbfgs; l1,sgd,adam",
        "1e-30 |",
        "1e-40 |",
        "1e30 and 1e-30 | primal,gram,sgd"
      })
  void everySolverEndsInNumbersOrSaysWhere(String kind, String diverging) {
    Set<String> expected = new HashSet<>();
    for (String name : diverging == null ? new String[0] : diverging.split(",")) {
      expected.add(name.replace(';', ','));
    }
    Set<String> found = new HashSet<>();
    try (Dataset data = data(kind)) {
      solvers()
          .forEach(
              (name, options) -> {
                try {
                  TrainingResult result = new LogisticRegression(options).fit(data, listener);
                  assertThat(isFinite(result.model())).as(name).isTrue();
                  assertThat(result.convergence().objective()).as(name).isFinite();
                  result.costs().forEach(point -> assertThat(point.cost()).isFinite());
                } catch (TrainingException e) {
                  assertThat(e)
                      .hasMessageStartingWith("diverged at ")
                      .message()
                      .hasLineCount(1)
                      .containsAnyOf("scale the features", "learning rate");
                  e.lastFinite().ifPresent(model -> assertThat(isFinite(model)).isTrue());
                  found.add(name);
                }
              });
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aFeatureThatIsZeroEverywhereWeighsNothing() {
    try (Dataset data = data("constant features")) {
      solvers()
          .forEach(
              (name, options) ->
                  assertThat(new LogisticRegression(options).fit(data).model().weights()[2])
                      .as(name)
                      .isZero());
    }
  }

  @Test
  void equalSamplesAreGivenTheShareOfTheirClass() {
    try (Dataset data = data("equal samples")) {
      Model model = new LogisticRegression().fit(data).model();
      double z = model.bias();
      for (int i = 0; i < D; i++) {
        z += (i + 1) * model.weights()[i];
      }
      assertThat(1 / (1 + Math.exp(-z))).isCloseTo(1.0 / 3, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one class", "one sample"})
  void oneClassIsLearnedWithAWarningAndNeverConverges(String kind) {
    try (Dataset data = data(kind)) {
      solvers()
          .forEach(
              (name, options) -> {
                warnings.clear();
                TrainingResult result = new LogisticRegression(options).fit(data, listener);
                assertThat(result.convergence().converged()).as(name).isFalse();
                assertThat(result.model().bias()).as(name).isPositive();
                assertThat(warnings.getFirst()).as(name).contains("every label is 1");
              });
    }
  }

  /** Each sample twice is the same cost; with a penalty, half of it. */
  @Test
  void duplicatesWeighAsMuchAsWeightsOfTwo() {
    float[][] once = samples((v, i) -> v);
    float[][] twice = new float[2 * M][];
    int[] labels = new int[2 * M];
    for (int j = 0; j < M; j++) {
      twice[2 * j] = once[j];
      twice[2 * j + 1] = once[j];
      labels[2 * j] = labels()[j];
      labels[2 * j + 1] = labels()[j];
    }
    float[] weights = new float[M];
    Arrays.fill(weights, 2);
    try (Dataset single = Dataset.of(once, labels());
        Dataset doubled = Dataset.of(twice, labels)) {
      solvers()
          .forEach(
              (name, options) -> {
                if (options.solver() == SolverChoice.SGD) {
                  return; // Of another order.
                }
                boolean averaged = options.solver() == SolverChoice.GD;
                Dataset other = averaged ? single : single.withWeights(weights);
                float[] w = new LogisticRegression(options).fit(other).model().weights();
                float[] v = new LogisticRegression(options).fit(doubled).model().weights();
                for (int i = 0; i < D; i++) {
                  assertThat(v[i]).as(name).isCloseTo(w[i], within(2e-4f));
                }
              });
    }
  }

  @Test
  void theSizeOfTinyFeaturesOnlyScalesTheWeightsWithoutAPenalty() {
    try (Dataset tiny = data("1e-30")) {
      float[] w = new LogisticRegression().fit(tiny).model().weights();
      // With one, they are what the gradient at the share of the classes says: X (y - 1/3).
      double[] expected = new double[D];
      float[][] x = samples((v, i) -> v * 1e-30f);
      for (int j = 0; j < M; j++) {
        for (int i = 0; i < D; i++) {
          expected[i] += (labels()[j] - 1.0 / 3) * x[j][i];
        }
      }
      for (int i = 0; i < D; i++) {
        assertThat((double) w[i]).isCloseTo(expected[i], within(1e-4 * Math.abs(expected[i])));
      }
    }
  }

  @Test
  void numbersOfOneToTheThirtyNeedScaling() {
    try (Dataset data = data("1e30")) {
      assertThatThrownBy(() -> new LogisticRegression(GD.withEngine(EngineChoice.PRIMAL)).fit(data))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining(
              "scale the features: no learning rate is small enough for them in float32");
      assertThatThrownBy(() -> new LogisticRegression(GD.withEngine(EngineChoice.GRAM)).fit(data))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("diverged at iteration 0: products of features exceed float32");
      TrainingResult result = new LogisticRegression().fit(data, listener);
      assertThat(result.convergence().converged())
          .as("%s %s", result.convergence(), warnings)
          .isTrue();
    }
  }

  /** A penalty so heavy for the rate that weights grow by a factor each step. */
  private static final Hyperparameters OVERFLOW =
      GD.withPenalty(Penalty.l2(2)).withLearningRate(100);

  @ParameterizedTest
  @CsvSource({"PRIMAL, 1", "PRIMAL, 0", "GRAM, 7", "GRAM, 0"})
  void weightsThatOverflowAreNoticedAndTheLastFiniteOnesKept(EngineChoice engine, int every) {
    Hyperparameters options = OVERFLOW.withEngine(engine).withCostEvery(every);
    Set<String> messages = new HashSet<>();
    Set<String> digests = new HashSet<>();
    try (Dataset data = data("usual")) {
      for (Kernels kernels : AllKernels.fast()) {
        TrainingException failure =
            catchThrowableOfType(
                TrainingException.class,
                () -> new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT));
        messages.add(failure.getMessage());
        digests.add(failure.lastFinite().orElseThrow().weightsSha256());
      }
    }
    assertThat(messages).hasSize(1);
    assertThat(digests).hasSize(1);
    String message = messages.iterator().next();
    assertThat(message).matches("diverged at iteration [0-9]+: .*; a learning rate of [0-9.]+ .*");
    int iteration = Integer.parseInt(message.replaceAll("diverged at iteration ([0-9]+):.*", "$1"));
    assertThat(iteration).as("at the next cost, or the next error that is none").isLessThan(100);
  }

  @Test
  void ofManyClassesTheLastFiniteWeightsAreKeptToo() {
    int[] labels = new int[M];
    for (int j = 0; j < M; j++) {
      labels[j] = j % 3;
    }
    for (int every : new int[] {0, 1}) {
      try (Dataset data = TestData.ofClasses(samples((v, i) -> v), labels, 3)) {
        TrainingException failure =
            catchThrowableOfType(
                TrainingException.class,
                () -> new LogisticRegression(OVERFLOW.withCostEvery(every)).fit(data));
        assertThat(failure)
            .hasMessageMatching(
                "diverged at iteration [0-9]+: .*; a learning rate of [0-9.]+ would .*");
        Model model = failure.lastFinite().orElseThrow();
        assertThat(model.columns()).isEqualTo(3);
        for (int k = 0; k < 3; k++) {
          assertThat(model.bias(k)).isFinite();
          for (float weight : model.weights(k)) {
            assertThat(weight).isFinite();
          }
        }
        Hyperparameters ovr = OVERFLOW.withMultiClass(MultiClass.OVR).withCostEvery(every);
        assertThatThrownBy(() -> new LogisticRegression(ovr).fit(data))
            .isInstanceOf(TrainingException.class)
            .hasMessageStartingWith("class '0' against the rest: diverged at iteration ");
      }
    }
  }

  /** As for two classes, with half of lambda in the place of a quarter. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 50})
  void theRateThatIsNamedForManyClassesWouldHaveBeenStable(double scale) {
    float[][] x = samples((v, i) -> (float) ((v + i) * scale));
    int[] labels = new int[M];
    for (int j = 0; j < M; j++) {
      labels[j] = j % 3;
    }
    try (Dataset data = TestData.ofClasses(x, labels, 3)) {
      double largest = 2 * largestEigenvalue(x, 0);
      Hyperparameters options = GD.withCostEvery(1);
      String message;
      try {
        new LogisticRegression(options.withLearningRate(1e4 / largest)).fit(data, listener);
        message = warnings.getLast();
      } catch (TrainingException e) {
        message = e.getMessage();
      }
      assertThat(message).contains(" would have been stable");
      double rate = Double.parseDouble(message.replaceAll(".*a learning rate of ([^ ]+) .*", "$1"));
      assertThat(rate).isBetween(0.5 / largest, 1.2 / largest);
      List<CostPoint> costs =
          new LogisticRegression(options.withLearningRate(rate)).fit(data).costs();
      for (int i = 1; i < costs.size(); i++) {
        assertThat(costs.get(i).cost()).isLessThanOrEqualTo(costs.get(i - 1).cost() * (1 + 1e-6));
      }
    }
  }

  @Test
  void sgdKeepsTheWeightsBeforeTheEpochThatDiverged() {
    Hyperparameters sgd =
        Hyperparameters.defaults()
            .withSgd(SgdOptions.USUAL.withBatchSize(4))
            .withPenalty(Penalty.l2(2))
            .withLearningRate(40)
            .withIterations(200);
    try (Dataset data = data("usual")) {
      TrainingException failure =
          catchThrowableOfType(
              TrainingException.class, () -> new LogisticRegression(sgd).fit(data));
      assertThat(failure).hasMessageMatching("diverged at epoch [0-9]+: .* would have been .*");
      assertThat(isFinite(failure.lastFinite().orElseThrow())).isTrue();
    }
  }

  /** The rate that is named is below the bound of stability, by a factor of four at most. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 50})
  void theRateThatIsNamedWouldHaveBeenStable(double scale) {
    float[][] x = samples((v, i) -> (float) ((v + i) * scale));
    try (Dataset data = Dataset.of(x, labels())) {
      for (double l2 : new double[] {0, 3}) {
        double largest = largestEigenvalue(x, l2);
        double wild = 1e4 / largest;
        warnings.clear();
        Hyperparameters options =
            GD.withEngine(EngineChoice.PRIMAL).withPenalty(Penalty.l2(l2)).withCostEvery(1);
        String message;
        try {
          new LogisticRegression(options.withLearningRate(wild)).fit(data, listener);
          message = warnings.getLast();
        } catch (TrainingException e) {
          message = e.getMessage();
        }
        assertThat(message).contains("a learning rate of ").contains(" would have been stable");
        double rate =
            Double.parseDouble(message.replaceAll(".*a learning rate of ([^ ]+) .*", "$1"));
        assertThat(rate).isBetween(0.5 / largest, 1.2 / largest);
        List<CostPoint> costs =
            new LogisticRegression(options.withLearningRate(rate)).fit(data).costs();
        for (int i = 1; i < costs.size(); i++) {
          assertThat(costs.get(i).cost()).isLessThanOrEqualTo(costs.get(i - 1).cost() * (1 + 1e-6));
        }
      }
    }
  }

  /** Of the bound on the second derivative of the cost, by many power iterations in double. */
  private static double largestEigenvalue(float[][] x, double l2) {
    double[] v = new double[D + 1];
    Arrays.fill(v, 1);
    double length = 0;
    for (int round = 0; round < 2000; round++) {
      double[] next = new double[D + 1];
      for (float[] sample : x) {
        double z = v[D];
        for (int i = 0; i < D; i++) {
          z += sample[i] * v[i];
        }
        for (int i = 0; i < D; i++) {
          next[i] += z * sample[i];
        }
        next[D] += z;
      }
      length = Math.sqrt(Arrays.stream(next).map(e -> e * e).sum());
      for (int i = 0; i <= D; i++) {
        v[i] = next[i] / length;
      }
    }
    return length / x.length / 4 + l2 / x.length;
  }
}
