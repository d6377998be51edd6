// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.array;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lanewise.data.file.FileContent;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.NumberMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads features whose first dimension, the samples, varies fastest: all of them are read before
 * the first sample is complete.
 *
 * @param array what they are
 * @param content they come next in it
 */
record FortranReader(NumberArray array, FileContent content) {

  private static final int PIECE = 1 << 16;

  SampleMatrix read(Arena arena, boolean exact) {
    try (Arena whole = Arena.ofConfined()) {
      MemorySegment bytes = whole.allocate(array.byteSize());
      fill(bytes);
      return array.type().isUnsignedByte()
          ? pixels(bytes, arena)
          : numbers(bytes, arena, array.keepsDoubles(exact));
    }
  }

  private void fill(MemorySegment bytes) {
    for (long at = 0; at < bytes.byteSize(); at += PIECE) {
      byte[] piece = new byte[(int) Math.min(PIECE, bytes.byteSize() - at)];
      content.fill(piece, array.name());
      MemorySegment.copy(piece, 0, bytes, JAVA_BYTE, at, piece.length);
    }
  }

  private ByteMatrix pixels(MemorySegment bytes, Arena arena) {
    long[] places = places();
    ByteMatrix matrix =
        ByteMatrix.allocate(arena, places.length, array.samples(), array.scaling().factor());
    byte[] sample = new byte[places.length];
    for (int j = 0; j < array.samples(); j++) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = bytes.get(JAVA_BYTE, places[i] + j);
      }
      matrix.setColumn(j, MemorySegment.ofArray(sample), 0);
    }
    return matrix;
  }

  private NumberMatrix numbers(MemorySegment bytes, Arena arena, boolean doubles) {
    long[] places = places();
    NumberMatrix matrix = NumberMatrix.allocate(arena, places.length, array.samples(), doubles);
    int size = array.type().size();
    byte[] number = new byte[size];
    ByteBuffer in = ByteBuffer.wrap(number).order(array.type().order());
    double[] sample = new double[places.length];
    for (int j = 0; j < array.samples(); j++) {
      for (int i = 0; i < sample.length; i++) {
        MemorySegment.copy(bytes, JAVA_BYTE, (places[i] + j) * size, number, 0, size);
        sample[i] = array.finite(in, 0, i, j, doubles);
      }
      matrix.putColumn(j, sample);
    }
    return matrix;
  }

  /** Where each feature of sample 0 is, in elements; features in C order. */
  private long[] places() {
    List<Integer> shape = array.shape().dimensions();
    long[] strides = new long[shape.size()];
    long stride = array.samples();
    for (int k = 0; k < strides.length; k++) {
      strides[k] = stride;
      stride *= shape.get(k);
    }
    long[] places = new long[array.shape().size()];
    for (int i = 0; i < places.length; i++) {
      int rest = i;
      for (int k = strides.length - 1; k >= 0; k--) {
        places[i] += rest % shape.get(k) * strides[k];
        rest /= shape.get(k);
      }
    }
    return places;
  }
}
