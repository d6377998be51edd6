// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 31, 32, 33, 36, 64, 65, 100, 131})
  void solutionsSolve(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[][] factor = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        factor[i][k] = k == i ? 1 + random.nextDouble() : random.nextDouble() - 0.5;
      }
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int p = 0; p < n; p++) {
          a[k][i] += factor[i][p] * factor[k][p];
        }
      }
    }
    double[] x = random.doubles(n).toArray();
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        b[i] += a[k][i] * x[k];
      }
    }
    double[][] lower = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        // What lies above the diagonal is not read.
        lower[k][i] = i < k ? Double.NaN : a[k][i];
      }
    }
    Cholesky.factor(lower).solve(b);
    for (int i = 0; i < n; i++) {
      double residual = 0;
      for (int k = 0; k < n; k++) {
        residual += a[k][i] * (b[k] - x[k]);
      }
      assertThat(residual).as("row %d", i).isCloseTo(0, within(1e-12 * n * n));
    }
  }

  @Test
  void whatIsNotPositiveDefiniteHasNoFactor() {
    assertThat(Cholesky.factor(new double[][] {{0}})).isNull();
    assertThat(Cholesky.factor(new double[][] {{-1}})).isNull();
    assertThat(Cholesky.factor(new double[][] {{Double.NaN}})).isNull();
    assertThat(Cholesky.factor(new double[][] {{1, 2}, {2, 1}})).isNull();
  }
}
