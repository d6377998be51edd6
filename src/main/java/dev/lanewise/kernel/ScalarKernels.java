package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;

/**
 * The contract in scalar code: the plainest statement of it, what every JVM can run, and the
 * yardstick of the SIMD kernels.
 */
final class ScalarKernels implements Kernels {

  private static final int BYTES = Float.BYTES;
  private static final int LINE = FloatMatrix.LANES * BYTES;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void widen(ByteMatrix x, int from, int to, int fromRow, int toRow, FloatMatrix floats) {
    for (int j = from; j < to; j++) {
      long offset = floats.columnOffset(j) + (long) fromRow * BYTES;
      widen(x, x.columnOffset(j) + fromRow, toRow - fromRow, floats.segment(), offset);
    }
  }

  private static void widen(
      ByteMatrix x, long column, int rows, MemorySegment floats, long offset) {
    MemorySegment xs = x.segment();
    float scale = x.scale();
    for (int i = 0; i < rows; i++) {
      float value = (xs.get(JAVA_BYTE, column + i) & 0xff) * scale;
      floats.set(JAVA_FLOAT, offset + (long) i * BYTES, value);
    }
  }

  @Override
  public void forward(FloatMatrix x, int from, int to, FloatMatrix w, float bias, FloatMatrix z) {
    MemorySegment zs = z.segment();
    for (int j = from; j < to; j++) {
      set(zs, j, dot(x.segment(), x.columnOffset(j), w.segment(), x.paddedRows()) + bias);
    }
  }

  // The last addition of the fold of rule 2 is of the even lanes and the odd. To sum them one after
  // the other halves the code: in one loop, it is more than the compiler inlines.
  private static float dot(MemorySegment x, long column, MemorySegment w, int paddedRows) {
    return everySecondLane(x, column, w, 0, paddedRows)
        + everySecondLane(x, column + BYTES, w, BYTES, paddedRows);
  }

  // Eight variables and not an array, so that the lanes stay in registers.
  private static float everySecondLane(
      MemorySegment x, long column, MemorySegment w, long first, int paddedRows) {
    float l0 = 0f;
    float l2 = 0f;
    float l4 = 0f;
    float l6 = 0f;
    float l8 = 0f;
    float l10 = 0f;
    float l12 = 0f;
    float l14 = 0f;
    int lines = paddedRows / FloatMatrix.LANES;
    for (int line = 0; line < lines; line++) {
      long o = first + (long) line * LINE;
      long c = column + (long) line * LINE;
      l0 = Math.fma(at(x, c), at(w, o), l0);
      l2 = Math.fma(at(x, c + 8), at(w, o + 8), l2);
      l4 = Math.fma(at(x, c + 16), at(w, o + 16), l4);
      l6 = Math.fma(at(x, c + 24), at(w, o + 24), l6);
      l8 = Math.fma(at(x, c + 32), at(w, o + 32), l8);
      l10 = Math.fma(at(x, c + 40), at(w, o + 40), l10);
      l12 = Math.fma(at(x, c + 48), at(w, o + 48), l12);
      l14 = Math.fma(at(x, c + 56), at(w, o + 56), l14);
    }
    // The fold of rule 2: lane l += lane l + 8, then + 4, then + 2.
    return ((l0 + l8) + (l4 + l12)) + ((l2 + l10) + (l6 + l14));
  }

  @Override
  public void sigmoid(FloatMatrix z, int from, int to, FloatMatrix a) {
    for (int j = from; j < to; j++) {
      set(a.segment(), j, Functions.sigmoid(get(z.segment(), j)));
    }
  }

  @Override
  public void error(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e) {
    for (int j = from; j < to; j++) {
      float s = Math.fma(-2f, get(y.segment(), j), 1f);
      set(e.segment(), j, s * Functions.sigmoid(s * get(z.segment(), j)));
    }
  }

  @Override
  public void loss(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix losses) {
    for (int j = from; j < to; j++) {
      float s = Math.fma(-2f, get(y.segment(), j), 1f);
      set(losses.segment(), j, Functions.softplus(s * get(z.segment(), j)));
    }
  }

  @Override
  public void gradient(
      FloatMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    int j = from;
    for (; j + 4 <= to; j += 4) {
      gradientOf4(x, j, e.segment(), fromRow, toRow, g.segment());
    }
    for (; j < to; j++) {
      gradientOf1(x, j, e.segment(), fromRow, toRow, g.segment());
    }
  }

  // Four samples at once, so that g is read and written a quarter as often.
  private static void gradientOf4(
      FloatMatrix x, int j, MemorySegment e, int fromRow, int toRow, MemorySegment g) {
    MemorySegment xs = x.segment();
    long start = (long) fromRow * BYTES;
    long c0 = x.columnOffset(j) + start;
    long c1 = x.columnOffset(j + 1) + start;
    long c2 = x.columnOffset(j + 2) + start;
    long c3 = x.columnOffset(j + 3) + start;
    float e0 = get(e, j);
    float e1 = get(e, j + 1);
    float e2 = get(e, j + 2);
    float e3 = get(e, j + 3);
    int rows = toRow - fromRow;
    for (int i = 0; i < rows; i++) {
      long o = (long) i * BYTES;
      float sum = at(g, start + o);
      sum = Math.fma(e0, at(xs, c0 + o), sum);
      sum = Math.fma(e1, at(xs, c1 + o), sum);
      sum = Math.fma(e2, at(xs, c2 + o), sum);
      sum = Math.fma(e3, at(xs, c3 + o), sum);
      g.set(JAVA_FLOAT, start + o, sum);
    }
  }

  private static void gradientOf1(
      FloatMatrix x, int j, MemorySegment e, int fromRow, int toRow, MemorySegment g) {
    MemorySegment xs = x.segment();
    long start = (long) fromRow * BYTES;
    long column = x.columnOffset(j) + start;
    float ej = get(e, j);
    int rows = toRow - fromRow;
    for (int i = 0; i < rows; i++) {
      long o = (long) i * BYTES;
      g.set(JAVA_FLOAT, start + o, Math.fma(ej, at(xs, column + o), at(g, start + o)));
    }
  }

  @Override
  public double sum(FloatMatrix v, int from, int to) {
    return sum(v.segment(), from, to);
  }

  // A chain of additions in a fixed order: no width could shorten it.
  static double sum(MemorySegment v, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += get(v, j);
    }
    return sum;
  }

  @Override
  public void add(FloatMatrix left, FloatMatrix right, int fromRow, int toRow) {
    MemorySegment ls = left.segment();
    MemorySegment rs = right.segment();
    for (int i = fromRow; i < toRow; i++) {
      set(ls, i, get(ls, i) + get(rs, i));
    }
  }

  @Override
  public void gram(
      FloatMatrix rows,
      int rowFrom,
      int rowTo,
      FloatMatrix columns,
      int columnFrom,
      int columnTo,
      FloatMatrix g,
      FloatMatrix scratch) {
    ScalarGram.gram(rows, rowFrom, rowTo, columns, columnFrom, columnTo, g, scratch.segment());
  }

  @Override
  public void update(FloatMatrix w, float step, FloatMatrix g, int fromRow, int toRow) {
    MemorySegment ws = w.segment();
    MemorySegment gs = g.segment();
    for (int i = fromRow; i < toRow; i++) {
      set(ws, i, Math.fma(step, get(gs, i), get(ws, i)));
    }
  }

  private static float at(MemorySegment segment, long offset) {
    return segment.get(JAVA_FLOAT, offset);
  }

  private static float get(MemorySegment segment, int index) {
    return segment.get(JAVA_FLOAT, (long) index * BYTES);
  }

  private static void set(MemorySegment segment, int index, float value) {
    segment.set(JAVA_FLOAT, (long) index * BYTES, value);
  }
}
