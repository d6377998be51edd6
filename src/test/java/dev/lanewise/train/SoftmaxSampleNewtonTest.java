// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Penalty;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Newton's method in the space of few samples of more than two classes. */
class SoftmaxSampleNewtonTest {

  private static final Kernels KERNELS = AllKernels.fast().getLast();

  /** Where a form of the solver comes to, and how. */
  private record End(double[] parameters, Run.Outcome outcome) {}

  private static End run(Dataset data, Hyperparameters options, SolverVariant variant) {
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(KERNELS, 2)) {
      Workspace workspace = Workspace.of(arena);
      Problem problem = TrainingProblem.of(workspace, data, options);
      int columns = problem.outputs();
      Parameters start = new Parameters(workspace, problem.layout());
      Run.Outcome outcome =
          new SolverRun(options, variant, WarmStart.NONE)
              .prepare(workspace, compute, problem, start)
              .run(TrainingListener.SILENT);
      double[] p = new double[columns * (data.width() + 1)];
      for (int k = 0, at = 0; k < columns; k++) {
        for (float weight : outcome.end().weights().column(k)) {
          p[at++] = weight;
        }
        p[at++] = outcome.end().bias(k);
      }
      return new End(p, outcome);
    }
  }

  private static Hyperparameters exact(double l2) {
    Hyperparameters options = Hyperparameters.defaults().withPenalty(Penalty.l2(l2));
    return options.withSolver(SolverOptions.of(SolverChoice.NEWTON).withTolerance(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "60,300,3,1",
    "60,300,3,0.01",
    "209,3000,4,1",
    "100,2500,10,0.1",
    "100,100,4,50",
    "300,310,5,1"
  })
  void theLeastIsThatOfTheOtherForms(int m, int d, int classes, double l2) {
    try (Dataset data = TestData.manyClouds(m, d, classes, 3)) {
      double[] ones = new double[m];
      Arrays.fill(ones, 1);
      ReferenceSoftmax reference = new ReferenceSoftmax(data, ones, Penalty.l2(l2));
      assertThat(SolverVariant.of(exact(l2), d, m, classes)).isEqualTo(SolverVariant.SAMPLES);
      End samples = run(data, exact(l2), SolverVariant.SAMPLES);
      End other = run(data, exact(l2), SolverVariant.ofFeatures(d, classes));
      double least = reference.value(other.parameters());
      assertThat(reference.value(samples.parameters())).isCloseTo(least, within(1e-9 * least));
      assertThat(samples.outcome().convergence().converged()).isTrue();
      assertThat(samples.outcome().engine()).isEqualTo("gram");
      // X'X, X C and the gradient there, and four for each of few corrections in double.
      assertThat(samples.outcome().convergence().passes())
          .as("%s", samples.outcome().convergence())
          .isLessThan(29);
      assertThat(other.outcome().convergence().passes()).isGreaterThan(19);
    }
  }

  @Test
  void weightsCountAndSamplesThatWeighNothingDoNot() {
    int m = 90;
    try (Dataset plain = TestData.manyClouds(m, 200, 3, 8)) {
      float[] weights = new float[m];
      double[] s = new double[m];
      for (int j = 0; j < m; j++) {
        weights[j] = j % 4 == 3 ? 0 : 0.5f * (1 + j % 4);
        s[j] = weights[j] * (plain.labels()[j] == 1 ? 2 : 1);
      }
      Dataset data = plain.withWeights(weights);
      Hyperparameters options = exact(0.5).withClassWeights(ClassWeights.parse("1=2"));
      ReferenceSoftmax reference = new ReferenceSoftmax(data, s, options.penalty());
      End samples = run(data, options, SolverVariant.SAMPLES);
      double[] p = samples.parameters();
      double atZero = ReferenceObjective.norm(reference.smoothGradient(new double[p.length]));
      assertThat(ReferenceObjective.norm(reference.smoothGradient(p))).isLessThan(1e-6 * atZero);
      assertThat(samples.outcome().convergence().converged()).isTrue();
    }
  }

  @Test
  void aNearStartIsSoonerAtTheSameOptimum() {
    try (Dataset data = TestData.manyClouds(60, 200, 4, 5)) {
      Hyperparameters options = Hyperparameters.defaults().withPenalty(Penalty.l2(1));
      TrainingResult cold = new LogisticRegression(options).fit(data);
      Model near = new LogisticRegression(options.withPenalty(Penalty.l2(1.2))).fit(data).model();
      TrainingResult warm = new LogisticRegression(options).fit(data, near);
      double least = cold.convergence().objective();
      assertThat(warm.convergence().converged()).isTrue();
      assertThat(warm.convergence().objective()).isCloseTo(least, within(1e-6 * least));
      assertThat(warm.convergence().iterations()).isLessThan(cold.convergence().iterations());
      TrainingResult again = new LogisticRegression(options).fit(data, cold.model());
      assertThat(again.convergence().iterations()).isLessThanOrEqualTo(1);

      // A start that leads nowhere is left.
      float[][] far = new float[4][200];
      for (int k = 0; k < 4; k++) {
        for (int i = 0; i < 200; i++) {
          far[k][i] = ((i + k) % 7 - 3) * 400f;
        }
      }
      Model nowhere =
          new Model(
              far,
              new float[] {1000, 0, 0, -500},
              MultiClass.SOFTMAX,
              data.schema(),
              cold.model().provenance());
      TrainingResult found = new LogisticRegression(options).fit(data, nowhere);
      assertThat(found.convergence().converged()).isTrue();
      assertThat(found.convergence().objective()).isCloseTo(least, within(1e-6 * least));
    }
  }

  @Test
  void iterationsEndWhereTheyAreToldTo() {
    try (Dataset data = TestData.manyClouds(60, 200, 4, 5)) {
      Hyperparameters options = Hyperparameters.defaults().withPenalty(Penalty.l2(1));
      for (int iterations : new int[] {0, 1, 2}) {
        TrainingResult result =
            new LogisticRegression(options.withIterations(iterations)).fit(data);
        assertThat(result.convergence().iterations()).isEqualTo(iterations);
        assertThat(result.convergence().converged()).isFalse();
      }
    }
  }

  /** Rows of X'X beyond one task, more threads than classes, and one for each. */
  @Test
  void everyKernelAndTeamGivesTheSameBits() {
    try (Dataset data = TestData.manyClouds(270, 280, 3, 9)) {
      Set<String> found = new LinkedHashSet<>();
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : new int[] {1, 2, 5}) {
          found.add(Runs.run(data, Hyperparameters.defaults(), kernels, threads).digest());
        }
      }
      assertThat(found).hasSize(1);
    }
  }
}
