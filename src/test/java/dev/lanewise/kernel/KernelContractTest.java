// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kernel, of each implementation, against the contract written on plain arrays: bit for bit.
 */
@Tag("widths")
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
  void forward(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          FloatMatrix z = c.untouchedColumn(arena);
          kernels.forward(
              c.x(arena),
              c.from,
              c.to,
              column(arena, c.weights),
              FloatMatrix.vector(arena, c.bias),
              z);
          assertBits(c.what, z, c.expectedZ());
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void sigmoid(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          float[] z = c.expectedZ();
          FloatMatrix a = c.untouchedColumn(arena);
          kernels.sigmoid(column(arena, z), c.from, c.to, a);
          assertBits(c.what, a, c.inRange(j -> ContractFunctions.sigmoid(z[j])));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void error(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          float[] z = c.expectedZ();
          FloatMatrix e = c.untouchedColumn(arena);
          kernels.error(column(arena, z), c.y(arena), c.from, c.to, e);
          assertBits(c.what, e, c.expectedErrors(z));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void loss(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          float[] z = c.expectedZ();
          FloatMatrix losses = c.untouchedColumn(arena);
          kernels.loss(column(arena, z), c.y(arena), c.from, c.to, losses);
          assertBits(c.what, losses, c.expectedLosses(z));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void sum(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          float[] losses = c.expectedLosses(c.expectedZ());
          double expected = 0;
          for (int j = c.from; j < c.to; j++) {
            expected += losses[j];
          }
          double sum = kernels.sum(column(arena, losses), 0, c.from, c.to);
          assertThat(Double.doubleToLongBits(sum))
              .as(c.what)
              .isEqualTo(Double.doubleToLongBits(expected));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void gradient(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          float[] errors = c.expectedErrors(c.expectedZ());
          float[] start = c.other;
          FloatMatrix g = column(arena, start);
          kernels.gradient(c.x(arena), c.from, c.to, column(arena, errors), g);
          float[] expected = start.clone();
          for (int j = c.from; j < c.to; j++) {
            for (int i = 0; i < expected.length; i++) {
              expected[i] = Math.fma(errors[j], c.samples[j][i], expected[i]);
            }
          }
          assertBits(c.what, g, expected);
          assertPaddingIsZero(c.what, g);
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void add(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          FloatMatrix sum = column(arena, c.weights);
          kernels.add(sum, column(arena, c.other));
          float[] expected = new float[c.weights.length];
          for (int i = 0; i < expected.length; i++) {
            expected[i] = c.weights[i] + c.other[i];
          }
          assertBits(c.what, sum, expected);
          assertPaddingIsZero(c.what, sum);
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void update(String name, Kernels kernels, int cases) {
    forEachCase(
        kernels,
        cases,
        (c, arena) -> {
          float step = -0.3f / c.samples.length;
          FloatMatrix w = column(arena, c.weights);
          kernels.update(w, step, column(arena, c.other));
          float[] expected = new float[c.weights.length];
          for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.fma(step, c.other[i], c.weights[i]);
          }
          assertBits(c.what, w, expected);
          assertPaddingIsZero(c.what, w);
        });
  }

  private static void forEachCase(
      Kernels kernels, int cases, BiConsumer<ContractCase, Arena> check) {
    for (int seed = 0; seed < cases; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      int d = numbers.between(1, 200);
      check(new ContractCase(kernels, numbers, d, numbers.between(1, 300)), check);
    }
    int pictures = cases == CASES ? 50 : 9;
    check(new ContractCase(kernels, new HostileNumbers(-1), 12288, pictures), check);
  }

  private static void check(ContractCase one, BiConsumer<ContractCase, Arena> check) {
    try (Arena arena = Arena.ofConfined()) {
      check.accept(one, arena);
    }
  }

  /** Samples, a range of them, and what the contract makes of that range. */
  private static final class ContractCase {
    private final String what;
    private final float[][] samples;
    private final float[] weights;
    private final float[] other;
    private final int[] labels;
    private final float bias;
    private final int from;
    private final int to;

    ContractCase(Kernels kernels, HostileNumbers numbers, int d, int m) {
      Kind kind = numbers.kind();
      this.samples = numbers.samples(m, d, kind);
      this.weights = numbers.floats(d, Kind.SIGNED);
      this.labels = numbers.labels(m);
      this.bias = numbers.floats(1, Kind.SIGNED)[0];
      this.from = numbers.between(0, m - 1);
      this.to = numbers.between(from + 1, m);
      this.other = numbers.floats(d, kind);
      this.what =
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
    }

    FloatMatrix x(Arena arena) {
      FloatMatrix x = FloatMatrix.allocate(arena, weights.length, samples.length);
      for (int j = 0; j < samples.length; j++) {
        x.setColumn(j, samples[j]);
      }
      return x;
    }

    FloatMatrix y(Arena arena) {
      FloatMatrix y = FloatMatrix.allocate(arena, labels.length, 1);
      for (int j = 0; j < labels.length; j++) {
        y.set(j, 0, labels[j]);
      }
      return y;
    }

    FloatMatrix untouchedColumn(Arena arena) {
      return column(arena, untouched(labels.length));
    }

    /** Values for the samples of the range; those of others are as they were. */
    float[] inRange(IntFunction<Float> values) {
      float[] all = untouched(labels.length);
      for (int j = from; j < to; j++) {
        all[j] = values.apply(j);
      }
      return all;
    }

    float[] expectedZ() {
      return inRange(j -> ContractOracle.dot(samples[j], weights) + bias);
    }

    float[] expectedErrors(float[] z) {
      return inRange(j -> ContractOracle.error(z[j], labels[j]));
    }

    float[] expectedLosses(float[] z) {
      return inRange(j -> ContractOracle.loss(z[j], labels[j]));
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
    Arrays.fill(values, -12345.678f);
    return values;
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
      assertThat(column.segment().getAtIndex(ValueLayout.JAVA_INT, i))
          .as("%s, padding %d", what, i)
          .isZero();
    }
  }
}
