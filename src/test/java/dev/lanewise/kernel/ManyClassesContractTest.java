// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels of softmax regression, each implementation against the contract: bit for bit. */
@Tag("widths")
class ManyClassesContractTest {

  private static final float UNTOUCHED = -12345.678f;

  static Stream<Kernels> kernels() {
    return AllKernels.all().stream();
  }

  private static int cases(Kernels kernels) {
    return AllKernels.isNative(kernels) ? 80 : 8;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void eachClassHasTheBitsThatItHasAlone(Kernels kernels) {
    for (int seed = 0; seed < cases(kernels); seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      boolean large = AllKernels.isNative(kernels) && seed % 10 == 0;
      int d = numbers.between(1, large ? 3000 : 200);
      int m = numbers.between(1, AllKernels.isNative(kernels) ? 300 : 30);
      passes(kernels, numbers, d, m, numbers.between(1, 23));
    }
  }

  private static void passes(Kernels kernels, HostileNumbers numbers, int d, int m, int classes) {
    Kind kind = numbers.kind();
    float[][] samples = numbers.samples(m, d, kind);
    float[][] weights = numbers.samples(classes, d, Kind.SIGNED);
    float[][] errors = numbers.samples(classes, m, Kind.SIGNED);
    float[][] sums = numbers.samples(classes, d, Kind.SIGNED);
    float[] bias = numbers.floats(classes, Kind.SIGNED);
    int from = numbers.between(0, m - 1);
    int to = numbers.between(from + 1, m);
    int lines = (d + 15) / 16;
    int fromRow = 16 * numbers.between(0, lines - 1);
    int toRow = 16 * numbers.between(fromRow / 16 + 1, lines);
    String what =
        String.format(
            Locale.ROOT,
            "%s%d d=%d m=%d K=%d [%d,%d) rows [%d,%d) %s",
            kernels.name(),
            kernels.lanes(),
            d,
            m,
            classes,
            from,
            to,
            fromRow,
            toRow,
            kind);
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix x = matrix(arena, samples);
      FloatMatrix z = FloatMatrix.allocate(arena, m, classes);
      for (int k = 0; k < classes; k++) {
        z.setColumn(k, untouched(m));
      }
      kernels.forward(x, from, to, matrix(arena, weights), FloatMatrix.vector(arena, bias), z);
      FloatMatrix g = matrix(arena, sums);
      kernels.gradient(x, from, to, matrix(arena, errors), fromRow, toRow, g);
      for (int k = 0; k < classes; k++) {
        float[] expectedZ = untouched(m);
        for (int j = from; j < to; j++) {
          expectedZ[j] = ContractOracle.dot(samples[j], weights[k]) + bias[k];
          for (int i = fromRow; i < Math.min(toRow, d); i++) {
            sums[k][i] = Math.fma(errors[k][j], samples[j][i], sums[k][i]);
          }
        }
        assertBits(what + " forward " + k, z.column(k), expectedZ);
        assertBits(what + " gradient " + k, g.column(k), sums[k]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void softmaxGivesTheBitsOfTheContract(Kernels kernels) {
    for (int seed = 0; seed < cases(kernels); seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      int m = numbers.between(1, 200);
      int classes = numbers.between(1, 23);
      float[][] z = numbers.samples(classes, m, seed % 3 == 0 ? numbers.kind() : Kind.SIGNED);
      for (float[] column : z) {
        for (int j = 0; j < m; j++) {
          column[j] *= seed % 2 == 0 ? 30 : 1;
        }
      }
      softmax(kernels, numbers, z, "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void softmaxOfExtremesGivesTheBitsOfTheContract(Kernels kernels) {
    float[] extremes = {
      0f,
      -0f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN,
      Float.MIN_VALUE,
      100f
    };
    int n = extremes.length;
    float[][] z = new float[2][n * n];
    for (int j = 0; j < n * n; j++) {
      z[0][j] = extremes[j / n];
      z[1][j] = extremes[j % n];
    }
    softmax(kernels, new HostileNumbers(1), z, "extremes");
  }

  private static void softmax(
      Kernels kernels, HostileNumbers numbers, float[][] z, String description) {
    int m = z[0].length;
    int classes = z.length;
    int from = numbers.between(0, m - 1);
    int to = numbers.between(from + 1, m);
    String what =
        String.format(
            Locale.ROOT,
            "%s%d m=%d K=%d [%d,%d) %s",
            kernels.name(),
            kernels.lanes(),
            m,
            classes,
            from,
            to,
            description);
    float[] labels = new float[m];
    for (int j = 0; j < m; j++) {
      labels[j] = numbers.between(-1, classes - 1);
    }
    float[][] expectedE = new float[classes][];
    for (int k = 0; k < classes; k++) {
      expectedE[k] = untouched(m);
    }
    float[] expectedLosses = untouched(m);
    for (int j = from; j < to; j++) {
      float[] result = ContractOracle.softmax(row(z, j), (int) labels[j]);
      for (int k = 0; k < classes; k++) {
        expectedE[k][j] = result[k];
      }
      expectedLosses[j] = result[classes];
    }
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix e = FloatMatrix.allocate(arena, m, classes);
      for (int k = 0; k < classes; k++) {
        e.setColumn(k, untouched(m));
      }
      FloatMatrix losses = matrix(arena, untouched(m));
      kernels.softmax(matrix(arena, z), matrix(arena, labels), from, to, e, losses);
      for (int k = 0; k < classes; k++) {
        assertBits(what + " e " + k, e.column(k), expectedE[k]);
      }
      assertBits(what + " losses", losses.column(0), expectedLosses);

      // Any numbers will do for probabilities.
      FloatMatrix v = matrix(arena, z);
      kernels.softmaxCurvature(e, v, from, to);
      for (int j = 0; j < m; j++) {
        float[] expected = row(z, j);
        if (j >= from && j < to) {
          expected = ContractOracle.softmaxCurvature(row(expectedE, j), expected);
        }
        float[] actual = new float[classes];
        for (int k = 0; k < classes; k++) {
          actual[k] = v.get(j, k);
        }
        assertBits(what + " curvature of sample " + j, actual, expected);
      }
    }
  }

  /** Of samples that are right by far, down to denormal numbers. */
  @ParameterizedTest
  @MethodSource("kernels")
  void smallLossesAreAsExactAsLargeOnes(Kernels kernels) {
    int m = 880;
    for (int classes : new int[] {3, 10, 300}) {
      float[][] z = new float[classes][m];
      float[] labels = new float[m];
      for (int j = 0; j < m; j++) {
        labels[j] = j % classes;
        for (int k = 0; k < classes; k++) {
          z[k][j] = k == labels[j] ? 0 : -j / 10f - k / 64f;
        }
      }
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix e = FloatMatrix.allocate(arena, m, classes);
        FloatMatrix losses = FloatMatrix.allocate(arena, m, 1);
        kernels.softmax(matrix(arena, z), matrix(arena, labels), 0, m, e, losses);
        for (int j = 0; j < m; j++) {
          double others = 0;
          for (int k = 0; k < classes; k++) {
            others += k == labels[j] ? 0 : StrictMath.exp(z[k][j]);
          }
          double loss = StrictMath.log1p(others);
          // Sums of that many terms, and two functions.
          double allowed = (5 + classes) * Math.ulp((float) loss);
          assertThat((double) losses.get(j, 0))
              .as("%s, sample %d of %d classes", kernels.name(), j, classes)
              .isCloseTo(loss, org.assertj.core.data.Offset.offset(allowed));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void softmaxIsWhatItShouldBe(Kernels kernels) {
    HostileNumbers numbers = new HostileNumbers(3);
    int m = 64;
    int classes = 10;
    float[][] z = numbers.samples(classes, m, Kind.SIGNED);
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix labels = FloatMatrix.allocate(arena, m, 1);
      for (int j = 0; j < m; j++) {
        labels.set(j, 0, j % classes);
      }
      FloatMatrix e = FloatMatrix.allocate(arena, m, classes);
      FloatMatrix losses = FloatMatrix.allocate(arena, m, 1);
      kernels.softmax(matrix(arena, z), labels, 0, m, e, losses);
      for (int j = 0; j < m; j++) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          sum += StrictMath.exp(z[k][j]);
        }
        for (int k = 0; k < classes; k++) {
          double p = StrictMath.exp(z[k][j]) / sum;
          assertThat((double) e.get(j, k))
              .isCloseTo(k == j % classes ? p - 1 : p, org.assertj.core.data.Offset.offset(2e-7));
        }
        double loss = StrictMath.log(sum) - z[j % classes][j];
        assertThat((double) losses.get(j, 0))
            .isCloseTo(loss, org.assertj.core.data.Offset.offset(1e-6));
      }
    }
  }

  private static float[] row(float[][] columns, int j) {
    float[] row = new float[columns.length];
    for (int k = 0; k < columns.length; k++) {
      row[k] = columns[k][j];
    }
    return row;
  }

  private static float[] untouched(int length) {
    float[] values = new float[length];
    Arrays.fill(values, UNTOUCHED);
    return values;
  }

  private static FloatMatrix matrix(Arena arena, float[]... columns) {
    FloatMatrix matrix = FloatMatrix.allocate(arena, columns[0].length, columns.length);
    for (int k = 0; k < columns.length; k++) {
      matrix.setColumn(k, columns[k]);
    }
    return matrix;
  }

  private static void assertBits(String what, float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        assertThat(Float.toHexString(actual[i]))
            .as("%s, element %d", what, i)
            .isEqualTo(Float.toHexString(expected[i]));
      }
    }
  }
}
