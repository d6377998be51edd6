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
import dev.lanewise.options.Penalty;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Solvers come to the optimum of softmax regression that slow ways in double come to. */
class ManyClassesSolverTest {

  private static final Kernels KERNELS = AllKernels.fast().getLast();

  private static Hyperparameters options(SolverChoice solver) {
    return Hyperparameters.defaults().withSolver(SolverOptions.of(solver));
  }

  private static double[] ones(int m) {
    double[] ones = new double[m];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void assertOptimal(
      Runs.Result result, ReferenceSoftmax reference, double[] optimum, int m) {
    double least = reference.value(optimum);
    double[] p = result.parameters();
    Convergence end = result.convergence();
    assertThat(result.warnings()).isEmpty();
    assertThat(reference.value(p)).as("%s", end).isCloseTo(least, within(2e-7 * least));
    assertThat(end.objective() * m).isCloseTo(least, within(1e-6 * least));
    assertThat(end.converged()).as("%s", end).isTrue();
    assertThat(end.relativeGradientNorm()).isLessThan(1e-4);
  }

  @ParameterizedTest
  @CsvSource({
    "400,9,3,1",
    "400,9,4,0",
    "30,40,3,1",
    "30,40,5,50",
    "600,1,3,0.01",
    "900,20,5,3",
    "60,60,3,0.5",
    "700,6,10,1"
  })
  void solversReachTheOptimum(int m, int d, int classes, double l2) {
    try (Dataset data = TestData.manyClouds(m, d, classes, 3)) {
      ReferenceSoftmax reference = new ReferenceSoftmax(data, ones(m), Penalty.l2(l2));
      double[] optimum = reference.newton();
      for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS)) {
        Hyperparameters options = options(solver).withPenalty(Penalty.l2(l2));
        Runs.Result result = Runs.run(data, options, KERNELS, 2);
        assertOptimal(result, reference, optimum, m);
        double[] p = result.parameters();
        if (l2 > 0) {
          // The penalty chooses one of the many weights that say the same.
          for (int k = 0; k < classes; k++) {
            int from = k * (d + 1);
            for (int i = from; i < from + d; i++) {
              assertThat(p[i]).isCloseTo(optimum[i], within(2e-3 * (1 + Math.abs(optimum[i]))));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"60,300,3,1", "209,3000,4,1", "100,2500,10,0.1"})
  void fewSamplesOfManyFeaturesReachTheSameOptimum(int m, int d, int classes, double l2) {
    try (Dataset data = TestData.manyClouds(m, d, classes, 3)) {
      ReferenceSoftmax reference = new ReferenceSoftmax(data, ones(m), Penalty.l2(l2));
      double[] values = new double[2];
      for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS)) {
        Hyperparameters options = options(solver).withPenalty(Penalty.l2(l2));
        Runs.Result result = Runs.run(data, options, KERNELS, 2);
        assertThat(result.warnings()).isEmpty();
        assertThat(result.convergence().converged()).as("%s", result.convergence()).isTrue();
        double[] p = result.parameters();
        double norm = ReferenceObjective.norm(reference.smoothGradient(p));
        double atZero = ReferenceObjective.norm(reference.smoothGradient(new double[p.length]));
        assertThat(norm).isLessThan(1e-5 * atZero);
        values[solver == SolverChoice.NEWTON ? 0 : 1] = reference.value(p);
      }
      // Both stop at a gradient that is small beside that at zero weights.
      double atZero = reference.value(new double[reference.dimensions()]);
      assertThat(values[0]).isCloseTo(values[1], within(1e-7 * atZero));
    }
  }

  @ParameterizedTest
  @CsvSource({"400,9,3,2,0", "400,9,4,2,3", "60,40,3,0.5,1"})
  void lbfgsReachesTheOptimumOfElasticNets(int m, int d, int classes, double l1, double l2) {
    Penalty penalty = new Penalty(l1, l2);
    try (Dataset data = TestData.manyClouds(m, d, classes, 3)) {
      ReferenceSoftmax reference = new ReferenceSoftmax(data, ones(m), penalty);
      double[] optimum = reference.proximal(6_000);
      Hyperparameters options = options(SolverChoice.LBFGS).withPenalty(penalty);
      Runs.Result result = Runs.run(data, options, KERNELS, 2);
      assertOptimal(result, reference, optimum, m);
      double[] p = result.parameters();
      assertThat(Arrays.stream(optimum).filter(w -> w == 0).count()).isPositive();
      for (int i = 0; i < p.length; i++) {
        if (optimum[i] == 0) {
          assertThat(p[i]).as("w_%d", i).isZero();
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
    int d = 6;
    HostileNumbers numbers = new HostileNumbers(d);
    float[][] x = numbers.samples(m, d, HostileNumbers.Kind.SIGNED);
    int[] y = new int[m];
    float[] weights = new float[m];
    double[] s = new double[m];
    for (int j = 0; j < m; j++) {
      y[j] = numbers.between(0, 2);
      x[j][0] = 0;
      x[j][1] = 3;
      x[j][2] += y[j];
      weights[j] = j % 3 == 0 ? 0 : 0.5f * (j % 4);
      s[j] = weights[j] * (y[j] == 1 ? 2 : 1);
    }
    try (Dataset plain = TestData.ofClasses(x, y, 3)) {
      Dataset data = plain.withWeights(weights);
      Hyperparameters options = options(solver).withClassWeights(ClassWeights.parse("1=2"));
      ReferenceSoftmax reference = new ReferenceSoftmax(data, s, options.penalty());
      Runs.Result result = Runs.run(data, options, KERNELS, 2);
      assertOptimal(result, reference, reference.newton(), m);
      for (float[] column : result.w()) {
        assertThat(column[0]).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS"})
  void separableClassesWithoutAPenaltyAreNamed(SolverChoice solver) {
    for (int d : new int[] {4, 1700}) {
      float[][] x = new HostileNumbers(1).samples(60, d, HostileNumbers.Kind.SIGNED);
      int[] y = new int[60];
      for (int j = 0; j < 60; j++) {
        y[j] = j % 3;
        x[j][y[j]] += 6;
      }
      try (Dataset data = TestData.ofClasses(x, y, 3)) {
        Hyperparameters options = options(solver);
        Runs.Result free = Runs.run(data, options.withPenalty(Penalty.NONE), KERNELS, 2);
        assertThat(free.convergence().converged()).isFalse();
        assertThat(free.warnings()).hasSize(1);
        assertThat(free.warnings().getFirst()).contains("separable").contains("l2");
        assertThat(Runs.run(data, options, KERNELS, 2).convergence().converged()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS"})
  void aClassWithoutSamplesHasNoOptimum(SolverChoice solver) {
    try (Dataset three = TestData.manyClouds(200, 5, 3, 4)) {
      float[][] x = new float[200][];
      for (int j = 0; j < 200; j++) {
        x[j] = three.features().column(j);
      }
      try (Dataset data = TestData.ofClasses(x, three.labels(), 4)) {
        Runs.Result result = Runs.run(data, options(solver), KERNELS, 2);
        assertThat(result.convergence().converged()).isFalse();
        assertThat(result.warnings()).hasSize(1);
        assertThat(result.warnings().getFirst()).contains("no optimum").contains("its bias");
        assertThat(result.b()[3]).isLessThan(-5);
      }
    }
  }

  @Test
  void gradientDescentGoesDownAndSaysWhereItCameTo() {
    try (Dataset data = TestData.manyClouds(300, 5, 3, 3)) {
      Hyperparameters options =
          Hyperparameters.tutorial()
              .withIterations(60)
              .withLearningRate(0.5)
              .withCostEvery(1)
              .withPenalty(Penalty.l2(3));
      Runs.Result result = Runs.run(data, options, KERNELS, 2);
      ReferenceSoftmax reference = new ReferenceSoftmax(data, ones(300), Penalty.l2(3));
      double[] p = result.parameters();
      Convergence end = result.convergence();
      assertThat(end.objective()).isCloseTo(reference.value(p) / 300, within(1e-6));
      assertThat(end.gradientNorm())
          .isCloseTo(ReferenceObjective.norm(reference.smoothGradient(p)) / 300, within(1e-6));
      for (int i = 1; i < result.costs().size(); i++) {
        assertThat(result.costs().get(i).cost()).isLessThan(result.costs().get(i - 1).cost());
      }
      assertThatThrownBy(() -> Runs.run(data, options.withEngine(EngineChoice.GRAM), KERNELS, 1))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("primal");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NEWTON,300,40,3,0",
    "NEWTON,2000,20,4,0",
    "NEWTON,60,2100,3,-1",
    "NEWTON,40,170,5,0",
    "LBFGS,300,40,3,0",
    "LBFGS,300,40,4,2",
    "GD,700,33,3,0.5",
    "GD,40,170,10,0",
    "SGD,300,40,4,1"
  })
  void everyKernelAndTeamGivesTheSameBits(
      SolverChoice solver, int m, int d, int classes, double l1) {
    try (Dataset data = TestData.manyClouds(m, d, classes, 9)) {
      // Below zero stands for no penalty at all.
      Penalty penalty = l1 < 0 ? Penalty.NONE : new Penalty(l1, 0.5);
      Hyperparameters options =
          options(solver)
              .withPenalty(penalty)
              .withClassWeights(ClassWeights.BALANCED)
              .withInitialization(Initialization.NORMAL, 5)
              .withIterations(8);
      Set<String> found = new LinkedHashSet<>();
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : new int[] {1, 2, 3}) {
          found.add(Runs.run(data, options, kernels, threads).digest());
        }
      }
      assertThat(found).hasSize(1);
    }
  }
}
