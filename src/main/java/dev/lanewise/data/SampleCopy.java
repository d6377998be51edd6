// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Objects;

/** Copies some of the samples, whatever they are stored as. */
final class SampleCopy {

  private SampleCopy() {}

  /**
   * A copy in memory.
   *
   * @throws DataException if there is not enough of it
   */
  static SampleMatrix of(Arena arena, SampleMatrix x, int[] numbers, String source) {
    for (int number : numbers) {
      Objects.checkIndex(number, x.columns());
    }
    if (x instanceof ByteMatrix bytes) {
      ByteMatrix copy = bytes(arena, x, numbers.length, bytes.scale(), source);
      for (int k = 0; k < numbers.length; k++) {
        copy.setColumn(k, bytes.segment(), bytes.columnOffset(numbers[k]));
      }
      return copy;
    }
    if (x instanceof MappedMatrix mapped && mapped.isBytes()) {
      ByteMatrix copy = bytes(arena, x, numbers.length, mapped.scale(), source);
      for (int k = 0; k < numbers.length; k++) {
        // Columns keep their numbers when they are copied from a mapping.
        copy.moveTo(numbers[k] - k);
        mapped.copy(numbers[k], numbers[k] + 1, 0, x.rows(), copy);
      }
      copy.moveTo(0);
      return copy;
    }
    if (x instanceof DoubleMatrix) {
      require(DoubleMatrix.byteSize(x.rows(), numbers.length), numbers.length, source);
      DoubleMatrix copy = DoubleMatrix.allocate(arena, x.rows(), numbers.length);
      for (int k = 0; k < numbers.length; k++) {
        copy.putColumn(k, x.doubles(numbers[k]));
      }
      return copy;
    }
    require(FloatMatrix.byteSize(x.rows(), numbers.length), numbers.length, source);
    FloatMatrix copy = FloatMatrix.allocate(arena, x.rows(), numbers.length);
    for (int k = 0; k < numbers.length; k++) {
      if (x instanceof FloatMatrix floats) {
        long length = (long) x.rows() * Float.BYTES;
        MemorySegment.copy(
            floats.segment(),
            floats.columnOffset(numbers[k]),
            copy.segment(),
            copy.columnOffset(k),
            length);
      } else {
        copy.setColumn(k, x.column(numbers[k]));
      }
    }
    return copy;
  }

  private static ByteMatrix bytes(
      Arena arena, SampleMatrix x, int columns, float scale, String source) {
    require(ByteMatrix.byteSize(x.rows(), columns), columns, source);
    return ByteMatrix.allocate(arena, x.rows(), columns, scale);
  }

  private static void require(long bytes, int samples, String source) {
    Memory.lack(String.format(Locale.ROOT, "a copy of %d samples", samples), bytes)
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
  }
}
