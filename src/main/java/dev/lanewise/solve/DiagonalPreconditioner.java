package dev.lanewise.solve;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** The inverse of the diagonal of a second derivative; 1 where an element of it is zero. */
final class DiagonalPreconditioner implements Preconditioner {

  private final Point inverse;

  private DiagonalPreconditioner(Point inverse) {
    this.inverse = inverse;
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
    return new DiagonalPreconditioner(room);
  }

  private static float inverse(float value) {
    float inverse = 1 / value;
    return value > 0 && inverse > 0 && inverse <= Float.MAX_VALUE ? inverse : 1;
  }

  @Override
  public void apply(Point r, Point result) {
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
}
