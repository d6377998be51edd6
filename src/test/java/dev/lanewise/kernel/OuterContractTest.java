// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** X D X' of each implementation against the contract on plain arrays: bit for bit. */
@Tag("widths")
class OuterContractTest {

  static Stream<Kernels> kernels() {
    return AllKernels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void rectanglesGiveTheBitsOfTheContract(Kernels kernels) {
    int cases = AllKernels.isNative(kernels) ? 120 : 6;
    int most = AllKernels.isNative(kernels) ? 300 : 60;
    for (int seed = 0; seed < cases; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      check(kernels, numbers, numbers.between(1, most), numbers.between(1, most), false);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theWholeOfATriangleGivesTheBitsOfTheContract(Kernels kernels) {
    int[] features =
        AllKernels.isNative(kernels) ? new int[] {1, 17, 192, 401, 784} : new int[] {49};
    for (int d : features) {
      check(kernels, new HostileNumbers(d), d, AllKernels.isNative(kernels) ? 257 : 3, true);
    }
  }

  // Any rectangle and any samples, to see that what lies outside is not written.
  private static void check(Kernels kernels, HostileNumbers numbers, int d, int m, boolean whole) {
    Kind kind = numbers.kind();
    float[][] samples = numbers.samples(m, d, kind);
    float[] diagonal = numbers.floats(m, Kind.SIGNED);
    float[][] before = numbers.samples(d, d, Kind.SIGNED);
    int lines = (d + 15) / 16;
    int fromRow = whole ? 0 : 16 * numbers.between(0, lines - 1);
    int toRow = whole ? 16 * lines : 16 * numbers.between(fromRow / 16 + 1, lines);
    int fromColumn = whole ? 0 : 16 * numbers.between(0, lines - 1);
    int toColumn = whole ? d : numbers.between(fromColumn + 1, d);
    int from = whole ? 0 : numbers.between(0, m - 1);
    int to = whole ? m : numbers.between(from + 1, m);
    // Where H is a strip of columns, it has moved to the first of them.
    int strip = whole || numbers.between(0, 1) == 0 ? 0 : fromColumn;
    String what =
        String.format(
            Locale.ROOT,
            "%s%d d=%d m=%d [%d,%d) x [%d,%d) of samples [%d,%d) %s",
            kernels.name(),
            kernels.lanes(),
            d,
            m,
            fromRow,
            toRow,
            fromColumn,
            toColumn,
            from,
            to,
            kind);
    float[][] after = new float[d][];
    for (int i = 0; i < d; i++) {
      after[i] = before[i].clone();
    }
    ContractOracle.outer(samples, from, to, diagonal, after);
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix x = FloatMatrix.allocate(arena, d, m);
      FloatMatrix h = FloatMatrix.allocate(arena, d, d - strip);
      FloatMatrix curvatures = FloatMatrix.allocate(arena, m, 1);
      FloatMatrix scratch = kernels.outerScratch(Workspace.of(arena));
      curvatures.setColumn(0, diagonal);
      for (int j = 0; j < m; j++) {
        x.setColumn(j, samples[j]);
      }
      h.moveTo(strip);
      for (int i = 0; i < d; i++) {
        for (int k = strip; k < d; k++) {
          h.set(i, k, before[i][k]);
        }
      }
      // What a scratch holds at first must not matter.
      scratch.segment().fill((byte) 0x55);
      kernels.outer(x, from, to, curvatures, fromRow, toRow, fromColumn, toColumn, h, scratch);
      for (int k = strip; k < d; k++) {
        float[] column = h.column(k);
        for (int i = 0; i < d; i++) {
          boolean wanted =
              i >= fromRow && i < toRow && k >= fromColumn && k < toColumn && i >= k / 16 * 16;
          float expected = wanted ? after[i][k] : before[i][k];
          if (Float.floatToIntBits(column[i]) != Float.floatToIntBits(expected)) {
            assertThat(column[i]).as("%s: %d, %d", what, i, k).isEqualTo(expected);
            assertThat(Float.floatToIntBits(column[i]))
                .as("%s, bits: %d, %d", what, i, k)
                .isEqualTo(Float.floatToIntBits(expected));
          }
        }
        for (int i = d; i < h.paddedRows(); i++) {
          long offset = h.columnOffset(k) + (long) i * Float.BYTES;
          assertThat(h.segment().get(ValueLayout.JAVA_INT, offset)).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void samplesMayComeInParts(Kernels kernels) {
    int d = AllKernels.isNative(kernels) ? 100 : 20;
    int m = AllKernels.isNative(kernels) ? 256 : 20;
    HostileNumbers numbers = new HostileNumbers(7);
    float[][] samples = numbers.samples(m, d, Kind.SPREAD);
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix x = FloatMatrix.allocate(arena, d, m);
      FloatMatrix curvatures = FloatMatrix.allocate(arena, m, 1);
      FloatMatrix scratch = kernels.outerScratch(Workspace.of(arena));
      FloatMatrix atOnce = FloatMatrix.allocate(arena, d, d);
      FloatMatrix inParts = FloatMatrix.allocate(arena, d, d);
      curvatures.setColumn(0, numbers.floats(m, Kind.PIXELS));
      for (int j = 0; j < m; j++) {
        x.setColumn(j, samples[j]);
      }
      int rows = x.paddedRows();
      kernels.outer(x, 0, m, curvatures, 0, rows, 0, d, atOnce, scratch);
      for (int j = 0; j < m; j += 7) {
        int end = Math.min(j + 7, m);
        kernels.outer(x, j, end, curvatures, 0, rows, 0, d, inParts, scratch);
      }
      for (int k = 0; k < d; k++) {
        assertThat(Arrays.equals(inParts.column(k), atOnce.column(k))).as("column " + k).isTrue();
      }
    }
  }
}
