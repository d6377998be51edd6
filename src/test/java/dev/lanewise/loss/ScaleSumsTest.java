// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 19 of the contract, means and units, bit by bit, on plain arrays. */
class ScaleSumsTest {

  @ParameterizedTest
  @CsvSource({"1,1,1", "5,255,2", "17,256,3", "3,257,1", "40,600,2", "33,2000,3", "2,5000,8"})
  void meansAndUnitsAreSumsOverTheBlockTree(int d, int m, int threads) {
    Random random = new Random(d + m);
    float[][] x = new float[m][d];
    float[] s = new float[m];
    for (int j = 0; j < m; j++) {
      s[j] = j % 7 == 0 ? 0 : random.nextFloat();
      for (int i = 0; i < d; i++) {
        x[j][i] = (float) (random.nextGaussian() * Math.pow(10, i % 9 - 4) + i);
      }
    }
    s[m - 1] = 1;
    double l2 = 0.5;
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.fast().getLast(), threads)) {
      FloatMatrix features = FloatMatrix.allocate(arena, d, m);
      for (int j = 0; j < m; j++) {
        features.setColumn(j, x[j]);
      }
      Problem problem =
          new Problem(
              features,
              FloatMatrix.allocate(arena, m, 1),
              FloatMatrix.vector(arena, s),
              Penalty.l2(l2),
              HiddenLayers.NONE,
              1);
      Scales scales = ScaleSums.scales(compute.executor(Workspace.of(arena), features), problem);
      int first = 0;
      while (first < m - 1 && s[first] == 0) {
        first++;
      }
      for (int i = 0; i < d; i++) {
        double centre = x[first][i];
        double[] sums = sums(x, s, i, centre, 0, (m - 1) / 256 + 1);
        double shift = sums[1] / sums[0];
        double square = Math.max(0, sums[2] - shift * sums[1]);
        assertThat(scales.mean(i)).as("mean %d", i).isEqualTo(centre + shift);
        double unit = square == 0 ? 0 : Math.sqrt(0.25 * square + l2);
        assertThat(scales.unit(i)).as("unit %d", i).isEqualTo(power(unit));
        assertThat(scales.unit(d)).isEqualTo(power(Math.sqrt(0.25 * sums[0])));
      }
    }
  }

  /** The sums of s, s t and s t t over some blocks. */
  private static double[] sums(
      float[][] x, float[] s, int feature, double centre, int first, int blocks) {
    double[] sums = new double[3];
    if (blocks > 1) {
      int left = Integer.highestOneBit(blocks - 1);
      double[] ofLeft = sums(x, s, feature, centre, first, left);
      double[] ofRight = sums(x, s, feature, centre, first + left, blocks - left);
      for (int k = 0; k < 3; k++) {
        sums[k] = ofLeft[k] + ofRight[k];
      }
      return sums;
    }
    for (int j = first * 256; j < Math.min(x.length, first * 256 + 256); j++) {
      double t = x[j][feature] - centre;
      double product = s[j] * t;
      sums[0] += s[j];
      sums[1] += product;
      sums[2] += product * t;
    }
    return sums;
  }

  private static double power(double x) {
    return x == 0 ? 0 : Math.scalb(1.0, Math.getExponent(x * Math.sqrt(2)));
  }
}
