// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;

/** X'X in scalar code, section by section and one entry after the other. */
final class ScalarGram {

  private static final int SECTION = BlockKernels.GRAM_SECTION;
  private static final int SIDE = BlockKernels.GRAM_SIDE;
  private static final int ENTRIES = SIDE * SIDE;
  private static final int SUMS = ENTRIES * FloatMatrix.LANES;

  private ScalarGram() {}

  /** A column for each entry, for its lanes. */
  static FloatMatrix scratch(Workspace workspace) {
    return workspace.floats(FloatMatrix.LANES, ENTRIES);
  }

  static void gram(
      FloatMatrix rows,
      int rowFrom,
      int rowTo,
      FloatMatrix columns,
      int columnFrom,
      int columnTo,
      int fromRow,
      int toRow,
      FloatMatrix lanes,
      Scratch arrays) {
    float[] xs = arrays.first(SIDE * SECTION);
    float[] ys = arrays.second(SIDE * SECTION);
    float[] sums = arrays.third(SUMS);
    MemorySegment.copy(lanes.segment(), JAVA_FLOAT, 0, sums, 0, SUMS);
    int length;
    for (int from = fromRow; from < toRow; from += length) {
      length = Math.min(toRow - from, SECTION);
      copy(rows, rowFrom, rowTo, from, length, xs);
      copy(columns, columnFrom, columnTo, from, length, ys);
      for (int k = columnFrom; k < columnTo; k++) {
        int y = (k - columnFrom) * SECTION;
        for (int j = Math.max(rowFrom, k); j < rowTo; j++) {
          int x = (j - rowFrom) * SECTION;
          int sum = entry(j - rowFrom, k - columnFrom);
          LaneSums.addEverySecondLane(xs, x, ys, y, length, sums, sum, 0);
          LaneSums.addEverySecondLane(xs, x, ys, y, length, sums, sum, 1);
        }
      }
    }
    MemorySegment.copy(sums, 0, lanes.segment(), JAVA_FLOAT, 0, SUMS);
  }

  static void fold(
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      FloatMatrix lanes,
      FloatMatrix g,
      Scratch arrays) {
    float[] sums = arrays.third(SUMS);
    MemorySegment.copy(lanes.segment(), JAVA_FLOAT, 0, sums, 0, SUMS);
    for (int k = columnFrom; k < columnTo; k++) {
      for (int j = Math.max(rowFrom, k); j < rowTo; j++) {
        float value = LaneSums.fold(sums, entry(j - rowFrom, k - columnFrom));
        g.set(j, k, value);
        g.set(k, j, value);
      }
    }
  }

  private static void copy(
      FloatMatrix x, int from, int to, int fromRow, int length, float[] section) {
    for (int j = from; j < to; j++) {
      long offset = x.columnOffset(j) + (long) fromRow * Float.BYTES;
      MemorySegment.copy(x.segment(), JAVA_FLOAT, offset, section, (j - from) * SECTION, length);
    }
  }

  private static int entry(int row, int column) {
    return (column * SIDE + row) * FloatMatrix.LANES;
  }
}
