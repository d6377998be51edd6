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
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.optim.gd.Engine;
import dev.lanewise.optim.gd.PrimalEngine;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import java.lang.foreign.Arena;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient against a five-point stencil of the cost: (J(-2h) - 8 J(-h) + 8 J(h) - J(2h)) / 12h,
 * the cost in double, so that the stencil is exact to about 1e-11.
 */
class GradientStencilTest {

  private static final double H = 1e-3;

  static Stream<Kernels> kernels() {
    return AllKernels.fast().stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theStepOfAnIterationIsTheGradientOfTheCost(Kernels kernels) {
    int m = 600;
    int d = 23;
    try (Dataset data = TestData.clouds(m, d, 5);
        Arena arena = Arena.ofShared();
        Compute compute = new Compute(kernels, 2)) {
      Workspace workspace = Workspace.of(arena);
      double[][] x = Samples.of(data);
      int[] y = data.labels();
      Problem problem = Problem.plain(data.features(), Engines.labels(workspace, data));
      Parameters start = new Parameters(workspace, problem.layout());
      Initialization.NORMAL.fill(start.weights(), 42);
      start.setBias(0, 0.25f);
      double[] w = widened(start.weights());
      double b = 0.25;
      // With a learning rate of 1 the weights move by the gradient itself.
      Engine engine = new PrimalEngine(workspace, compute, problem, start, 1);
      engine.iterate(false);
      double[] moved = widened(engine.parameters().weights());

      for (int i = 0; i < d; i++) {
        int feature = i;
        double derivative = stencil(h -> new Neuron(shifted(w, feature, h), b).cost(x, y));
        assertThat(w[i] - moved[i]).as("dw_%d", i).isCloseTo(derivative, within(2e-7));
      }
      double derivative = stencil(h -> new Neuron(w, b + h).cost(x, y));
      assertThat(b - engine.parameters().bias(0)).as("db").isCloseTo(derivative, within(2e-7));
    }
  }

  private static double stencil(java.util.function.DoubleUnaryOperator cost) {
    return (cost.applyAsDouble(-2 * H)
            - 8 * cost.applyAsDouble(-H)
            + 8 * cost.applyAsDouble(H)
            - cost.applyAsDouble(2 * H))
        / (12 * H);
  }

  private static double[] shifted(double[] w, int feature, double h) {
    double[] shifted = w.clone();
    shifted[feature] += h;
    return shifted;
  }

  private static double[] widened(FloatMatrix column) {
    double[] values = new double[column.rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.get(i, 0);
    }
    return values;
  }
}
