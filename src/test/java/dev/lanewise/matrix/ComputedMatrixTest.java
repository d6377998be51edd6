// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** A computed matrix has the elements of one that keeps them. */
class ComputedMatrixTest {

  private static final int ROWS = 5;
  private static final int COLUMNS = 7;

  private static double element(int i, int j) {
    return i * 0.1 + j;
  }

  private static DoubleMatrix computed() {
    return DoubleMatrix.computed(
        ROWS,
        COLUMNS,
        (column, target) -> {
          for (int i = 0; i < target.length; i++) {
            target[i] = element(i, column);
          }
        });
  }

  @Test
  void elementsColumnsPartsAndCopiesAreTheSame() {
    try (Arena arena = Arena.ofConfined()) {
      DoubleMatrix kept = DoubleMatrix.allocate(arena, ROWS, COLUMNS);
      for (int j = 0; j < COLUMNS; j++) {
        for (int i = 0; i < ROWS; i++) {
          kept.put(i, j, element(i, j));
        }
      }
      same(arena, computed(), kept);
      same(arena, computed().part(2, 6), kept.part(2, 6));
      same(arena, computed().part(2, 6).part(1, 3), kept.part(3, 5));
    }
  }

  private static void same(Arena arena, DoubleMatrix computed, DoubleMatrix kept) {
    assertThat(computed.rows()).isEqualTo(kept.rows());
    assertThat(computed.columns()).isEqualTo(kept.columns());
    assertThat(computed.storage()).isEqualTo(kept.storage());
    FloatMatrix first = FloatMatrix.allocate(arena, ROWS, kept.columns());
    FloatMatrix second = FloatMatrix.allocate(arena, ROWS, kept.columns());
    computed.copy(0, kept.columns(), 1, 4, first);
    kept.copy(0, kept.columns(), 1, 4, second);
    for (int j = 0; j < kept.columns(); j++) {
      assertThat(computed.doubles(j)).isEqualTo(kept.doubles(j));
      assertThat(computed.column(j)).isEqualTo(kept.column(j));
      assertThat(first.column(j)).isEqualTo(second.column(j));
      for (int i = 0; i < ROWS; i++) {
        assertThat(computed.number(i, j)).isEqualTo(kept.number(i, j));
        assertThat(computed.get(i, j)).isEqualTo(kept.get(i, j));
      }
    }
  }

  @Test
  void floatsAreFound() {
    assertThat(computed().isFloats()).isFalse();
    assertThat(DoubleMatrix.computed(2, 3, (column, target) -> target[1] = 0.5).isFloats())
        .isTrue();
  }

  @Test
  void itTakesNoMemoryAndCannotBeWritten() {
    assertThat(computed().byteSize()).isEqualTo(ROWS * 8L);
    assertThatThrownBy(() -> computed().put(0, 0, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> computed().putColumn(0, new double[ROWS]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> computed().doubles(COLUMNS))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> computed().number(ROWS, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> computed().part(5, 8)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> DoubleMatrix.computed(0, 1, (column, target) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
