package dev.lanewise.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;

/** Matrices of float32 as columns of doubles, and back. */
final class Doubles {

  private Doubles() {}

  static double[][] columns(FloatMatrix matrix) {
    double[][] columns = new double[matrix.columns()][matrix.rows()];
    copy(matrix, columns);
    return columns;
  }

  static double[] column(FloatMatrix matrix, int number) {
    double[] column = new double[matrix.rows()];
    copy(matrix, number, column);
    return column;
  }

  static void copy(FloatMatrix from, double[][] to) {
    for (int k = 0; k < to.length; k++) {
      copy(from, k, to[k]);
    }
  }

  private static void copy(FloatMatrix from, int number, double[] to) {
    MemorySegment segment = from.segment();
    long offset = from.columnOffset(number);
    for (int j = 0; j < to.length; j++) {
      to[j] = segment.get(JAVA_FLOAT, offset + (long) j * Float.BYTES);
    }
  }

  /** Each number rounded to float32. */
  static void round(double[][] from, FloatMatrix to) {
    MemorySegment segment = to.segment();
    for (int k = 0; k < from.length; k++) {
      long offset = to.columnOffset(k);
      for (int j = 0; j < from[k].length; j++) {
        segment.set(JAVA_FLOAT, offset + (long) j * Float.BYTES, (float) from[k][j]);
      }
    }
  }
}
