// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Orthogonal vectors which a matrix only stretches. */
class EigenvectorsTest {

  private static double[] times(double[][] a, double[] v) {
    double[] product = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      for (int k = 0; k < v.length; k++) {
        product[i] += a[i][k] * v[k];
      }
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void theyAreThoseOfTheMatrix() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 1; n <= 40; n += 3) {
      double[][] a = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k <= i; k++) {
          // Some are diagonal but for a few elements, and some singular.
          double value = n % 2 == 0 && random.nextInt(3) > 0 ? 0 : random.nextDouble(-1, 1);
          a[i][k] = value;
          a[k][i] = value;
        }
      }
      double[][] copy = new double[n][];
      for (int i = 0; i < n; i++) {
        copy[i] = a[i].clone();
      }
      double[][] vectors = Eigenvectors.of(copy);
      for (int p = 0; p < n; p++) {
        double[] product = times(a, vectors[p]);
        for (int q = 0; q < n; q++) {
          assertThat(dot(vectors[p], vectors[q])).isCloseTo(p == q ? 1 : 0, within(1e-12));
          if (p != q) {
            assertThat(dot(product, vectors[q])).isCloseTo(0, within(1e-10));
          }
        }
      }
    }
  }
}
