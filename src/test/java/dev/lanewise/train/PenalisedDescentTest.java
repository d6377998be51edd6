// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.Penalty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradient descent on a cost with weights and penalties. */
class PenalisedDescentTest {

  private static final Hyperparameters OPTIONS =
      Hyperparameters.tutorial().withLearningRate(0.3).withCostEvery(1);

  private static float[] someWeights(int m) {
    float[] weights = new float[m];
    for (int j = 0; j < m; j++) {
      weights[j] = j % 5 == 0 ? 0 : 0.25f * (j % 7 + 1);
    }
    return weights;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @ParameterizedTest
  @CsvSource({
    "300,9,0,0,false",
    "300,9,3,0,true",
    "40,90,20,0,true",
    "40,90,0,2,true",
    "300,9,3,5,false",
    "1,4,1,0,true",
    "600,1,0,1,true"
  })
  void everyEngineTakesTheStepsOfTheReference(int m, int d, double l2, double l1, boolean weigh) {
    Penalty penalty = new Penalty(l1, l2);
    int iterations = 40;
    try (Dataset plain = TestData.clouds(m, d, 3)) {
      float[] weights = new float[m];
      Arrays.fill(weights, 1);
      weights = weigh && m > 1 ? someWeights(m) : weights;
      Dataset data = weigh ? plain.withWeights(weights) : plain;
      for (EngineChoice engine : List.of(EngineChoice.PRIMAL, EngineChoice.GRAM)) {
        if (l1 > 0 && engine == EngineChoice.GRAM) {
          continue;
        }
        Hyperparameters options =
            OPTIONS
                .withPenalty(penalty)
                .withEngine(engine)
                .withIterations(iterations)
                .withInitialization(Initialization.NORMAL, 4);
        TrainingResult result = new LogisticRegression(options).fit(data);

        ReferenceObjective reference = new ReferenceObjective(data, widened(weights), penalty);
        float[] start =
            new LogisticRegression(options.withIterations(0)).fit(data).model().weights();
        double[] p = Arrays.copyOf(widened(start), d + 1);
        for (int iteration = 0; iteration < iterations; iteration++) {
          assertThat(result.costs().get(iteration).cost())
              .as("%s, cost %d", engine, iteration)
              .isCloseTo(reference.value(p) / m, within(2e-6));
          p = ReferenceObjective.moved(p, -0.3 / m, reference.smoothGradient(p));
          for (int i = 0; i < d; i++) {
            p[i] = Math.signum(p[i]) * Math.max(0, Math.abs(p[i]) - 0.3 * l1 / m);
          }
        }
        float[] w = result.model().weights();
        for (int i = 0; i < d; i++) {
          assertThat((double) w[i]).as("%s, w_%d", engine, i).isCloseTo(p[i], within(5e-6));
        }
        assertThat((double) result.model().bias()).isCloseTo(p[d], within(5e-6));
      }
    }
  }

  @Test
  void aPenaltyOnSizesSetsWeightsToZero() {
    try (Dataset data = TestData.clouds(100, 30, 3)) {
      Hyperparameters options = OPTIONS.withIterations(500).withPenalty(new Penalty(8, 0));
      TrainingResult result = new LogisticRegression(options).fit(data);
      assertThat(result.engine()).isEqualTo("primal");
      int zeros = 0;
      for (float weight : result.model().weights()) {
        zeros += weight == 0 ? 1 : 0;
      }
      assertThat(zeros).isBetween(5, 29);
    }
  }

  @Test
  void weightsOfOneChangeNoBitAndWholeWeightsCountAsCopies() {
    try (Dataset data = TestData.clouds(50, 7, 3)) {
      for (EngineChoice engine : EngineChoice.values()) {
        LogisticRegression trainer =
            new LogisticRegression(OPTIONS.withEngine(engine).withIterations(30));
        float[] ones = new float[50];
        Arrays.fill(ones, 1);
        assertThat(trainer.fit(data.withWeights(ones)).model().weightsSha256())
            .isEqualTo(trainer.fit(data).model().weightsSha256());
      }
    }
  }

  @Test
  void everyKernelAndTeamGivesTheSameBits() {
    try (Dataset data = TestData.clouds(1500, 170, 3)) {
      Dataset weighted = data.withWeights(someWeights(1500));
      Hyperparameters ridge =
          OPTIONS
              .withIterations(12)
              .withPenalty(Penalty.l2(2))
              .withClassWeights(ClassWeights.BALANCED)
              .withInitialization(Initialization.NORMAL, 1);
      for (Hyperparameters options :
          List.of(
              ridge.withEngine(EngineChoice.GRAM),
              ridge.withEngine(EngineChoice.PRIMAL),
              ridge.withPenalty(new Penalty(3, 2)))) {
        Set<String> found = new LinkedHashSet<>();
        for (Kernels kernels : AllKernels.fast()) {
          for (int threads : new int[] {1, 2, 3}) {
            TrainingResult result =
                new LogisticRegression(options, Execution.ofThreads(threads))
                    .fit(weighted, kernels, TrainingListener.SILENT);
            found.add(result.model().weightsSha256() + result.costs());
          }
        }
        assertThat(found).as("%s", options).hasSize(1);
      }
    }
  }

  @Test
  void classWeightsAreWeightsOfTheirSamples() {
    try (Dataset data = TestData.clouds(60, 7, 3)) {
      int[] labels = data.labels();
      int ones = data.count(1);
      float[] named = new float[60];
      float[] balanced = new float[60];
      for (int j = 0; j < 60; j++) {
        named[j] = labels[j] == 1 ? 2.5f : 1;
        balanced[j] = (float) (60 / (2.0 * (labels[j] == 1 ? ones : 60 - ones)));
      }
      Hyperparameters options = OPTIONS.withIterations(20);
      assertThat(sha256(data, options.withClassWeights(ClassWeights.of(Map.of("1", 2.5)))))
          .isEqualTo(sha256(data.withWeights(named), options));
      assertThat(sha256(data, options.withClassWeights(ClassWeights.parse("balanced"))))
          .isEqualTo(sha256(data.withWeights(balanced), options))
          .isNotEqualTo(sha256(data, options));
    }
  }

  /** A sample of weight 2 is a sample that is there twice, also where classes are balanced. */
  @ParameterizedTest
  @EnumSource(MultiClass.class)
  void balancedClassWeightsCountWeightedSamplesAsRepeatedOnes(MultiClass way) {
    for (int classes : new int[] {2, 3}) {
      try (Dataset data = TestData.manyClouds(90, 5, classes, 4)) {
        int[] labels = data.labels();
        float[] weights = new float[90];
        List<Integer> repeated = new ArrayList<>();
        for (int j = 0; j < 90; j++) {
          // Class 0 outweighs the others, and some samples are not there at all.
          weights[j] = labels[j] == 0 ? 3 + j % 4 : j % 3;
          repeated.addAll(Collections.nCopies((int) weights[j], j));
        }
        Hyperparameters options =
            Hyperparameters.defaults()
                .withMultiClass(way)
                .withClassWeights(ClassWeights.BALANCED)
                .withPenalty(Penalty.l2(1));
        int[] numbers = repeated.stream().mapToInt(Integer::intValue).toArray();
        try (Dataset rows = data.select(numbers)) {
          Model weighted = new LogisticRegression(options).fit(data.withWeights(weights)).model();
          Model ofRows = new LogisticRegression(options).fit(rows).model();
          for (int k = 0; k < weighted.columns(); k++) {
            assertThat(weighted.bias(k)).isCloseTo(ofRows.bias(k), within(2e-4f));
            assertThat(weighted.weights(k))
                .containsExactly(ofRows.weights(k), withPrecision(2e-4f));
          }
        }
      }
    }
  }

  private static String sha256(Dataset data, Hyperparameters options) {
    return new LogisticRegression(options).fit(data).model().weightsSha256();
  }

  @Test
  void whatCannotBeIsRefused() {
    for (double lambda : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Penalty.l2(lambda)).hasMessageContaining("l2 is finite");
      assertThatThrownBy(() -> new Penalty(lambda, 0)).hasMessageContaining("l1 is finite");
      assertThatThrownBy(() -> ClassWeights.of(Map.of("0", lambda)))
          .hasMessageContaining("class '0'");
    }
    for (String text : List.of("", "0", "=1", "0=", "0=x", "0=1,0=2", "even", "0=1,")) {
      assertThatThrownBy(() -> ClassWeights.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    try (Dataset data = TestData.clouds(20, 3, 1)) {
      assertThatThrownBy(() -> sha256(data, OPTIONS.withClassWeights(ClassWeights.parse("cat=2"))))
          .hasMessageContaining("no class 'cat' to weigh; the classes are 0, 1");
      assertThatThrownBy(
              () -> sha256(data, OPTIONS.withClassWeights(ClassWeights.parse("0=0,1=0"))))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("every sample weighs 0");
      assertThatThrownBy(
              () ->
                  sha256(
                      data, OPTIONS.withEngine(EngineChoice.GRAM).withPenalty(new Penalty(1, 0))))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("take the primal engine");
    }
  }
}
