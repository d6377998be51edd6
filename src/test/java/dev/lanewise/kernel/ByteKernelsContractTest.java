// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward and gradient on bytes have the bits of the contract on the floats these stand for. */
@Tag("widths")
class ByteKernelsContractTest {

  private static final float SCALE = 1f / 255f;
  private static final float UNTOUCHED = 12345f;

  static List<Kernels> kernels() {
    return AllKernels.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void anyRowsOfAnyColumnsOfAnyPartOfAMatrix(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(7);
    int cases = AllKernels.isNative(kernels) ? 300 : 20;
    for (int i = 0; i < cases; i++) {
      int d = random.nextInt(1, 200);
      int m = random.nextInt(1, 30);
      int from = random.nextInt(m);
      int to = random.nextInt(from, m) + 1;
      int lines = (d + 15) / 16;
      int fromLine = random.nextInt(lines);
      int toLine = random.nextInt(fromLine, lines) + 1;
      check(kernels, random, d, m, from, to, 16 * fromLine, 16 * toLine);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aPicture(Kernels kernels) {
    check(kernels, new SplittableRandom(8), 12288, 11, 0, 11, 0, 12288);
  }

  private static void check(
      Kernels kernels,
      SplittableRandom random,
      int d,
      int m,
      int from,
      int to,
      int fromRow,
      int toRow) {
    String what =
        String.format(
            Locale.ROOT,
            "%s%d d=%d m=%d [%d,%d) rows [%d,%d)",
            kernels.name(),
            kernels.lanes(),
            d,
            m,
            from,
            to,
            fromRow,
            toRow);
    try (Arena arena = Arena.ofConfined()) {
      ByteMatrix x = ByteMatrix.allocate(arena, d, to - from, SCALE);
      float[][] samples = new float[to][d];
      byte[] column = new byte[d];
      for (int j = from; j < to; j++) {
        random.nextBytes(column);
        for (int i = 0; i < d; i++) {
          samples[j][i] = (column[i] & 0xff) * SCALE;
        }
        x.setColumn(j - from, MemorySegment.ofArray(column), 0);
      }
      // The columns have numbers of their own, as those of a stage.
      x.moveTo(from);
      float[] w = numbers(random, d);
      float[] e = numbers(random, m);
      forward(kernels, arena, x, samples, w, m, from, to, what);
      gradient(kernels, arena, x, samples, e, from, to, fromRow, toRow, what);
    }
  }

  private static void forward(
      Kernels kernels,
      Arena arena,
      ByteMatrix x,
      float[][] samples,
      float[] w,
      int m,
      int from,
      int to,
      String what) {
    FloatMatrix weights = column(arena, w);
    float[] expected = new float[m];
    java.util.Arrays.fill(expected, UNTOUCHED);
    FloatMatrix z = column(arena, expected);
    kernels.forward(x, from, to, weights, FloatMatrix.vector(arena, 0.75f), z);
    for (int j = from; j < to; j++) {
      expected[j] = ContractOracle.dot(samples[j], w) + 0.75f;
    }
    assertThat(z.column(0)).as("%s: z", what).isEqualTo(expected);
    ofTwoClasses(kernels, arena, x, w, from, to, z, what);
  }

  // The same bits for each class as for one alone.
  private static void ofTwoClasses(
      Kernels kernels,
      Arena arena,
      ByteMatrix x,
      float[] w,
      int from,
      int to,
      FloatMatrix z,
      String what) {
    FloatMatrix weights = FloatMatrix.allocate(arena, w.length, 2);
    weights.setColumn(1, w);
    FloatMatrix outputs = FloatMatrix.allocate(arena, z.rows(), 2);
    outputs.setColumn(1, z.column(0));
    kernels.forward(x, from, to, weights, FloatMatrix.vector(arena, 0.5f, 0.75f), outputs);
    assertThat(outputs.column(1)).as("%s: z of the second class", what).isEqualTo(z.column(0));
    for (int j = 0; j < z.rows(); j++) {
      float expected = j >= from && j < to ? 0.5f : 0f;
      assertThat(outputs.get(j, 0)).as("%s: z of the first class", what).isEqualTo(expected);
    }
  }

  private static void gradient(
      Kernels kernels,
      Arena arena,
      ByteMatrix x,
      float[][] samples,
      float[] e,
      int from,
      int to,
      int fromRow,
      int toRow,
      String what) {
    float[] expected = numbers(new SplittableRandom(9), x.rows());
    FloatMatrix g = FloatMatrix.allocate(arena, x.rows(), 2);
    g.setColumn(0, expected);
    g.setColumn(1, expected);
    FloatMatrix errors = FloatMatrix.allocate(arena, e.length, 2);
    errors.setColumn(0, e);
    errors.setColumn(1, e);
    kernels.gradient(x, from, to, errors, fromRow, toRow, g);
    for (int i = fromRow; i < Math.min(toRow, x.rows()); i++) {
      for (int j = from; j < to; j++) {
        expected[i] = Math.fma(e[j], samples[j][i], expected[i]);
      }
    }
    assertThat(g.column(0)).as("%s: g", what).isEqualTo(expected);
    assertThat(g.column(1)).as("%s: g of the second class", what).isEqualTo(expected);
    for (int i = x.rows(); i < g.paddedRows(); i++) {
      float padding = g.segment().getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, i);
      assertThat(padding).as("%s: padding", what).isZero();
    }
  }

  private static FloatMatrix column(Arena arena, float[] values) {
    FloatMatrix column = FloatMatrix.allocate(arena, values.length, 1);
    column.setColumn(0, values);
    return column;
  }

  private static float[] numbers(SplittableRandom random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }
}
