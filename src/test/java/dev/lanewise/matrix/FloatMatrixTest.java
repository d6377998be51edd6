// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatMatrixTest {

  @ParameterizedTest
  @CsvSource({"1,1", "15,3", "16,4", "17,5", "200,7", "1024,3", "2048,2", "12288,3"})
  void columnsArePaddedWithZerosAndAligned(int rows, int columns) {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, rows, columns);
      for (int j = 0; j < columns; j++) {
        matrix.setColumn(j, filled(rows, j + 1));
      }
      assertThat(matrix.paddedRows()).isGreaterThanOrEqualTo(rows).isLessThan(rows + 16);
      assertThat(matrix.paddedRows() % 16).isZero();
      assertThat(matrix.stride()).isGreaterThanOrEqualTo(matrix.paddedRows());
      for (int j = 0; j < columns; j++) {
        assertThat((matrix.segment().address() + matrix.columnOffset(j)) % 64).isZero();
        for (int i = rows; i < matrix.paddedRows(); i++) {
          long offset = matrix.columnOffset(j) + (long) i * Float.BYTES;
          int bits = matrix.segment().get(ValueLayout.JAVA_INT, offset);
          assertThat(bits).as("padding is +0").isZero();
        }
        assertThat(matrix.column(j)).containsOnly(j + 1f);
      }
    }
  }

  @Test
  void columnsDoNotLieWholePagesApart() {
    try (Arena arena = Arena.ofConfined()) {
      for (int rows : new int[] {1024, 4096, 12288}) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows, 2);
        assertThat(matrix.columnOffset(1) % 4096).isNotZero();
      }
    }
  }

  @Test
  void byteSizeIsWhatAllocateTakes() {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, 1000, 3);
      assertThat(matrix.segment().byteSize()).isEqualTo(FloatMatrix.byteSize(1000, 3));
    }
  }

  @Test
  void largeSizesDoNotOverflow() {
    assertThat(FloatMatrix.byteSize(12288, 10_000_000)).isGreaterThan(12288L * 10_000_000 * 4);
    assertThatThrownBy(() -> FloatMatrix.byteSize(Integer.MAX_VALUE, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void elementsKeepTheirPlaces() {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, 3, 2);
      matrix.set(2, 1, 7f);
      matrix.set(0, 0, -0f);
      assertThat(matrix.get(2, 1)).isEqualTo(7f);
      assertThat(Float.floatToRawIntBits(matrix.get(0, 0))).isEqualTo(0x80000000);
      assertThat(matrix.column(1)).containsExactly(0f, 0f, 7f);
      matrix.clear();
      assertThat(Float.floatToRawIntBits(matrix.get(0, 0))).isZero();
    }
  }

  @Test
  void clearsTheRowsThatItIsGivenAndNoOthers() {
    int rows = 3 * 1024 - 16;
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, rows, 3);
      for (int column = 0; column < 3; column++) {
        matrix.setColumn(column, filled(rows, 1f));
      }
      matrix.clear(32, 2 * 1024 + 64);
      float[] expected = filled(rows, 1f);
      Arrays.fill(expected, 32, 2 * 1024 + 64, 0f);
      for (int column = 0; column < 3; column++) {
        assertThat(matrix.column(column)).containsExactly(expected);
      }
    }
  }

  // In the interpreter, where every object that the code makes is allocated.
  @Test
  void clearingRowsAllocatesNothingEvenBeforeItIsCompiled() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, 48, 2);
      matrix.clear(16, 32);
      threads.getCurrentThreadAllocatedBytes();
      long before = threads.getCurrentThreadAllocatedBytes();
      matrix.clear(16, 32);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    }
  }

  @Test
  void whatLiesOutsideIsRefused() {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix matrix = FloatMatrix.allocate(arena, 3, 2);
      assertThatThrownBy(() -> matrix.get(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.get(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.set(-1, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.setColumn(0, new float[4]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> FloatMatrix.allocate(arena, 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void useAfterClosingThrowsAndDoesNotCrash() {
    FloatMatrix matrix;
    try (Arena arena = Arena.ofShared()) {
      matrix = FloatMatrix.allocate(arena, 3, 2);
    }
    FloatMatrix closed = matrix;
    assertThatThrownBy(() -> closed.get(0, 0)).isInstanceOf(IllegalStateException.class);
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }
}
