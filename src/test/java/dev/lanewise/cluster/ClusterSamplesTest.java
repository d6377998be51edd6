// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.TestData;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.ClassWeights;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.TrainingResult;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training on shards has the bits of one on the same samples in this process. */
class ClusterSamplesTest {

  private static final int[] SHARDS = {1, 2, 3, 7, 16};

  private static LogisticRegression trainer(Hyperparameters options) {
    return new LogisticRegression(options, Execution.ofThreads(1));
  }

  private static void assertSame(Dataset data, Hyperparameters options, Storage storage) {
    TrainingResult here = trainer(options).fit(data);
    for (int shards : SHARDS) {
      float scale = data.scaling().isPixels() ? Scaling.PIXEL_FACTOR : 1;
      try (InProcess cluster = new InProcess(data, shards, storage, scale, true)) {
        ClusterSamples samples = cluster.samples();
        Dataset there =
            samples.describe(data.classNames(), data.shape(), data.scaling(), data.origin());
        try (there) {
          assertThat(there.sha256()).isEqualTo(data.sha256());
          TrainingResult result = trainer(options).on(samples).fit(there);
          assertThat(result.model().weightsSha256())
              .as("%s in %d shards", options.solver(), shards)
              .isEqualTo(here.model().weightsSha256());
          assertThat(result.convergence()).isEqualTo(here.convergence());
          assertThat(result.costs()).isEqualTo(here.costs());
          assertThat(result.model().provenance().data())
              .isEqualTo(here.model().provenance().data());
        }
      }
    }
  }

  private static Hyperparameters of(SolverChoice solver) {
    return Hyperparameters.of(solver).withPenalty(Penalty.l2(1));
  }

  private static Hyperparameters descent() {
    return Hyperparameters.tutorial()
        .withIterations(30)
        .withEngine(EngineChoice.PRIMAL)
        .withCostEvery(10);
  }

  @Test
  void descendsAlike() {
    try (Dataset data = TestData.clouds(3000, 19, 1)) {
      assertSame(data, descent(), Storage.FLOATS);
    }
  }

  @Test
  void descendsAlikeWithManyClasses() {
    try (Dataset data = TestData.manyClouds(2100, 20, 4, 2)) {
      assertSame(data, descent().withPenalty(new Penalty(0.5, 1)), Storage.FLOATS);
    }
  }

  @Test
  void descendsAlikeWithHiddenLayers() {
    try (Dataset data = TestData.manyClouds(2100, 20, 3, 3)) {
      Hyperparameters options =
          descent().withHidden(HiddenLayers.of(9, 5)).withEngine(EngineChoice.PRIMAL);
      assertSame(data, options, Storage.FLOATS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsTheSameOptimumByLbfgs(boolean sizes) {
    Penalty penalty = sizes ? new Penalty(0.25, 3) : Penalty.l2(2);
    try (Dataset data = TestData.clouds(3000, 19, 4)) {
      assertSame(data, of(SolverChoice.LBFGS).withPenalty(penalty), Storage.FLOATS);
    }
  }

  @Test
  void findsTheSameOptimumOfManyClasses() {
    try (Dataset data = TestData.manyClouds(2500, 20, 4, 5)) {
      assertSame(data, of(SolverChoice.LBFGS), Storage.FLOATS);
    }
  }

  // So many parameters that the end is not found by the second derivative in double.
  @Test
  void findsTheSameOptimumOfManyFeatures() {
    try (Dataset data = TestData.clouds(1500, 800, 6)) {
      assertSame(data, of(SolverChoice.LBFGS), Storage.FLOATS);
    }
  }

  @Test
  void findsTheSameOptimumByNewton() {
    try (Dataset data = TestData.clouds(9000, 40, 7)) {
      assertSame(data, of(SolverChoice.NEWTON), Storage.FLOATS);
    }
  }

  @Test
  void findsTheSameOptimumOfManyClassesByNewton() {
    try (Dataset data = TestData.manyClouds(5000, 40, 5, 8)) {
      assertSame(data, of(SolverChoice.NEWTON), Storage.FLOATS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void findsTheSameOptimumWithoutAnIntercept(int classes) {
    try (Dataset data = TestData.manyClouds(3000, 19, classes, 12)) {
      assertSame(data, of(SolverChoice.LBFGS).withIntercept(false), Storage.FLOATS);
      assertSame(data, of(SolverChoice.NEWTON).withIntercept(false), Storage.FLOATS);
      assertSame(data, descent().withIntercept(false), Storage.FLOATS);
    }
  }

  @Test
  void findsTheSameMinimumOfANetwork() {
    try (Dataset data = TestData.manyClouds(2100, 20, 3, 9)) {
      Hyperparameters options =
          of(SolverChoice.LBFGS).withHidden(HiddenLayers.of(7).withDropout(0)).withIterations(40);
      assertSame(data, options, Storage.FLOATS);
    }
  }

  @Test
  void saysWithoutPenaltyThatClassesAreSeparable() {
    float[][] samples = new float[600][1];
    int[] labels = new int[600];
    for (int j = 0; j < 600; j++) {
      labels[j] = j % 2;
      samples[j][0] = j % 2 == 0 ? -1 - j : 1 + j;
    }
    try (Dataset data = TestData.ofClasses(samples, labels, 2)) {
      Hyperparameters options = of(SolverChoice.LBFGS).withPenalty(Penalty.NONE).withIterations(20);
      assertSame(data, options, Storage.FLOATS);
      assertSame(data, options.withHidden(HiddenLayers.of(3)), Storage.FLOATS);
    }
  }

  @Test
  void takesWeightsOfSamplesAndClasses() {
    float[] weights = new float[2000];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = j < 3 ? 0 : 0.1f * (1 + j % 7);
    }
    try (Dataset data = TestData.clouds(2000, 12, 10).withWeights(weights)) {
      assertSame(data, of(SolverChoice.LBFGS), Storage.FLOATS);
      assertSame(
          data, of(SolverChoice.NEWTON).withClassWeights(ClassWeights.BALANCED), Storage.FLOATS);
      assertSame(data, descent().withClassWeights(ClassWeights.BALANCED), Storage.FLOATS);
    }
  }

  private static Dataset pixels(int m, int d, Arena arena) {
    byte[] pixels = TestData.pixels(m, d, 11);
    ByteMatrix x = ByteMatrix.allocate(arena, d, m, Scaling.PIXEL_FACTOR);
    int[] labels = new int[m];
    for (int j = 0; j < m; j++) {
      x.setColumn(j, MemorySegment.ofArray(pixels), (long) j * d);
      labels[j] = pixels[j * d] > 10 ? 1 : 0;
    }
    return new Dataset(
        arena,
        x,
        labels,
        List.of("no", "yes"),
        FeatureShape.of(d),
        Scaling.PIXELS,
        Origin.memory("pixels"));
  }

  @Test
  void keepsBytes() {
    try (Dataset data = pixels(2500, 48, Arena.ofShared())) {
      assertSame(data, descent(), Storage.BYTES);
      assertSame(data, of(SolverChoice.NEWTON), Storage.BYTES);
      assertSame(data, descent(), Storage.FLOATS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LBFGS", "NEWTON"})
  void standardisesAlike(SolverChoice solver) {
    Arena arena = Arena.ofShared();
    int m = 3000;
    DoubleMatrix x = DoubleMatrix.allocate(arena, 9, m);
    int[] labels = new int[m];
    java.util.Random random = new java.util.Random(12);
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < 9; i++) {
        x.put(i, j, i == 4 ? 7.1 : 1000 * i + random.nextGaussian() * (i + 1));
      }
      labels[j] = random.nextDouble() < 0.5 + 0.2 * Math.signum(x.number(1, j) - 1000) ? 1 : 0;
    }
    try (Dataset raw =
            new Dataset(
                arena,
                x,
                labels,
                List.of("a", "b"),
                FeatureShape.of(9),
                Scaling.NONE,
                Origin.memory("numbers"));
        Dataset data = raw.standardized()) {
      TrainingResult here = trainer(of(solver)).fit(data);
      for (int shards : SHARDS) {
        try (InProcess cluster = new InProcess(raw, shards, Storage.DOUBLES, 1, true)) {
          ClusterSamples samples = cluster.samples();
          Dataset described =
              samples.describe(raw.classNames(), raw.shape(), raw.scaling(), raw.origin());
          Dataset there = samples.standardize(described);
          assertThat(there.standardization()).isEqualTo(data.standardization());
          TrainingResult result = trainer(of(solver)).on(samples).fit(there);
          assertThat(result.model().weightsSha256()).isEqualTo(here.model().weightsSha256());
          assertThat(result.model().provenance().data())
              .isEqualTo(here.model().provenance().data());
          try (Dataset copy = samples.collect(described)) {
            assertThat(copy.sha256()).isEqualTo(raw.sha256());
          }
          there.close();
        }
      }
    }
  }

  @Test
  void rejectsWhatReadsSamples() {
    try (Dataset data = TestData.clouds(300, 700, 13);
        InProcess cluster = new InProcess(data, 2, Storage.FLOATS, 1, false)) {
      ClusterSamples samples = cluster.samples();
      try (Dataset there =
          samples.describe(data.classNames(), data.shape(), data.scaling(), data.origin())) {
        for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.SGD)) {
          assertThatThrownBy(() -> trainer(of(solver)).on(samples).fit(there))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("in other processes");
        }
        assertThatThrownBy(
                () -> trainer(descent().withEngine(EngineChoice.GRAM)).on(samples).fit(there))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("in other processes");
      }
    }
  }

  @Test
  void asksOnceForAnIteration() {
    try (Dataset data = TestData.clouds(3000, 19, 14);
        InProcess cluster = new InProcess(data, 3, Storage.FLOATS, 1, false)) {
      ClusterSamples samples = cluster.samples();
      try (Dataset there =
          samples.describe(data.classNames(), data.shape(), data.scaling(), data.origin())) {
        int before = cluster.requests;
        trainer(descent()).on(samples).fit(there);
        // An iteration each, and the gradient at the end.
        assertThat(cluster.requests - before).isEqualTo(31);
      }
    }
  }
}
