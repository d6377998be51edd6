package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;

/** X'X in scalar code, one entry after the other. */
final class ScalarGram {

  private static final int BYTES = Float.BYTES;
  private static final int LINE = FloatMatrix.LANES * BYTES;
  private static final int SECTION_BYTES = Kernels.GRAM_SECTION * BYTES;

  private ScalarGram() {}

  static void gram(
      FloatMatrix rows,
      int rowFrom,
      int rowTo,
      FloatMatrix columns,
      int columnFrom,
      int columnTo,
      FloatMatrix g,
      MemorySegment lanes) {
    for (int k = columnFrom; k < columnTo; k++) {
      for (int j = Math.max(rowFrom, k); j < rowTo; j++) {
        float entry = entry(rows, j, columns, k, lanes);
        g.segment().set(JAVA_FLOAT, g.columnOffset(k) + (long) j * BYTES, entry);
        g.segment().set(JAVA_FLOAT, g.columnOffset(j) + (long) k * BYTES, entry);
      }
    }
  }

  private static float entry(
      FloatMatrix rows, int j, FloatMatrix columns, int k, MemorySegment lanes) {
    lanes.asSlice(0, LINE).fill((byte) 0);
    MemorySegment as = rows.segment();
    MemorySegment bs = columns.segment();
    long a = rows.columnOffset(j);
    long b = columns.columnOffset(k);
    int bytes = rows.paddedRows() * BYTES;
    int length;
    for (int from = 0; from < bytes; from += length) {
      length = Math.min(bytes - from, SECTION_BYTES);
      addEverySecondLane(as, a + from, bs, b + from, length / LINE, lanes, 0);
      addEverySecondLane(as, a + from + BYTES, bs, b + from + BYTES, length / LINE, lanes, 1);
    }
    return foldEverySecondLane(lanes, 0) + foldEverySecondLane(lanes, 1);
  }

  // Half of the lanes at a time, in variables and not in an array, as in ScalarKernels.
  private static void addEverySecondLane(
      MemorySegment as,
      long a,
      MemorySegment bs,
      long b,
      int lines,
      MemorySegment lanes,
      int first) {
    float l0 = 0f;
    float l2 = 0f;
    float l4 = 0f;
    float l6 = 0f;
    float l8 = 0f;
    float l10 = 0f;
    float l12 = 0f;
    float l14 = 0f;
    for (int line = 0; line < lines; line++) {
      long o = a + (long) line * LINE;
      long p = b + (long) line * LINE;
      l0 = Math.fma(at(as, o), at(bs, p), l0);
      l2 = Math.fma(at(as, o + 8), at(bs, p + 8), l2);
      l4 = Math.fma(at(as, o + 16), at(bs, p + 16), l4);
      l6 = Math.fma(at(as, o + 24), at(bs, p + 24), l6);
      l8 = Math.fma(at(as, o + 32), at(bs, p + 32), l8);
      l10 = Math.fma(at(as, o + 40), at(bs, p + 40), l10);
      l12 = Math.fma(at(as, o + 48), at(bs, p + 48), l12);
      l14 = Math.fma(at(as, o + 56), at(bs, p + 56), l14);
    }
    add(lanes, first, l0);
    add(lanes, first + 2, l2);
    add(lanes, first + 4, l4);
    add(lanes, first + 6, l6);
    add(lanes, first + 8, l8);
    add(lanes, first + 10, l10);
    add(lanes, first + 12, l12);
    add(lanes, first + 14, l14);
  }

  // Rule 2's fold up to its last addition.
  private static float foldEverySecondLane(MemorySegment lanes, int first) {
    float l0 = lane(lanes, first) + lane(lanes, first + 8);
    float l2 = lane(lanes, first + 2) + lane(lanes, first + 10);
    float l4 = lane(lanes, first + 4) + lane(lanes, first + 12);
    float l6 = lane(lanes, first + 6) + lane(lanes, first + 14);
    return (l0 + l4) + (l2 + l6);
  }

  private static void add(MemorySegment lanes, int lane, float section) {
    lanes.set(JAVA_FLOAT, (long) lane * BYTES, lane(lanes, lane) + section);
  }

  private static float lane(MemorySegment lanes, int lane) {
    return at(lanes, (long) lane * BYTES);
  }

  private static float at(MemorySegment segment, long offset) {
    return segment.get(JAVA_FLOAT, offset);
  }
}
