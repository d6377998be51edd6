// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products in double precision of each implementation against the contract: bit for bit. */
@Tag("widths")
class DoubleKernelsContractTest {

  private static final int ROWS = DoubleKernels.ROWS;

  static Stream<Kernels> kernels() {
    return AllKernels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void productsGiveTheBitsOfTheContract(Kernels kernels) {
    int cases = AllKernels.isNative(kernels) ? 200 : 6;
    for (int seed = 0; seed < cases; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      check(kernels, numbers, numbers.between(1, 40), numbers.between(1, 30));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sectionsGiveTheBitsOfTheContract(Kernels kernels) {
    HostileNumbers numbers = new HostileNumbers(-1);
    for (int terms : new int[] {255, 256, 257, 511, 512, 513, 1500}) {
      check(kernels, numbers, terms, AllKernels.isNative(kernels) ? 9 : 2);
    }
  }

  @Test
  void sumsDependOnTheirOrder() {
    HostileNumbers numbers = new HostileNumbers(3);
    double[] a = doubles(numbers, 400, Kind.SPREAD);
    double chain = 0;
    for (double number : a) {
      chain = Math.fma(number, 1, chain);
    }
    assertThat(product(a, 1)).isNotEqualTo(chain);
  }

  private static double product(double[] a, double factor) {
    double sum = 0;
    double part = 0;
    for (int i = 0; i < a.length; i++) {
      part = Math.fma(a[i], factor, part);
      if ((i + 1) % DoubleKernels.SECTION == 0 || i + 1 == a.length) {
        sum += part;
        part = 0;
      }
    }
    return sum;
  }

  // A part of the rows and any steps, to see that nothing else is read or written.
  private static void check(Kernels kernels, HostileNumbers numbers, int terms, int columns) {
    Kind kind = numbers.kind();
    int lines = numbers.between(1, AllKernels.isNative(kernels) ? 12 : 4);
    int from = numbers.between(0, lines - 1) * ROWS;
    int to = numbers.between(from / ROWS + 1, lines) * ROWS;
    DoubleView a = view(numbers, lines * ROWS, terms, kind);
    DoubleView v = view(numbers, terms, columns, kind);
    if (numbers.between(0, 1) == 0) {
      v = view(numbers, columns, terms, kind).transposed();
    }
    DoubleView out = view(numbers, lines * ROWS, columns, kind);
    double[] expected = out.values().clone();
    for (int k = 0; k < columns; k++) {
      for (int j = from; j < to; j++) {
        expected[out.index(j, k)] = element(a, v, terms, j, k, expected[out.index(j, k)]);
      }
    }
    kernels.doubles().addProduct(a, v, terms, from, to, columns, out);
    String what = kernels.name() + kernels.lanes() + " terms " + terms + " columns " + columns;
    assertThat(bits(out.values()))
        .as("%s [%d,%d) %s", what, from, to, kind)
        .isEqualTo(bits(expected));
  }

  private static double element(
      DoubleView a, DoubleView v, int terms, int row, int column, double start) {
    double sum = start;
    for (int first = 0; first < terms; first += DoubleKernels.SECTION) {
      double part = 0;
      for (int i = first; i < Math.min(terms, first + DoubleKernels.SECTION); i++) {
        part = Math.fma(a.values()[a.index(row, i)], v.values()[v.index(i, column)], part);
      }
      sum += part;
    }
    return sum;
  }

  /** A column-major matrix with something before it, between its columns and after it. */
  private static DoubleView view(HostileNumbers numbers, int rows, int columns, Kind kind) {
    int offset = numbers.between(0, 5);
    int stride = rows + numbers.between(0, 9);
    double[] values = doubles(numbers, offset + stride * columns + 3, kind);
    return new DoubleView(values, offset, 1, stride);
  }

  private static double[] doubles(HostileNumbers numbers, int length, Kind kind) {
    float[] floats = numbers.floats(length, kind);
    double[] doubles = new double[length];
    // With more bits than a float has, so that products are rounded.
    Arrays.setAll(doubles, i -> floats[i] * (1 + i * 0x1p-50));
    return doubles;
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
