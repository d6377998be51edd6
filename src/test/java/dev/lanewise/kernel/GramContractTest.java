// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** X'X of each implementation against the contract on plain arrays: bit for bit. */
@Tag("widths")
class GramContractTest {

  private static final float UNTOUCHED = -12345.678f;

  static Stream<Kernels> kernels() {
    return AllKernels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void rectanglesGiveTheBitsOfTheContract(Kernels kernels) {
    int cases = AllKernels.isNative(kernels) ? 100 : 8;
    for (int seed = 0; seed < cases; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      check(kernels, numbers, numbers.between(1, 200), numbers.between(1, 300));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sectionsGiveTheBitsOfTheContract(Kernels kernels) {
    HostileNumbers numbers = new HostileNumbers(-1);
    for (int d : new int[] {1008, 1024, 1025, 2047, 3000}) {
      check(kernels, numbers, d, AllKernels.isNative(kernels) ? 40 : 4);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aPictureGivesTheBitsOfTheContract(Kernels kernels) {
    check(kernels, new HostileNumbers(-2), 12288, AllKernels.isNative(kernels) ? 77 : 4);
  }

  // Any rectangle, to see that what lies outside it is not written.
  private static void check(Kernels kernels, HostileNumbers numbers, int d, int m) {
    Kind kind = numbers.kind();
    float[][] samples = numbers.samples(m, d, kind);
    int columnFrom = numbers.between(0, m - 1);
    int columnTo = numbers.between(columnFrom + 1, Math.min(m, columnFrom + Kernels.GRAM_SIDE));
    int rowFrom = numbers.between(0, 1) == 0 ? columnFrom : numbers.between(columnFrom, m - 1);
    int rowTo = numbers.between(rowFrom + 1, Math.min(m, rowFrom + Kernels.GRAM_SIDE));
    String what =
        String.format(
            Locale.ROOT,
            "%s%d d=%d m=%d [%d,%d) x [%d,%d) %s",
            kernels.name(),
            kernels.lanes(),
            d,
            m,
            rowFrom,
            rowTo,
            columnFrom,
            columnTo,
            kind);
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix x = FloatMatrix.allocate(arena, d, m);
      FloatMatrix g = FloatMatrix.allocate(arena, m, m);
      FloatMatrix scratch = kernels.gramScratch(Workspace.of(arena));
      float[][] expected = new float[m][m];
      for (int j = 0; j < m; j++) {
        x.setColumn(j, samples[j]);
        java.util.Arrays.fill(expected[j], UNTOUCHED);
        g.setColumn(j, expected[j]);
      }
      for (int k = columnFrom; k < columnTo; k++) {
        for (int j = Math.max(k, rowFrom); j < rowTo; j++) {
          expected[j][k] = ContractOracle.gram(samples[j], samples[k]);
          expected[k][j] = ContractOracle.gram(samples[k], samples[j]);
        }
      }
      // What a scratch holds at first must not matter.
      scratch.segment().fill((byte) 0x55);
      kernels.gram(x, rowFrom, rowTo, columnFrom, columnTo, g, scratch);
      for (int k = 0; k < m; k++) {
        for (int j = 0; j < m; j++) {
          if (Float.floatToIntBits(g.get(j, k)) != Float.floatToIntBits(expected[j][k])) {
            assertThat(g.get(j, k)).as("%s: %d, %d", what, j, k).isEqualTo(expected[j][k]);
          }
        }
        for (int j = m; j < g.paddedRows(); j++) {
          long offset = g.columnOffset(k) + (long) j * Float.BYTES;
          assertThat(g.segment().get(java.lang.foreign.ValueLayout.JAVA_INT, offset)).isZero();
        }
      }
    }
  }
}
