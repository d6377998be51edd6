package dev.lanewise.solve;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;

/**
 * The inverse of the diagonal of a second derivative; 1 where an element of it is zero.
 *
 * <p>Losses of several columns see only differences of columns: then the inverse is that of what
 * differs from the mean of the columns, and along the mean that of the penalty on squares, which is
 * all that there is.
 */
final class DiagonalPreconditioner implements Preconditioner {

  private final Point inverse;

  /** One over the penalty on squares; 0 without one. */
  private final double alongMean;

  private DiagonalPreconditioner(Point inverse, double l2) {
    this.inverse = inverse;
    this.alongMean = l2 > 0 ? 1 / l2 : 0;
  }

  /** Of the second derivative where an objective was computed last, in the place of a point. */
  static DiagonalPreconditioner of(Objective objective, Point room) {
    objective.hessianDiagonal(room);
    MemorySegment w = room.weights().segment();
    for (long offset = 0; offset < w.byteSize(); offset += Float.BYTES) {
      w.set(JAVA_FLOAT, offset, inverse(w.get(JAVA_FLOAT, offset)));
    }
    for (int k = 0; k < room.bias().length; k++) {
      room.bias()[k] = inverse(room.bias()[k]);
    }
    return new DiagonalPreconditioner(room, objective.l2());
  }

  private static float inverse(float value) {
    float inverse = 1 / value;
    return value > 0 && inverse > 0 && inverse <= Float.MAX_VALUE ? inverse : 1;
  }

  @Override
  public void apply(Point r, Point result) {
    if (r.bias().length > 1) {
      applyToMany(r, result);
      return;
    }
    MemorySegment from = r.weights().segment();
    MemorySegment factors = inverse.weights().segment();
    MemorySegment to = result.weights().segment();
    for (long offset = 0; offset < to.byteSize(); offset += Float.BYTES) {
      to.set(JAVA_FLOAT, offset, from.get(JAVA_FLOAT, offset) * factors.get(JAVA_FLOAT, offset));
    }
    for (int k = 0; k < r.bias().length; k++) {
      result.bias()[k] = r.bias()[k] * inverse.bias()[k];
    }
  }

  private void applyToMany(Point r, Point result) {
    int columns = r.bias().length;
    double[] row = new double[columns];
    double[] factors = new double[columns];
    FloatMatrix from = r.weights();
    FloatMatrix to = result.weights();
    for (int i = 0; i < from.rows(); i++) {
      long offset = (long) i * Float.BYTES;
      for (int k = 0; k < columns; k++) {
        long element = from.columnOffset(k) + offset;
        row[k] = from.segment().get(JAVA_FLOAT, element);
        factors[k] = inverse.weights().segment().get(JAVA_FLOAT, element);
      }
      multiply(row, factors, alongMean);
      for (int k = 0; k < columns; k++) {
        to.segment().set(JAVA_FLOAT, to.columnOffset(k) + offset, (float) row[k]);
      }
    }
    for (int k = 0; k < columns; k++) {
      row[k] = r.bias()[k];
      factors[k] = inverse.bias()[k];
    }
    multiply(row, factors, 0);
    for (int k = 0; k < columns; k++) {
      result.bias()[k] = (float) row[k];
    }
  }

  /**
   * What differs from the mean is multiplied with the factors, and what of that does so; the mean.
   */
  private static void multiply(double[] row, double[] factors, double ofMean) {
    double mean = mean(row);
    for (int k = 0; k < row.length; k++) {
      row[k] = (row[k] - mean) * factors[k];
    }
    double left = mean(row);
    for (int k = 0; k < row.length; k++) {
      row[k] = row[k] - left + ofMean * mean;
    }
  }

  private static double mean(double[] row) {
    double sum = 0;
    for (double value : row) {
      sum += value;
    }
    return sum / row.length;
  }
}
