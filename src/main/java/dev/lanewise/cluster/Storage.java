// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** How a shard keeps its features. It changes no bit. */
public enum Storage {
  /** Bytes without a sign, each of which stands for a float. */
  BYTES,
  /** Floats. */
  FLOATS,
  /** Doubles, for features that are standardised before they are rounded. */
  DOUBLES;

  /**
   * Returns the memory of a sample.
   *
   * @param features d
   * @return the size in bytes, with padding
   */
  public long bytes(int features) {
    switch (this) {
      case BYTES:
        return (features + FloatMatrix.LANES - 1) & -FloatMatrix.LANES;
      case FLOATS:
        return FloatMatrix.byteSize(features, 1);
      default:
        return DoubleMatrix.byteSize(features, 1);
    }
  }

  SampleMatrix allocate(Arena arena, int features, int samples, float scale) {
    switch (this) {
      case BYTES:
        return ByteMatrix.allocate(arena, features, samples, scale);
      case FLOATS:
        return FloatMatrix.allocate(arena, features, samples);
      default:
        return DoubleMatrix.allocate(arena, features, samples);
    }
  }

  /** Sets a sample of a matrix of bytes. */
  static void put(SampleMatrix x, int column, byte[] sample) {
    ((ByteMatrix) x).setColumn(column, MemorySegment.ofArray(sample), 0);
  }

  /** Sets a sample of a matrix of floats, rounded once, or of doubles. */
  static void put(SampleMatrix x, int column, double[] sample) {
    if (x instanceof FloatMatrix floats) {
      floats.putColumn(column, sample);
    } else {
      ((DoubleMatrix) x).putColumn(column, sample);
    }
  }

  /** Returns a sample as it is kept: bytes of {@link #BYTES}, or doubles. */
  static byte[] bytes(ByteMatrix x, int column) {
    byte[] sample = new byte[x.rows()];
    MemorySegment.copy(
        x.segment(), x.columnOffset(column), MemorySegment.ofArray(sample), 0, sample.length);
    return sample;
  }
}
