// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;

/**
 * X D X' in scalar code. A column k of it is a gradient: of the samples, each scaled by its d_j,
 * and with the features x_kj for errors.
 */
final class ScalarOuter {

  // So many rows of so many samples stay in a cache.
  private static final int TILE = 192;
  private static final int SAMPLES = 128;

  private ScalarOuter() {}

  static void outer(
      FloatMatrix x,
      int from,
      int to,
      FloatMatrix d,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      FloatMatrix h,
      Scratch arrays) {
    float[] scaled = arrays.first(TILE * SAMPLES);
    float[] sums = arrays.second(TILE);
    float[] features = arrays.third(SAMPLES);
    for (int j = from, end; j < to; j = end) {
      end = Math.min(to - j, SAMPLES) + j;
      for (int row = fromRow, last; row < toRow; row = last) {
        last = Math.min(toRow - row, TILE) + row;
        scale(x, j, end, d, row, last, scaled);
        for (int k = fromColumn; k < Math.min(toColumn, last); k++) {
          copyRow(x, k, j, end, features);
          int first = Math.max(row, k & -FloatMatrix.LANES);
          long offset = h.columnOffset(k) + bytes(first);
          MemorySegment.copy(h.segment(), JAVA_FLOAT, offset, sums, 0, last - first);
          add(scaled, first - row, last - row, features, end - j, sums);
          MemorySegment.copy(sums, 0, h.segment(), JAVA_FLOAT, offset, last - first);
        }
      }
    }
  }

  private static void scale(
      FloatMatrix x, int from, int to, FloatMatrix d, int fromRow, int toRow, float[] scaled) {
    int rows = toRow - fromRow;
    for (int j = from; j < to; j++) {
      int o = (j - from) * rows;
      long offset = x.columnOffset(j) + bytes(fromRow);
      MemorySegment.copy(x.segment(), JAVA_FLOAT, offset, scaled, o, rows);
      float dj = d.get(j, 0);
      for (int i = 0; i < rows; i++) {
        scaled[o + i] *= dj;
      }
    }
  }

  private static void copyRow(FloatMatrix x, int row, int from, int to, float[] features) {
    for (int j = from; j < to; j++) {
      features[j - from] = x.get(row, j);
    }
  }

  /** Adds the rows from the first on of scaled columns that have as many rows as the last says. */
  private static void add(
      float[] scaled, int first, int rows, float[] features, int samples, float[] sums) {
    for (int j = 0; j < samples; j++) {
      SampleSums.of1(scaled, j * rows + first, rows - first, features[j], sums);
    }
  }

  private static long bytes(int floats) {
    return (long) floats * Float.BYTES;
  }
}
