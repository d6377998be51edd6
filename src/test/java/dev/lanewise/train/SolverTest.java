// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.StopReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Solvers come to the optimum that slow ways in double come to. */
class SolverTest {

  private static LogisticRegression trainer(Hyperparameters options) {
    return new LogisticRegression(options, Execution.ofThreads(2));
  }

  private static Hyperparameters options(SolverChoice solver) {
    return Hyperparameters.defaults().withSolver(SolverOptions.of(solver));
  }

  private static final class Warnings implements TrainingListener {
    private final List<String> said = new ArrayList<>();

    @Override
    public void warning(String message) {
      said.add(message);
    }
  }

  private static double[] ones(int m) {
    double[] ones = new double[m];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] parameters(TrainingResult result) {
    float[] w = result.model().weights();
    double[] p = new double[w.length + 1];
    for (int i = 0; i < w.length; i++) {
      p[i] = w[i];
    }
    p[w.length] = result.model().bias();
    return p;
  }

  private static void assertOptimal(
      TrainingResult result, ReferenceObjective reference, double[] optimum, double l1) {
    double least = reference.value(optimum);
    double[] p = parameters(result);
    Convergence end = result.convergence();
    assertThat(reference.value(p)).isCloseTo(least, within(1e-7 * least));
    assertThat(end.objective() * reference.samples()).isCloseTo(least, within(1e-6 * least));
    assertThat(end.converged()).isTrue();
    assertThat(end.relativeGradientNorm()).isLessThan(1e-4);
    assertThat(end.passes()).isPositive();
    double size = ReferenceObjective.norm(optimum);
    assertThat(ReferenceObjective.norm(ReferenceObjective.moved(p, -1, optimum)))
        .isLessThan((l1 > 0 ? 1e-2 : 1e-3) * (size + 1e-3));
  }

  @ParameterizedTest
  @CsvSource({
    "400,9,1",
    "400,9,0",
    "30,90,1",
    "30,90,50",
    "600,1,0.01",
    "900,60,3",
    "100,100,0.5",
    "300,300,1",
    "1300,40,1"
  })
  void solversReachTheOptimum(int m, int d, double l2) {
    try (Dataset data = TestData.clouds(m, d, 3)) {
      ReferenceObjective reference = new ReferenceObjective(data, ones(m), Penalty.l2(l2));
      double[] optimum = reference.newton();
      for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS)) {
        Warnings warnings = new Warnings();
        TrainingResult result =
            trainer(options(solver).withPenalty(Penalty.l2(l2))).fit(data, warnings);
        assertThat(warnings.said.stream().filter(line -> !line.contains("every label"))).isEmpty();
        assertOptimal(result, reference, optimum, 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"400,9,2,0", "400,9,2,3", "60,90,1,0.5", "100,30,8,0", "300,1,1,0"})
  void lbfgsReachesTheOptimumOfElasticNets(int m, int d, double l1, double l2) {
    Penalty penalty = new Penalty(l1, l2);
    try (Dataset data = TestData.clouds(m, d, 3)) {
      ReferenceObjective reference = new ReferenceObjective(data, ones(m), penalty);
      double[] optimum = reference.proximal(20_000);
      TrainingResult result = trainer(options(SolverChoice.LBFGS).withPenalty(penalty)).fit(data);
      assertOptimal(result, reference, optimum, l1);
      float[] w = result.model().weights();
      for (int i = 0; i < d; i++) {
        if (optimum[i] == 0) {
          assertThat(w[i]).as("w_%d", i).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS"})
  void weightsCountAndConstantFeaturesDoNoHarm(SolverChoice solver) {
    int m = 200;
    for (int d : new int[] {6, 250}) {
      HostileNumbers numbers = new HostileNumbers(d);
      float[][] x = numbers.samples(m, d, HostileNumbers.Kind.SIGNED);
      int[] y = numbers.labels(m);
      float[] weights = new float[m];
      double[] s = new double[m];
      for (int j = 0; j < m; j++) {
        x[j][0] = 0;
        x[j][1] = 3;
        x[j][2] += y[j];
        weights[j] = j % 3 == 0 ? 0 : 0.5f * (j % 4);
        s[j] = weights[j] * (y[j] == 1 ? 2 : 1);
      }
      try (Dataset plain = Dataset.of(x, y)) {
        Dataset data = plain.withWeights(weights);
        Hyperparameters options = options(solver).withClassWeights(ClassWeights.parse("1=2"));
        ReferenceObjective reference = new ReferenceObjective(data, s, Penalty.l2(1));
        TrainingResult result = trainer(options).fit(data);
        assertOptimal(result, reference, reference.newton(), 0);
        assertThat(result.model().weights()[0]).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS"})
  void separableClassesWithoutAPenaltyAreNamed(SolverChoice solver) {
    for (int d : new int[] {3, 200}) {
      float[][] x = new HostileNumbers(1).samples(60, d, HostileNumbers.Kind.SIGNED);
      int[] y = new int[60];
      for (int j = 0; j < 60; j++) {
        y[j] = j % 2;
        x[j][1] += y[j] == 1 ? 3 : -3;
      }
      try (Dataset data = Dataset.of(x, y)) {
        Warnings warnings = new Warnings();
        Convergence end =
            trainer(options(solver).withPenalty(Penalty.NONE)).fit(data, warnings).convergence();
        assertThat(end.converged()).isFalse();
        assertThat(warnings.said).hasSize(1);
        assertThat(warnings.said.getFirst()).contains("separable").contains("l2");
        assertThat(trainer(options(solver)).fit(data).convergence().converged()).isTrue();
      }
    }
  }

  /** A feature of 0 and 1 of which all samples with 1 are of one class, beside noise. */
  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS"})
  void quasiSeparableClassesWithoutAPenaltyAreNamed(SolverChoice solver) {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int m = 30 + random.nextInt(300);
      float[][] x = new float[m][2];
      int[] y = new int[m];
      for (int j = 0; j < m; j++) {
        x[j][0] = random.nextInt(4) == 0 ? 1 : 0;
        x[j][1] = (float) random.nextGaussian();
        y[j] = x[j][0] == 1 || random.nextInt(2) == 0 ? 1 : 0;
      }
      try (Dataset data = Dataset.of(x, y)) {
        Warnings warnings = new Warnings();
        Convergence end =
            trainer(options(solver).withPenalty(Penalty.NONE)).fit(data, warnings).convergence();
        assertThat(end.converged()).as("seed %d", seed).isFalse();
        assertThat(end.stopReason()).as("seed %d: %s", seed, end).isEqualTo(StopReason.NO_OPTIMUM);
        assertThat(warnings.said).hasSize(1);
        assertThat(warnings.said.getFirst()).contains("separable, at least in part").contains("l2");
      }
    }
  }

  @Test
  void aNetworkThatSeparatesTheClassesHasNoOptimumWithoutAPenalty() {
    float[][] x = new float[300][1];
    int[] y = new int[300];
    for (int j = 0; j < 300; j++) {
      x[j][0] = (j - 149.5f) / 50;
      y[j] = j < 100 || j >= 200 ? 1 : 0;
    }
    Hyperparameters network =
        options(SolverChoice.LBFGS).withHidden(HiddenLayers.of(4)).withIterations(2000);
    try (Dataset data = Dataset.of(x, y)) {
      Warnings warnings = new Warnings();
      Convergence free =
          trainer(network.withPenalty(Penalty.NONE)).fit(data, warnings).convergence();
      assertThat(free.objective()).isLessThan(0.1);
      assertThat(free.converged()).isFalse();
      assertThat(free.stopReason()).isEqualTo(StopReason.NO_OPTIMUM);
      assertThat(warnings.said).hasSize(1);
      assertThat(warnings.said.getFirst()).contains("the classes are separable").contains("l2");
      Convergence held = trainer(network.withPenalty(Penalty.l2(1))).fit(data).convergence();
      assertThat(held.converged()).as("%s", held).isTrue();
    }
  }

  /** The first samples of each block, which are parts that newton begins with, are of one class. */
  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS"})
  void noEndIsAboveZeroWeights(SolverChoice solver) {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int m = 64 << random.nextInt(3);
      int d = 1 + random.nextInt(2);
      float[][] x = new float[m][d];
      int[] y = new int[m];
      for (int j = 0; j < m; j++) {
        for (int i = 0; i < d; i++) {
          x[j][i] = random.nextInt(2);
        }
        y[j] = j < m / 2 || random.nextInt(8) > 0 ? 0 : 1;
      }
      y[m - 1] = 1;
      try (Dataset data = Dataset.of(x, y)) {
        Convergence end =
            trainer(options(solver).withPenalty(Penalty.NONE)).fit(data).convergence();
        assertThat(end.objective()).as("seed %d", seed).isLessThanOrEqualTo(Math.log(2));
      }
    }
  }

  @Test
  void aConstantFeatureWithoutAPenaltyWeighsNothingAndIsNamed() {
    for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS)) {
      float[][] x = new HostileNumbers(4).samples(90, 3, HostileNumbers.Kind.SIGNED);
      int[] y = new HostileNumbers(5).labels(90);
      for (float[] sample : x) {
        sample[1] = 3e6f;
      }
      try (Dataset data = Dataset.of(x, y)) {
        Warnings warnings = new Warnings();
        TrainingResult result =
            trainer(options(solver).withPenalty(Penalty.NONE)).fit(data, warnings);
        assertThat(result.model().weights()[1]).isZero();
        assertThat(result.convergence().converged()).isTrue();
        assertThat(warnings.said).hasSize(1);
        assertThat(warnings.said.getFirst()).contains("number 2, counted from 1").contains("l2");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS"})
  void oneClassOnlyHasNoOptimum(SolverChoice solver) {
    for (int m : new int[] {1, 5}) {
      int[] y = new int[m];
      Arrays.fill(y, 1);
      float[][] x = new HostileNumbers(1).samples(m, 3, HostileNumbers.Kind.SIGNED);
      try (Dataset data = Dataset.of(x, y)) {
        Warnings warnings = new Warnings();
        TrainingResult result = trainer(options(solver)).fit(data, warnings);
        assertThat(result.convergence().converged()).isFalse();
        assertThat(result.model().bias()).isGreaterThan(5);
        assertThat(warnings.said).hasSize(2);
        assertThat(warnings.said.get(1)).contains("one class only there is no optimum");
      }
    }
  }

  @Test
  void theLimitOfIterationsIsSaidWithAdvice() {
    try (Dataset data = TestData.clouds(400, 9, 3)) {
      for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS)) {
        Warnings warnings = new Warnings();
        TrainingResult result = trainer(options(solver).withIterations(1)).fit(data, warnings);
        assertThat(result.convergence().stopReason()).isEqualTo(StopReason.ITERATIONS);
        assertThat(result.convergence().converged()).isFalse();
        assertThat(result.convergence().iterations()).isEqualTo(1);
        assertThat(warnings.said).hasSize(1);
        assertThat(warnings.said.getFirst())
            .contains("not converged after 1 iterations")
            .contains("scale the features");
      }
    }
  }

  @Test
  void numbersBeyondFloat32AreNotTakenForAnOptimum() {
    float[][] huge = {{1e30f, -1e30f}, {-3e30f, 2e30f}, {1e38f, 1e38f}, {1, 1}, {3e38f, 3e38f}};
    try (Dataset data = Dataset.of(huge, new int[] {0, 1, 1, 0, 1})) {
      for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS)) {
        Warnings warnings = new Warnings();
        String said;
        try {
          Convergence end = trainer(options(solver)).fit(data, warnings).convergence();
          assertThat(end.converged()).isFalse();
          said = warnings.said.getFirst();
        } catch (TrainingException e) {
          said = e.getMessage();
        }
        assertThat(said).as("%s", solver).contains("scale the features");
      }
    }
  }

  @Test
  void newtonTakesNoPenaltyOnSizes() {
    assertThatThrownBy(() -> options(SolverChoice.NEWTON).withPenalty(new Penalty(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take lbfgs");
    for (double tolerance : new double[] {0, -1, 1, Double.NaN}) {
      assertThatThrownBy(() -> SolverOptions.of(SolverChoice.NEWTON).withTolerance(tolerance))
          .hasMessageContaining("the tolerance is above 0");
    }
  }

  @Test
  void aFitDefaultsToNewtonAndTellsHowItGoes() {
    List<Double> objectives = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void iterated(int iteration, double objective, double norm, double passes) {
            assertThat(iteration).isEqualTo(objectives.size() + 1);
            assertThat(norm).isPositive();
            objectives.add(objective);
          }
        };
    try (Dataset data = TestData.clouds(60, 90, 3)) {
      TrainingResult result = new LogisticRegression().fit(data, listener);
      assertThat(result.model().provenance().options()).containsEntry("solver", "newton");
      assertThat(result.convergence().converged()).isTrue();
      assertThat(result.costs()).hasSameSizeAs(objectives);
      assertThat(objectives).hasSize(result.convergence().iterations());
    }
  }

  @Test
  void gradientDescentSaysWhereItCameTo() {
    try (Dataset data = TestData.clouds(300, 5, 3)) {
      for (EngineChoice engine : List.of(EngineChoice.PRIMAL, EngineChoice.GRAM)) {
        TrainingResult result =
            trainer(
                    Hyperparameters.tutorial()
                        .withEngine(engine)
                        .withIterations(40)
                        .withPenalty(Penalty.l2(3)))
                .fit(data);
        ReferenceObjective reference = new ReferenceObjective(data, ones(300), Penalty.l2(3));
        double[] p = parameters(result);
        Convergence end = result.convergence();
        assertThat(end.objective()).isCloseTo(reference.value(p) / 300, within(1e-6));
        assertThat(end.gradientNorm())
            .isCloseTo(ReferenceObjective.norm(reference.smoothGradient(p)) / 300, within(1e-6));
        assertThat(end.converged()).isFalse();
        assertThat(end.stopReason()).isEqualTo(StopReason.ITERATIONS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NEWTON,40,170,0",
    "NEWTON,300,40,0",
    "NEWTON,2000,20,0",
    "NEWTON,60,2100,-1",
    "LBFGS,300,40,0",
    "LBFGS,300,40,2",
    "LBFGS,40,170,1"
  })
  void everyKernelAndTeamGivesTheSameBits(SolverChoice solver, int m, int d, double l1) {
    try (Dataset data = TestData.clouds(m, d, 9)) {
      // Below zero stands for no penalty at all.
      Penalty penalty = l1 < 0 ? Penalty.NONE : new Penalty(l1, 0.5);
      Hyperparameters options =
          options(solver)
              .withPenalty(penalty)
              .withClassWeights(ClassWeights.BALANCED)
              .withIterations(12);
      Set<String> found = new LinkedHashSet<>();
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : new int[] {1, 2, 3, 4}) {
          TrainingResult result =
              new LogisticRegression(options, Execution.ofThreads(threads))
                  .fit(data, kernels, TrainingListener.SILENT);
          found.add(result.model().weightsSha256() + result.costs() + result.convergence());
        }
      }
      assertThat(found).hasSize(1);
    }
  }
}
