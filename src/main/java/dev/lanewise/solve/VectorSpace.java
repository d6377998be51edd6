package dev.lanewise.solve;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Makes points and computes with them: elements in float32 by the kernels, sums in double.
 *
 * @param arena owns the memory of new points
 * @param kernels what computes
 * @param features d
 * @param columns K, 1 for two classes
 */
public record VectorSpace(Arena arena, Kernels kernels, int features, int columns) {

  /**
   * A new point.
   *
   * @return all zeros
   */
  public Point zero() {
    return new Point(FloatMatrix.allocate(arena, features, columns), new float[columns]);
  }

  /**
   * Copies all elements.
   *
   * @param from a point of this space
   * @param to receives them
   */
  public void copy(Point from, Point to) {
    MemorySegment.copy(
        from.weights().segment(), 0, to.weights().segment(), 0, to.weights().segment().byteSize());
    System.arraycopy(from.bias(), 0, to.bias(), 0, columns);
  }

  void clear(Point point) {
    point.weights().clear();
    Arrays.fill(point.bias(), 0);
  }

  /** y := y + factor x, the factor rounded to float32. */
  void add(Point y, double factor, Point x) {
    float rounded = (float) factor;
    kernels.update(y.weights(), rounded, x.weights());
    for (int k = 0; k < columns; k++) {
      y.bias()[k] = Math.fma(rounded, x.bias()[k], y.bias()[k]);
    }
  }

  /** y := scale y + factor x, both rounded to float32. */
  void combine(Point y, double scale, double factor, Point x) {
    float roundedScale = (float) scale;
    float rounded = (float) factor;
    FloatMatrix w = y.weights();
    kernels.update(w, roundedScale, rounded, x.weights(), 0, w.paddedRows());
    for (int k = 0; k < columns; k++) {
      y.bias()[k] = Math.fma(rounded, x.bias()[k], roundedScale * y.bias()[k]);
    }
  }

  /** y := factor y, the factor rounded to float32. */
  void scale(Point y, double factor) {
    float rounded = (float) factor;
    kernels.scale(y.weights(), rounded, 0, y.weights().paddedRows());
    for (int k = 0; k < columns; k++) {
      y.bias()[k] *= rounded;
    }
  }

  double dot(Point a, Point b) {
    double sum = Vectors.dot(a.weights(), b.weights());
    for (int k = 0; k < columns; k++) {
      sum = Math.fma((double) a.bias()[k], (double) b.bias()[k], sum);
    }
    return sum;
  }

  double norm(Point a) {
    return Math.sqrt(dot(a, a));
  }

  /** Whether all elements are zero. */
  boolean isZero(Point a) {
    return dot(a, a) == 0;
  }
}
