// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Predictions;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LogisticRegressionTest {

  private static final Hyperparameters OPTIONS = Hyperparameters.tutorial();

  @Test
  void atConvergenceTheOutputsBalanceTheLabels() {
    // Where db = 0, equation (7) says that the sum of a equals the sum of y.
    try (Dataset data = TestData.clouds(400, 3, 11)) {
      TrainingResult result =
          new LogisticRegression(OPTIONS.withIterations(20_000).withLearningRate(1)).fit(data);
      Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});
      Predictions predictions = result.model().predict(data, kernels);
      double sum = 0;
      for (int j = 0; j < predictions.size(); j++) {
        sum += predictions.probability(j);
      }
      assertThat(sum).isCloseTo(data.count(1), within(1e-3));
    }
  }

  @Test
  void theCostFallsAndTheModelLearns() {
    try (Dataset data = TestData.clouds(300, 40, 3)) {
      TrainingResult result =
          new LogisticRegression(OPTIONS.withIterations(500).withLearningRate(0.5)).fit(data);
      List<CostPoint> costs = result.costs();
      assertThat(costs).extracting(CostPoint::iteration).containsExactly(0, 100, 200, 300, 400);
      assertThat(costs.getFirst().cost()).isCloseTo(Math.log(2), within(1e-7));
      for (int i = 1; i < costs.size(); i++) {
        assertThat(costs.get(i).cost()).isLessThan(costs.get(i - 1).cost());
      }
      Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});
      assertThat(Evaluation.of(result.model(), data, kernels).accuracy()).isGreaterThan(0.9);
    }
  }

  @Test
  void theListenerHearsEveryIterationAndCost() {
    List<Integer> completed = new ArrayList<>();
    List<Integer> costs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void iterationCompleted(int count) {
            completed.add(count);
          }

          @Override
          public void costComputed(int iteration, double cost) {
            costs.add(iteration);
          }
        };
    try (Dataset data = TestData.clouds(20, 5, 1)) {
      new LogisticRegression(OPTIONS.withIterations(7).withCostEvery(3)).fit(data, listener);
    }
    assertThat(completed).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(costs).containsExactly(0, 3, 6);
  }

  @Test
  void zeroMeansNeverForTheCost() {
    try (Dataset data = TestData.clouds(20, 5, 1)) {
      assertThat(new LogisticRegression(OPTIONS.withCostEvery(0)).fit(data).costs()).isEmpty();
    }
  }

  @Test
  void noIterationLeavesTheInitialWeights() {
    try (Dataset data = TestData.clouds(20, 5, 1)) {
      TrainingResult result = new LogisticRegression(OPTIONS.withIterations(0)).fit(data);
      assertThat(result.model().weights()).containsOnly(0f);
      assertThat(result.model().bias()).isZero();
    }
  }

  @Test
  void aSeedDecidesNormalWeights() {
    try (Dataset data = TestData.clouds(20, 5000, 1)) {
      Hyperparameters none = OPTIONS.withIterations(0);
      Hyperparameters seven = none.withInitialization(Initialization.NORMAL, 7);
      float[] w = new LogisticRegression(seven).fit(data).model().weights();
      assertThat(sha256(data, seven)).isEqualTo(sha256(data, seven));
      assertThat(sha256(data, seven))
          .isNotEqualTo(sha256(data, none.withInitialization(Initialization.NORMAL, 8)));
      double sum = 0;
      double squares = 0;
      for (float weight : w) {
        sum += weight;
        squares += weight * weight;
      }
      assertThat(sum / w.length).isCloseTo(0, within(0.001));
      assertThat(Math.sqrt(squares / w.length)).isCloseTo(0.01, within(0.0005));
    }
  }

  @Test
  void divergenceIsAClearError() {
    float[][] huge = {{1e30f, -1e30f}, {-3e30f, 2e30f}, {1e30f, 1e30f}};
    try (Dataset data = Dataset.of(huge, new int[] {0, 1, 1})) {
      assertThatThrownBy(
              () ->
                  new LogisticRegression(OPTIONS.withLearningRate(1e10).withCostEvery(1)).fit(data))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("diverged at iteration")
          .hasMessageContaining("no learning rate is small enough for them in float32");
    }
  }

  @Test
  void divergenceIsNoticedWithoutCosts() {
    float[][] huge = {{1e30f, -1e30f}, {-3e30f, 2e30f}, {1e30f, 1e30f}};
    try (Dataset data = Dataset.of(huge, new int[] {0, 1, 1})) {
      for (int iterations : new int[] {1, 2, 3, 100}) {
        Hyperparameters options =
            OPTIONS.withLearningRate(1e10).withCostEvery(0).withIterations(iterations);
        assertThatThrownBy(() -> new LogisticRegression(options).fit(data))
            .isInstanceOf(TrainingException.class);
      }
    }
  }

  @Test
  void oneClassIsAWarningAndNotAnError() {
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    try (Dataset data = Dataset.of(new float[][] {{1}, {2}}, new int[] {1, 1})) {
      TrainingResult result =
          new LogisticRegression(OPTIONS.withIterations(10)).fit(data, listener);
      assertThat(result.model().bias()).isPositive();
    }
    assertThat(warnings).hasSize(1).first().asString().contains("every label is 1");
  }

  @Test
  void classesThatDifferInCaseOrBlanksAloneAreWarnedOf() {
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    float[][] samples = {{1}, {2}, {3}};
    try (Dataset data = Dataset.of(samples, new int[] {0, 1, 0})) {
      new LogisticRegression(OPTIONS.withIterations(1))
          .fit(data.withClassNames(List.of("Yes", "no")), listener);
      assertThat(warnings).isEmpty();
      new LogisticRegression(OPTIONS.withIterations(1))
          .fit(data.withClassNames(List.of("Yes", " yes")), listener);
    }
    assertThat(warnings).hasSize(1).first().asString().contains("'Yes' and ' yes' are two classes");
  }

  @Test
  void unlabelledSamplesAreRefused() {
    Arena arena = Arena.ofShared();
    try (Dataset data =
        new Dataset(
            arena,
            FloatMatrix.allocate(arena, 2, 3),
            null,
            Schema.UNNAMED,
            FeatureShape.of(2),
            Scaling.NONE,
            Origin.memory("nameless"))) {
      assertThatThrownBy(() -> new LogisticRegression(OPTIONS).fit(data))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("nameless has no labels");
    }
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> OPTIONS.withIterations(-1)).hasMessageContaining("-1");
    for (double rate : new double[] {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> OPTIONS.withLearningRate(rate))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> OPTIONS.withCostEvery(-5)).hasMessageContaining("-5");
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void howOftenTheCostIsComputedChangesNoBit(EngineChoice engine) {
    Hyperparameters options = OPTIONS.withEngine(engine).withIterations(50);
    try (Dataset data = TestData.clouds(300, 9, 1)) {
      String never = sha256(data, options.withCostEvery(0));
      assertThat(sha256(data, options.withCostEvery(1))).isEqualTo(never);
      assertThat(sha256(data, options.withCostEvery(7))).isEqualTo(never);
    }
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void noIterationLeavesTheInitialWeightsOfAnyEngine(EngineChoice engine) {
    Hyperparameters options =
        OPTIONS.withEngine(engine).withIterations(0).withInitialization(Initialization.NORMAL, 3);
    try (Dataset data = TestData.clouds(20, 500, 1);
        Arena arena = Arena.ofConfined()) {
      FloatMatrix expected = FloatMatrix.allocate(arena, 500, 1);
      Initialization.NORMAL.fill(expected, 3);
      TrainingResult result = new LogisticRegression(options).fit(data);
      assertThat(result.model().weights()).isEqualTo(expected.column(0));
    }
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void divergenceIsReportedByAnyEngine(EngineChoice engine) {
    float[][] huge = {{1e30f, -1e30f}, {-3e30f, 2e30f}, {1e30f, 1e30f}};
    float[][] large = {{1e18f, -1e18f}, {-3e18f, 2e18f}, {1e18f, 1e18f}};
    for (float[][] samples : List.of(huge, large)) {
      try (Dataset data = Dataset.of(samples, new int[] {0, 1, 1})) {
        for (int costEvery = 0; costEvery < 2; costEvery++) {
          Hyperparameters options =
              OPTIONS.withEngine(engine).withLearningRate(1e30).withCostEvery(costEvery);
          assertThatThrownBy(() -> new LogisticRegression(options).fit(data))
              .isInstanceOf(TrainingException.class)
              .hasMessageContaining("diverged at iteration");
        }
      }
    }
  }

  @Test
  void productsBeyondFloat32AreNamed() {
    try (Dataset data = Dataset.of(new float[][] {{1e20f}, {-1e20f}}, new int[] {0, 1})) {
      assertThatThrownBy(
              () -> new LogisticRegression(OPTIONS.withEngine(EngineChoice.GRAM)).fit(data))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("products of features exceed float32");
    }
  }

  @Test
  void theEngineThatRanIsNamed() {
    try (Dataset few = TestData.clouds(20, 50, 1);
        Dataset many = TestData.clouds(500, 5, 1)) {
      TrainingResult result = new LogisticRegression(OPTIONS).fit(few);
      assertThat(result.engine()).isEqualTo("gram");
      assertThat(result.model().provenance().engine()).isEqualTo("gram");
      assertThat(new LogisticRegression(OPTIONS).fit(many).engine()).isEqualTo("primal");
    }
  }

  @Test
  void moreSamplesThanTheGramEngineTakesAreAnErrorOnlyIfItIsAskedFor() {
    int[] labels = new int[16385];
    labels[3] = 1;
    try (Dataset data = Dataset.of(new float[16385][1], labels)) {
      Hyperparameters once = OPTIONS.withIterations(1);
      assertThat(new LogisticRegression(once).fit(data).engine()).isEqualTo("primal");
      assertThatThrownBy(() -> new LogisticRegression(once.withEngine(EngineChoice.GRAM)).fit(data))
          .isInstanceOf(EngineUnavailableException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,300", "50,40", "300,20", "600,700"})
  void theEnginesAgree(int m, int d) {
    try (Dataset data = TestData.clouds(m, d, 7)) {
      for (Initialization start : List.of(Initialization.ZEROS, Initialization.NORMAL)) {
        Hyperparameters options =
            OPTIONS.withIterations(200).withLearningRate(0.1).withInitialization(start, 5);
        float[] primal = weights(data, options.withEngine(EngineChoice.PRIMAL));
        float[] gram = weights(data, options.withEngine(EngineChoice.GRAM));
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < d; i++) {
          difference += Math.pow(gram[i] - primal[i], 2);
          norm += Math.pow(primal[i], 2);
        }
        assertThat(Math.sqrt(difference / norm)).isLessThan(1e-5);
      }
    }
  }

  private static float[] weights(Dataset data, Hyperparameters options) {
    return new LogisticRegression(options).fit(data).model().weights();
  }

  private static String sha256(Dataset data, Hyperparameters options) {
    return new LogisticRegression(options).fit(data).model().weightsSha256();
  }
}
