package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kernel, of each implementation, against the contract written on plain arrays: bit for bit.
 */
class KernelContractTest {

  private static final int CASES = 60;
  // An imitated width computes lane by lane through objects; fewer cases keep the test short.
  private static final int IMITATED_CASES = 12;

  static Stream<Arguments> kernels() {
    return AllKernels.all().stream()
        .map(
            kernels ->
                Arguments.of(
                    kernels.name() + kernels.lanes(),
                    kernels,
                    AllKernels.isNative(kernels) ? CASES : IMITATED_CASES));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void everyKernelGivesTheBitsOfTheContract(String name, Kernels kernels, int cases) {
    for (int seed = 0; seed < cases; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      checkCase(kernels, numbers, numbers.between(1, 200), numbers.between(1, 300));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void aPictureGivesTheBitsOfTheContract(String name, Kernels kernels, int cases) {
    checkCase(kernels, new HostileNumbers(-1), 12288, cases == CASES ? 50 : 9);
  }

  private static void checkCase(Kernels kernels, HostileNumbers numbers, int d, int m) {
    Kind kind = numbers.kind();
    float[][] samples = numbers.samples(m, d, kind);
    float[] weights = numbers.floats(d, Kind.SIGNED);
    int[] labels = numbers.labels(m);
    float bias = numbers.floats(1, Kind.SIGNED)[0];
    int from = numbers.between(0, m - 1);
    int to = numbers.between(from + 1, m);
    String what =
        String.format(
            Locale.ROOT,
            "%s%d d=%d m=%d [%d,%d) %s",
            kernels.name(),
            kernels.lanes(),
            d,
            m,
            from,
            to,
            kind);
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix x = FloatMatrix.allocate(arena, d, m);
      FloatMatrix y = FloatMatrix.allocate(arena, m, 1);
      for (int j = 0; j < m; j++) {
        x.setColumn(j, samples[j]);
        y.set(j, 0, labels[j]);
      }
      FloatMatrix w = column(arena, weights);
      FloatMatrix z = untouched(arena, m);
      FloatMatrix a = untouched(arena, m);
      FloatMatrix e = untouched(arena, m);
      FloatMatrix losses = untouched(arena, m);
      FloatMatrix g = FloatMatrix.allocate(arena, d, 1);

      kernels.forward(x, from, to, w, new float[] {bias}, z);
      kernels.sigmoid(z, from, to, a);
      kernels.error(z, y, from, to, e);
      kernels.loss(z, y, from, to, losses);
      kernels.gradient(x, from, to, e, g);

      float[] expectedZ = untouched(m);
      float[] expectedA = untouched(m);
      float[] expectedE = untouched(m);
      float[] expectedLosses = untouched(m);
      float[] expectedG = new float[d];
      double expectedSum = 0;
      for (int j = from; j < to; j++) {
        expectedZ[j] = ContractOracle.dot(samples[j], weights) + bias;
        expectedA[j] = Functions.sigmoid(expectedZ[j]);
        expectedE[j] = ContractOracle.error(expectedZ[j], labels[j]);
        expectedLosses[j] = ContractOracle.loss(expectedZ[j], labels[j]);
        expectedSum += expectedLosses[j];
        for (int i = 0; i < d; i++) {
          expectedG[i] = Math.fma(expectedE[j], samples[j][i], expectedG[i]);
        }
      }
      assertBits(what + " forward", z, expectedZ);
      assertBits(what + " sigmoid", a, expectedA);
      assertBits(what + " error", e, expectedE);
      assertBits(what + " loss", losses, expectedLosses);
      assertBits(what + " gradient", g, expectedG);
      assertThat(Double.doubleToLongBits(kernels.sum(losses, 0, from, to)))
          .as(what + " sum")
          .isEqualTo(Double.doubleToLongBits(expectedSum));

      float[] other = numbers.floats(d, kind);
      float[] expectedAdded = new float[d];
      float[] expectedW = new float[d];
      float step = -0.3f / m;
      for (int i = 0; i < d; i++) {
        expectedAdded[i] = expectedG[i] + other[i];
        expectedW[i] = Math.fma(step, expectedAdded[i], weights[i]);
      }
      kernels.add(g, column(arena, other));
      kernels.update(w, step, g);
      assertBits(what + " add", g, expectedAdded);
      assertBits(what + " update", w, expectedW);
      assertPaddingIsZero(what, g);
      assertPaddingIsZero(what, w);
    }
  }

  private static FloatMatrix column(Arena arena, float[] values) {
    FloatMatrix column = FloatMatrix.allocate(arena, values.length, 1);
    column.setColumn(0, values);
    return column;
  }

  // A value that no kernel computes, to see that nothing outside the range is written.
  private static float[] untouched(int length) {
    float[] values = new float[length];
    java.util.Arrays.fill(values, -12345.678f);
    return values;
  }

  private static FloatMatrix untouched(Arena arena, int length) {
    return column(arena, untouched(length));
  }

  private static void assertBits(String what, FloatMatrix actual, float[] expected) {
    float[] values = actual.column(0);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(values[i]) != Float.floatToIntBits(expected[i])) {
        assertThat(values[i]).as("%s, element %d", what, i).isEqualTo(expected[i]);
        assertThat(Float.floatToIntBits(values[i]))
            .as("%s, bits of element %d", what, i)
            .isEqualTo(Float.floatToIntBits(expected[i]));
      }
    }
  }

  private static void assertPaddingIsZero(String what, FloatMatrix column) {
    for (int i = column.rows(); i < column.paddedRows(); i++) {
      assertThat(column.segment().getAtIndex(java.lang.foreign.ValueLayout.JAVA_INT, i))
          .as("%s, padding %d", what, i)
          .isZero();
    }
  }
}
