// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {

  /** 16 lanes in ascending order, then the fold: section 14 of the contract. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100, 1024})
  void sumsHaveTheOrderOfTheContract(int n) {
    for (HostileNumbers.Kind kind : HostileNumbers.Kind.values()) {
      HostileNumbers numbers = new HostileNumbers(n);
      float[][] a = numbers.samples(3, n, kind);
      float[][] b = numbers.samples(3, n, kind);
      double dot = 0;
      double sizes = 0;
      for (int k = 0; k < 3; k++) {
        double[] products = new double[16];
        double[] absolutes = new double[16];
        for (int i = 0; i < n; i++) {
          products[i % 16] = Math.fma((double) a[k][i], (double) b[k][i], products[i % 16]);
          absolutes[i % 16] += Math.abs((double) a[k][i]);
        }
        dot += fold(products);
        sizes += fold(absolutes);
      }
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix first = matrix(arena, a);
        assertThat(Vectors.dot(first, matrix(arena, b))).isEqualTo(dot);
        assertThat(Vectors.sumOfSizes(first)).isEqualTo(sizes);
      }
    }
  }

  private static double fold(double[] lanes) {
    for (int half : new int[] {8, 4, 2, 1}) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }

  private static FloatMatrix matrix(Arena arena, float[][] columns) {
    FloatMatrix matrix = FloatMatrix.allocate(arena, columns[0].length, columns.length);
    for (int k = 0; k < columns.length; k++) {
      matrix.setColumn(k, columns[k]);
    }
    return matrix;
  }
}
