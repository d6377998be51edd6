// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.DataObjective;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Penalty;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What solvers see of a problem, against the cost in double. */
class DataObjectiveTest {

  private static final double H = 1e-3;

  private static float[] someWeights(int m) {
    float[] weights = new float[m];
    for (int j = 0; j < m; j++) {
      weights[j] = j % 5 == 4 ? 0 : 0.25f * (j % 7 + 1);
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

  private static double[] parameters(Parameters point) {
    double[] p = Arrays.copyOf(widened(point.weights().column(0)), point.weights().rows() + 1);
    p[p.length - 1] = point.bias(0);
    return p;
  }

  private static Parameters normal(ParameterSpace space, long seed) {
    Parameters point = space.zero();
    Initialization.NORMAL.fill(point.weights(), seed);
    point.setBias(0, 0.25f);
    return point;
  }

  @ParameterizedTest
  @CsvSource({"600,23,2.5,1", "300,5,0,2", "40,200,1,2", "1,3,1,1", "700,1,3,3", "257,170,0.5,2"})
  void derivativesAreThoseOfTheCost(int m, int d, double l2, int threads) {
    Penalty penalty = Penalty.l2(l2);
    try (Dataset plain = TestData.clouds(m, d, 5);
        Arena arena = Arena.ofShared()) {
      Workspace workspace = Workspace.of(arena);
      Dataset data = plain.withWeights(someWeights(m));
      ReferenceObjective reference = new ReferenceObjective(data, widened(someWeights(m)), penalty);
      for (Kernels kernels : AllKernels.fast()) {
        try (Compute compute = new Compute(kernels, threads)) {
          ParameterSpace space = new ParameterSpace(workspace, kernels, Layout.dense(d, 1));
          Problem problem =
              TrainingProblem.of(workspace, data, Hyperparameters.defaults().withPenalty(penalty));
          DataObjective objective = new DataObjective(workspace, compute, problem);
          Parameters at = normal(space, 42);
          Parameters gradient = space.zero();
          double value = objective.valueAndGradient(at, gradient);
          double[] p = parameters(at);
          assertThat(value).isCloseTo(reference.value(p), within(1e-6 * value));

          double[] g = parameters(gradient);
          double scale = 1e-5 * (1 + ReferenceObjective.norm(g));
          for (int i = 0; i <= d; i++) {
            double[] axis = new double[d + 1];
            axis[i] = 1;
            double derivative =
                (reference.value(ReferenceObjective.moved(p, -2 * H, axis))
                        - 8 * reference.value(ReferenceObjective.moved(p, -H, axis))
                        + 8 * reference.value(ReferenceObjective.moved(p, H, axis))
                        - reference.value(ReferenceObjective.moved(p, 2 * H, axis)))
                    / (12 * H);
            assertThat(g[i]).as("dJ/dp_%d", i).isCloseTo(derivative, within(scale));
          }

          Parameters v = normal(space, 7);
          Parameters product = space.zero();
          objective.hessianTimes(v, product);
          double[] direction = parameters(v);
          double[] before = reference.smoothGradient(ReferenceObjective.moved(p, -H, direction));
          double[] after = reference.smoothGradient(ReferenceObjective.moved(p, H, direction));
          double[] found = parameters(product);
          double tolerance = 1e-5 * (1 + ReferenceObjective.norm(found));
          for (int i = 0; i <= d; i++) {
            assertThat(found[i])
                .as("(Hv)_%d", i)
                .isCloseTo((after[i] - before[i]) / (2 * H), within(tolerance));
          }

          double[][] hessian = reference.hessian(p);
          double[][] dense = new double[d + 1][d + 1];
          objective.hessian(new double[] {1}, 1, dense);
          for (int k = 0; k <= d; k++) {
            for (int i = k; i <= d; i++) {
              assertThat(dense[k][i])
                  .as("h_%d,%d", i, k)
                  .isCloseTo(hessian[i][k], within(1e-5 * (1 + Math.abs(hessian[d][d]))));
            }
          }
          assertThat(objective.passes()).isEqualTo(4);
        }
      }
    }
  }

  /**
   * Objectives of subsets fraction their memory with the whole, so none may keep what has changed.
   */
  @Test
  void theSecondDerivativeIsThatOfTheLastEvaluationOfAnySubset() {
    int d = 5;
    try (Dataset data = TestData.clouds(300, d, 5);
        Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.scalar(), 1)) {
      Workspace workspace = Workspace.of(arena);
      ParameterSpace space = new ParameterSpace(workspace, compute.kernels(), Layout.dense(d, 1));
      Problem problem = TrainingProblem.of(workspace, data, Hyperparameters.defaults());
      DataObjective objective = new DataObjective(workspace, compute, problem);
      ConvexObjective other = objective.subset(1);
      Parameters v = normal(space, 7);
      Parameters product = space.zero();
      objective.valueAndGradient(space.zero(), product);
      objective.hessianTimes(v, product);
      Parameters far = normal(space, 1);
      space.scale(far, 100);
      other.valueAndGradient(far, space.zero());
      objective.hessianTimes(v, product);
      double[] ofWhole = parameters(product);
      other.hessianTimes(v, product);
      assertThat(ofWhole).isEqualTo(parameters(product));
    }
  }

  @Test
  void aSecondDerivativeOfTheSameSubsetTakesNoMoreMemory() {
    int d = 5;
    try (Dataset data = TestData.clouds(600, d, 5);
        Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.scalar(), 1)) {
      Workspace workspace = Workspace.of(arena);
      ParameterSpace space = new ParameterSpace(workspace, compute.kernels(), Layout.dense(d, 1));
      Problem problem = TrainingProblem.of(workspace, data, Hyperparameters.defaults());
      DataObjective objective = new DataObjective(workspace, compute, problem);
      objective.valueAndGradient(space.zero(), space.zero());
      double[][] h = new double[d + 1][d + 1];
      objective.hessian(new double[] {1}, 4, h);
      long before = workspace.byteSize();
      objective.hessian(new double[] {1}, 4, h);
      assertThat(workspace.byteSize()).isEqualTo(before);
    }
  }

  /** A part is the first samples of each block, as if each stood for several. */
  @Test
  void aSubsetIsAProblemOfItsOwn() {
    int m = 600;
    int d = 9;
    Penalty penalty = Penalty.l2(2);
    try (Dataset data = TestData.clouds(m, d, 5)) {
      for (int fraction : new int[] {4, 16}) {
        // 256, 256 and 88 samples: of the last block all that a part takes.
        int of = 256 / fraction;
        float[] weights = new float[m];
        for (int j = 0; j < m; j++) {
          weights[j] = j % 256 < of ? (float) m / (3 * of) : 0;
        }
        double[] stand = widened(weights);
        ReferenceObjective reference = new ReferenceObjective(data, stand, penalty);
        Set<String> found = new LinkedHashSet<>();
        for (int threads : new int[] {1, 2, 3}) {
          try (Arena arena = Arena.ofShared();
              Compute compute = new Compute(AllKernels.fast().getFirst(), threads)) {
            Workspace workspace = Workspace.of(arena);
            Kernels kernels = AllKernels.fast().getFirst();
            ParameterSpace space = new ParameterSpace(workspace, kernels, Layout.dense(d, 1));
            Problem problem =
                TrainingProblem.of(
                    workspace, data, Hyperparameters.defaults().withPenalty(penalty));
            ConvexObjective subset =
                new DataObjective(workspace, compute, problem).subset(fraction);
            Parameters at = normal(space, 1);
            Parameters gradient = space.zero();
            double value = subset.valueAndGradient(at, gradient);
            Parameters product = space.zero();
            subset.hessianTimes(gradient, product);
            double[] p = parameters(at);
            assertThat(value).isCloseTo(reference.value(p), within(1e-5 * value));
            double[] expected = reference.smoothGradient(p);
            for (int i = 0; i <= d; i++) {
              assertThat(parameters(gradient)[i]).isCloseTo(expected[i], within(1e-3));
            }
            double[][] dense = new double[d + 1][d + 1];
            subset.hessian(new double[] {1}, fraction, dense);
            double[][] hessian = reference.hessian(p);
            for (int k = 0; k <= d; k++) {
              for (int i = k; i <= d; i++) {
                assertThat(dense[k][i]).isCloseTo(hessian[i][k], within(1e-3));
              }
            }
            assertThat(subset.passes()).isEqualTo(4.0 / fraction);
            found.add(value + Arrays.toString(parameters(product)) + Arrays.deepToString(dense));
          }
        }
        assertThat(found).hasSize(1);
      }
    }
  }
}
