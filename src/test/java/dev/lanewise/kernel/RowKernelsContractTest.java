// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row has the outputs that the forward pass gives a column, by all kernels. */
@Tag("widths")
class RowKernelsContractTest {

  @ParameterizedTest
  @CsvSource({"16,1", "16,4", "32,3", "48,11", "784,1", "784,10"})
  void allKernelsGiveTheBitsOfTheForwardPass(int d, int outputs) {
    Random random = new Random(d + outputs);
    float[] x = new float[d];
    float[][] w = new float[outputs][d];
    float[] biases = new float[outputs];
    for (int i = 0; i < d; i++) {
      x[i] = (float) random.nextGaussian();
    }
    for (int k = 0; k < outputs; k++) {
      biases[k] = random.nextFloat();
      for (int i = 0; i < d; i++) {
        w[k][i] = (float) random.nextGaussian();
      }
    }
    float[] expected = new float[outputs];
    try (Arena arena = Arena.ofShared()) {
      FloatMatrix sample = FloatMatrix.vector(arena, x);
      FloatMatrix weights = FloatMatrix.allocate(arena, d, outputs);
      for (int k = 0; k < outputs; k++) {
        weights.setColumn(k, w[k]);
      }
      FloatMatrix z = FloatMatrix.allocate(arena, 1, outputs);
      AllKernels.scalar().forward(sample, 0, 1, weights, FloatMatrix.vector(arena, biases), z);
      for (int k = 0; k < outputs; k++) {
        expected[k] = z.get(0, k);
      }
    }
    for (Kernels kernels : AllKernels.all()) {
      float[] z = new float[outputs];
      kernels.outputs(x, w, d, biases, z);
      assertThat(z).as("%s, %d lanes", kernels.name(), kernels.lanes()).containsExactly(expected);
    }
  }
}
