// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteMatrixTest {

  private static byte[] filled(int rows, int value) {
    byte[] bytes = new byte[rows];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "15,3", "16,4", "17,5", "12288,3"})
  void columnsArePaddedWithZerosAndTakeAQuarterOfTheMemory(int rows, int columns) {
    try (Arena arena = Arena.ofConfined()) {
      ByteMatrix matrix = ByteMatrix.allocate(arena, rows, columns, 0.5f);
      for (int j = 0; j < columns; j++) {
        matrix.setColumn(j, MemorySegment.ofArray(filled(rows + 7, 200 + j)), 7);
      }
      for (int j = 0; j < columns; j++) {
        assertThat(matrix.columnOffset(j) % 16).isZero();
        for (int i = rows; i < matrix.paddedRows(); i++) {
          assertThat(matrix.segment().get(ValueLayout.JAVA_BYTE, matrix.columnOffset(j) + i))
              .isZero();
        }
        assertThat(matrix.column(j)).hasSize(rows).containsOnly((200 + j) * 0.5f);
        assertThat(matrix.get(rows - 1, j)).isEqualTo((200 + j) * 0.5f);
      }
      assertThat(matrix.byteSize()).isEqualTo(ByteMatrix.byteSize(rows, columns));
      assertThat(matrix.byteSize()).isLessThan(FloatMatrix.byteSize(rows, columns) / 4 + 16);
      assertThat(matrix.storage()).isEqualTo("bytes");
    }
  }

  @Test
  void memoryCanStandForOtherColumns() {
    try (Arena arena = Arena.ofConfined()) {
      ByteMatrix bytes = ByteMatrix.allocate(arena, 3, 2, 1f);
      FloatMatrix floats = FloatMatrix.allocate(arena, 3, 2);
      bytes.setColumn(1, MemorySegment.ofArray(filled(3, 9)), 0);
      floats.setColumn(1, new float[] {9, 9, 9});
      bytes.moveTo(70);
      floats.moveTo(70);
      assertThat(bytes.column(71)).containsExactly(9, 9, 9);
      assertThat(floats.column(71)).containsExactly(9, 9, 9);
      for (int column : new int[] {0, 69, 72}) {
        assertThatThrownBy(() -> bytes.get(0, column))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> floats.get(0, column))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Test
  void badShapesAndPlacesAreRefused() {
    try (Arena arena = Arena.ofConfined()) {
      for (int[] shape : new int[][] {{0, 1}, {1, 0}, {Integer.MAX_VALUE, 1}}) {
        assertThatThrownBy(() -> ByteMatrix.allocate(arena, shape[0], shape[1], 1f))
            .isInstanceOf(IllegalArgumentException.class);
      }
      ByteMatrix matrix = ByteMatrix.allocate(arena, 2, 3, 1f);
      assertThatThrownBy(() -> matrix.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.column(3)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.setColumn(0, MemorySegment.ofArray(new byte[1]), 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
