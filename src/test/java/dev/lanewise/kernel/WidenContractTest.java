// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes become the floats of the contract in each implementation, and nothing else is written. */
@Tag("widths")
class WidenContractTest {

  private static final float UNTOUCHED = -12345.678f;

  static Stream<Kernels> kernels() {
    return AllKernels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyByteBecomesTheProductWithTheScale(Kernels kernels) {
    for (float scale : new float[] {1f / 255f, 1f, 0.1f}) {
      check(kernels, 256, 1, 0, 1, 0, 256, scale, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void anyRowsOfAnyColumnsOfAnyPartOfAMatrix(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(5);
    int cases = AllKernels.isNative(kernels) ? 300 : 30;
    for (int i = 0; i < cases; i++) {
      int d = random.nextInt(1, 200);
      int m = random.nextInt(1, 20);
      int from = random.nextInt(m);
      int to = random.nextInt(from, m) + 1;
      int lines = (d + 15) / 16;
      int fromLine = random.nextInt(lines);
      int toLine = random.nextInt(fromLine, lines) + 1;
      check(kernels, d, m, from, to, 16 * fromLine, 16 * toLine, 1f / 255f, random.nextInt(100));
    }
  }

  // The columns have the numbers from first on, in the bytes and in the floats.
  private static void check(
      Kernels kernels,
      int d,
      int m,
      int from,
      int to,
      int fromRow,
      int toRow,
      float scale,
      int first) {
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
      ByteMatrix x = ByteMatrix.allocate(arena, d, m, scale);
      FloatMatrix floats = FloatMatrix.allocate(arena, d, m);
      byte[] column = new byte[d];
      float[] untouched = new float[d];
      java.util.Arrays.fill(untouched, UNTOUCHED);
      for (int j = 0; j < m; j++) {
        for (int i = 0; i < d; i++) {
          column[i] = (byte) (i + 37 * j);
        }
        x.setColumn(j, MemorySegment.ofArray(column), 0);
        floats.setColumn(j, untouched);
      }
      x.moveTo(first);
      floats.moveTo(first);
      kernels.widen(x, first + from, first + to, fromRow, toRow, floats);
      floats.moveTo(0);
      for (int j = 0; j < m; j++) {
        for (int i = 0; i < d; i++) {
          boolean inside = j >= from && j < to && i >= fromRow && i < toRow;
          float expected = inside ? (i + 37 * j & 0xff) * scale : UNTOUCHED;
          assertThat(floats.get(i, j)).as("%s: %d, %d", what, i, j).isEqualTo(expected);
        }
        for (int i = d; i < floats.paddedRows(); i++) {
          long offset = floats.columnOffset(j) + (long) i * Float.BYTES;
          assertThat(floats.segment().get(java.lang.foreign.ValueLayout.JAVA_INT, offset))
              .as("%s: padding", what)
              .isZero();
        }
      }
    }
  }
}
