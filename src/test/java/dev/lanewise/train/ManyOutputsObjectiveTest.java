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

/** What solvers see of a problem of many classes, against the cost in double. */
class ManyOutputsObjectiveTest {

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
    int d = point.weights().rows();
    int columns = point.outputs();
    double[] p = new double[columns * (d + 1)];
    for (int k = 0; k < columns; k++) {
      for (int i = 0; i < d; i++) {
        p[k * (d + 1) + i] = point.weights().get(i, k);
      }
      p[k * (d + 1) + d] = point.bias(k);
    }
    return p;
  }

  private static Parameters normal(ParameterSpace space, long seed) {
    Parameters point = space.zero();
    Initialization.NORMAL.fill(point.weights(), seed);
    for (int k = 0; k < point.outputs(); k++) {
      point.setBias(k, 0.25f - 0.125f * k);
    }
    return point;
  }

  @ParameterizedTest
  @CsvSource({"600,7,3,2.5,1", "300,5,4,0,2", "40,50,3,1,2", "3,3,3,1,1", "700,1,6,3,3"})
  void derivativesAreThoseOfTheCost(int m, int d, int classes, double l2, int threads) {
    Penalty penalty = Penalty.l2(l2);
    try (Dataset plain = TestData.manyClouds(m, d, classes, 5);
        Arena arena = Arena.ofShared()) {
      Workspace workspace = Workspace.of(arena);
      Dataset data = plain.withWeights(someWeights(m));
      ReferenceSoftmax reference = new ReferenceSoftmax(data, widened(someWeights(m)), penalty);
      for (Kernels kernels : AllKernels.fast()) {
        try (Compute compute = new Compute(kernels, threads)) {
          ParameterSpace space = new ParameterSpace(workspace, kernels, Layout.dense(d, classes));
          Problem problem =
              TrainingProblem.of(workspace, data, Hyperparameters.defaults().withPenalty(penalty));
          DataObjective objective = new DataObjective(workspace, compute, problem);
          Parameters at = normal(space, 42);
          Parameters gradient = space.zero();
          double value = objective.valueAndGradient(at, gradient);
          double[] p = parameters(at);
          int n = p.length;
          assertThat(value).isCloseTo(reference.value(p), within(1e-6 * value));

          double[] g = parameters(gradient);
          double scale = 1e-5 * (1 + ReferenceObjective.norm(g));
          for (int i = 0; i < n; i++) {
            double[] axis = new double[n];
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
          double tolerance = 2e-5 * (1 + ReferenceObjective.norm(found));
          for (int i = 0; i < n; i++) {
            assertThat(found[i])
                .as("(Hv)_%d", i)
                .isCloseTo((after[i] - before[i]) / (2 * H), within(tolerance));
          }

          double[][] hessian = reference.hessian(p);
          checkCombination(objective, hessian, d, classes);
          assertThat(objective.passes()).isEqualTo(4);
        }
      }
    }
  }

  /** The second derivative along one combination c of the columns: the blocks times c_k c_l. */
  private static void checkCombination(
      ConvexObjective objective, double[][] hessian, int d, int classes) {
    double[] c = new double[classes];
    for (int k = 0; k < classes; k++) {
      c[k] = 0.5 - 0.3 * k * k;
    }
    double[][] dense = new double[d + 1][d + 1];
    objective.hessian(c, 1, dense);
    double[][] curvature = objective.coupling(1);
    for (int n = 0; n <= d; n++) {
      for (int i = n; i <= d; i++) {
        double sum = 0;
        double size = 0;
        for (int k = 0; k < classes; k++) {
          for (int l = 0; l < classes; l++) {
            double term = c[k] * c[l] * hessian[k * (d + 1) + i][l * (d + 1) + n];
            sum += term;
            size += Math.abs(term);
          }
        }
        assertThat(dense[n][i]).as("h_%d,%d", i, n).isCloseTo(sum, within(1e-5 * (1 + size)));
      }
    }
    for (int k = 0; k < classes; k++) {
      for (int l = 0; l < classes; l++) {
        double expected = hessian[k * (d + 1) + d][l * (d + 1) + d];
        assertThat(curvature[k][l]).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
      }
    }
  }

  /** A part is the first samples of each block, as if each stood for several. */
  @Test
  void aSubsetIsAProblemOfItsOwn() {
    int m = 600;
    int d = 9;
    int classes = 4;
    Penalty penalty = Penalty.l2(2);
    try (Dataset data = TestData.manyClouds(m, d, classes, 5)) {
      for (int fraction : new int[] {4, 16}) {
        int of = 256 / fraction;
        double[] stand = new double[m];
        for (int j = 0; j < m; j++) {
          stand[j] = j % 256 < of ? (double) m / (3 * of) : 0;
        }
        ReferenceSoftmax reference = new ReferenceSoftmax(data, stand, penalty);
        Set<String> found = new LinkedHashSet<>();
        for (int threads : new int[] {1, 2, 3}) {
          try (Arena arena = Arena.ofShared();
              Compute compute = new Compute(AllKernels.fast().getFirst(), threads)) {
            Workspace workspace = Workspace.of(arena);
            Kernels kernels = AllKernels.fast().getFirst();
            ParameterSpace space = new ParameterSpace(workspace, kernels, Layout.dense(d, classes));
            Problem problem =
                TrainingProblem.of(
                    workspace, data, Hyperparameters.defaults().withPenalty(penalty));
            ConvexObjective whole = new DataObjective(workspace, compute, problem);
            ConvexObjective subset = whole.subset(fraction);
            Parameters at = normal(space, 1);
            Parameters gradient = space.zero();
            double value = subset.valueAndGradient(at, gradient);
            double[] p = parameters(at);
            assertThat(value).isCloseTo(reference.value(p), within(1e-5 * value));
            double[] expected = reference.smoothGradient(p);
            double[] actual = parameters(gradient);
            for (int i = 0; i < p.length; i++) {
              assertThat(actual[i]).isCloseTo(expected[i], within(1e-3));
            }
            Parameters product = space.zero();
            subset.hessianTimes(gradient, product);
            double[][] hessian = reference.hessian(p);
            double[] products = parameters(product);
            for (int i = 0; i < p.length; i++) {
              double sum = 0;
              for (int n = 0; n < p.length; n++) {
                sum += hessian[i][n] * actual[n];
              }
              assertThat(products[i]).isCloseTo(sum, within(1e-4 * (100 + Math.abs(sum))));
            }
            double[][] dense = new double[d + 1][d + 1];
            subset.hessian(new double[] {1, -1, 0, 0.5}, fraction, dense);
            found.add(value + Arrays.toString(products) + Arrays.deepToString(dense));
          }
        }
        assertThat(found).hasSize(1);
      }
    }
  }
}
