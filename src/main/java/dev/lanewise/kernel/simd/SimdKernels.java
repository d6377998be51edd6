package dev.lanewise.kernel.simd;

import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The contract on vectors of 4, 8 or 16 floats.
 *
 * <p>The compiler turns vector code into instructions only where the species is a constant. So this
 * class is never used as it stands: {@link SimdWidths} defines it once for each width as a hidden
 * class, whose class data are the species and the {@link GramKernel} of the same width.
 *
 * <p>Loads and stores are unmasked throughout: columns are padded, and what is left of a range of
 * samples is done by the scalar functions, which give the same bits.
 */
final class SimdKernels implements Kernels {

  private static final VectorSpecies<Float> SPECIES = SimdWidths.species(MethodHandles.lookup());
  private static final GramKernel GRAM =
      SimdWidths.classData(MethodHandles.lookup(), GramKernel.class, 1);
  private static final int WIDTH = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** How many vectors hold the 16 logical lanes of one column (rule 2). */
  private static final int PARTS = FloatMatrix.LANES / WIDTH;

  private static final int BYTES = Float.BYTES;
  private static final int VECTOR_BYTES = WIDTH * BYTES;
  private static final int LINE = FloatMatrix.LANES * BYTES;

  // Eight running sums hide the latency of the fused multiply-add: sum k belongs to part k % PARTS
  // of column k / PARTS.
  private static final int SUMS = 8;
  private static final int COLUMNS = SUMS / PARTS;
  private static final int PART_1 = 1 % PARTS * VECTOR_BYTES;
  private static final int PART_2 = 2 % PARTS * VECTOR_BYTES;
  private static final int PART_3 = 3 % PARTS * VECTOR_BYTES;

  private static final VectorShuffle<Float> DOWN_8 = down(8);
  private static final VectorShuffle<Float> DOWN_4 = down(4);
  private static final VectorShuffle<Float> DOWN_2 = down(2);
  private static final VectorShuffle<Float> DOWN_1 = down(1);

  SimdKernels() {}

  private static VectorShuffle<Float> down(int lanes) {
    return VectorShuffle.iota(SPECIES, lanes % WIDTH, 1, true);
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int lanes() {
    return WIDTH;
  }

  @Override
  public void forward(FloatMatrix x, int from, int to, FloatMatrix w, float bias, FloatMatrix z) {
    MemorySegment xs = x.segment();
    MemorySegment ws = w.segment();
    MemorySegment zs = z.segment();
    int bytes = x.paddedRows() * BYTES;
    for (int j = from; j < to; j += COLUMNS) {
      // The last columns may be fewer: the missing ones repeat the last, and their sums are
      // dropped.
      long o0 = x.columnOffset(j);
      long o1 = x.columnOffset(Math.min(j + 1 / PARTS, to - 1)) + PART_1;
      long o2 = x.columnOffset(Math.min(j + 2 / PARTS, to - 1)) + PART_2;
      long o3 = x.columnOffset(Math.min(j + 3 / PARTS, to - 1)) + PART_3;
      long o4 = x.columnOffset(Math.min(j + 4 / PARTS, to - 1));
      long o5 = x.columnOffset(Math.min(j + 5 / PARTS, to - 1)) + PART_1;
      long o6 = x.columnOffset(Math.min(j + 6 / PARTS, to - 1)) + PART_2;
      long o7 = x.columnOffset(Math.min(j + 7 / PARTS, to - 1)) + PART_3;
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      FloatVector s2 = FloatVector.zero(SPECIES);
      FloatVector s3 = FloatVector.zero(SPECIES);
      FloatVector s4 = FloatVector.zero(SPECIES);
      FloatVector s5 = FloatVector.zero(SPECIES);
      FloatVector s6 = FloatVector.zero(SPECIES);
      FloatVector s7 = FloatVector.zero(SPECIES);
      for (int i = 0; i < bytes; i += LINE) {
        FloatVector w0 = load(ws, i);
        FloatVector w1 = PARTS > 1 ? load(ws, i + PART_1) : w0;
        FloatVector w2 = PARTS > 2 ? load(ws, i + PART_2) : w0;
        FloatVector w3 = PARTS > 2 ? load(ws, i + PART_3) : w1;
        s0 = load(xs, o0 + i).fma(w0, s0);
        s1 = load(xs, o1 + i).fma(w1, s1);
        s2 = load(xs, o2 + i).fma(w2, s2);
        s3 = load(xs, o3 + i).fma(w3, s3);
        s4 = load(xs, o4 + i).fma(w0, s4);
        s5 = load(xs, o5 + i).fma(w1, s5);
        s6 = load(xs, o6 + i).fma(w2, s6);
        s7 = load(xs, o7 + i).fma(w3, s7);
      }
      // One vector for each column, from s0 on.
      if (PARTS == 2) {
        s0 = s0.add(s1);
        s1 = s2.add(s3);
        s2 = s4.add(s5);
        s3 = s6.add(s7);
      } else if (PARTS == 4) {
        s0 = s0.add(s2).add(s1.add(s3));
        s1 = s4.add(s6).add(s5.add(s7));
      }
      // A loop, and not a line for each column: so many folds are more than the compiler inlines
      // into one method, and it boxes the vectors of a call that it does not inline.
      int end = Math.min(j + COLUMNS, to);
      for (int k = j; k < end; k++) {
        set(zs, k, fold(s0) + bias);
        s0 = s1;
        s1 = s2;
        s2 = s3;
        s3 = s4;
        s4 = s5;
        s5 = s6;
        s6 = s7;
      }
    }
  }

  // What remains of rule 2's fold once the sum is one vector.
  private static float fold(FloatVector sum) {
    FloatVector s = sum;
    if (WIDTH == 16) {
      s = s.add(s.rearrange(DOWN_8));
    }
    if (WIDTH >= 8) {
      s = s.add(s.rearrange(DOWN_4));
    }
    s = s.add(s.rearrange(DOWN_2));
    s = s.add(s.rearrange(DOWN_1));
    return s.lane(0);
  }

  @Override
  public void sigmoid(FloatMatrix z, int from, int to, FloatMatrix a) {
    MemorySegment zs = z.segment();
    MemorySegment as = a.segment();
    int j = from;
    for (; j + WIDTH <= to; j += WIDTH) {
      long o = (long) j * BYTES;
      store(VectorFunctions.sigmoid(load(zs, o)), as, o);
    }
    for (; j < to; j++) {
      set(as, j, Functions.sigmoid(get(zs, j)));
    }
  }

  @Override
  public void error(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e) {
    MemorySegment zs = z.segment();
    MemorySegment ys = y.segment();
    MemorySegment es = e.segment();
    int j = from;
    for (; j + WIDTH <= to; j += WIDTH) {
      long o = (long) j * BYTES;
      FloatVector s = load(ys, o).lanewise(VectorOperators.FMA, -2f, 1f);
      store(s.mul(VectorFunctions.sigmoid(s.mul(load(zs, o)))), es, o);
    }
    for (; j < to; j++) {
      float s = Math.fma(-2f, get(ys, j), 1f);
      set(es, j, s * Functions.sigmoid(s * get(zs, j)));
    }
  }

  @Override
  public void loss(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix losses) {
    MemorySegment zs = z.segment();
    MemorySegment ys = y.segment();
    MemorySegment ls = losses.segment();
    int j = from;
    for (; j + WIDTH <= to; j += WIDTH) {
      long o = (long) j * BYTES;
      FloatVector s = load(ys, o).lanewise(VectorOperators.FMA, -2f, 1f);
      store(VectorFunctions.softplus(s.mul(load(zs, o))), ls, o);
    }
    for (; j < to; j++) {
      float s = Math.fma(-2f, get(ys, j), 1f);
      set(ls, j, Functions.softplus(s * get(zs, j)));
    }
  }

  @Override
  public void gradient(
      FloatMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    int j = from;
    for (; j + 8 <= to; j += 8) {
      gradientOf8(x, j, e.segment(), fromRow, toRow, g.segment());
    }
    for (; j < to; j++) {
      gradientOf1(x, j, e.segment(), fromRow, toRow, g.segment());
    }
  }

  // Loops run from 0, with the rest in long offsets: only then the compiler takes the bounds checks
  // out. Eight samples at once, so that g is read and written an eighth as often.
  private static void gradientOf8(
      FloatMatrix x, int j, MemorySegment e, int fromRow, int toRow, MemorySegment g) {
    MemorySegment xs = x.segment();
    long stride = x.columnOffset(1);
    long start = (long) fromRow * BYTES;
    long o0 = x.columnOffset(j) + start;
    long o1 = o0 + stride;
    long o2 = o1 + stride;
    long o3 = o2 + stride;
    long o4 = o3 + stride;
    long o5 = o4 + stride;
    long o6 = o5 + stride;
    long o7 = o6 + stride;
    FloatVector e0 = FloatVector.broadcast(SPECIES, get(e, j));
    FloatVector e1 = FloatVector.broadcast(SPECIES, get(e, j + 1));
    FloatVector e2 = FloatVector.broadcast(SPECIES, get(e, j + 2));
    FloatVector e3 = FloatVector.broadcast(SPECIES, get(e, j + 3));
    FloatVector e4 = FloatVector.broadcast(SPECIES, get(e, j + 4));
    FloatVector e5 = FloatVector.broadcast(SPECIES, get(e, j + 5));
    FloatVector e6 = FloatVector.broadcast(SPECIES, get(e, j + 6));
    FloatVector e7 = FloatVector.broadcast(SPECIES, get(e, j + 7));
    int bytes = (toRow - fromRow) * BYTES;
    for (int i = 0; i < bytes; i += VECTOR_BYTES) {
      FloatVector sum = load(g, start + i);
      sum = load(xs, o0 + i).fma(e0, sum);
      sum = load(xs, o1 + i).fma(e1, sum);
      sum = load(xs, o2 + i).fma(e2, sum);
      sum = load(xs, o3 + i).fma(e3, sum);
      sum = load(xs, o4 + i).fma(e4, sum);
      sum = load(xs, o5 + i).fma(e5, sum);
      sum = load(xs, o6 + i).fma(e6, sum);
      sum = load(xs, o7 + i).fma(e7, sum);
      store(sum, g, start + i);
    }
  }

  private static void gradientOf1(
      FloatMatrix x, int j, MemorySegment e, int fromRow, int toRow, MemorySegment g) {
    MemorySegment xs = x.segment();
    long start = (long) fromRow * BYTES;
    long column = x.columnOffset(j) + start;
    FloatVector ej = FloatVector.broadcast(SPECIES, get(e, j));
    int bytes = (toRow - fromRow) * BYTES;
    for (int i = 0; i < bytes; i += VECTOR_BYTES) {
      store(load(xs, column + i).fma(ej, load(g, start + i)), g, start + i);
    }
  }

  @Override
  public double sum(FloatMatrix v, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += get(v.segment(), j);
    }
    return sum;
  }

  @Override
  public void add(FloatMatrix left, FloatMatrix right, int fromRow, int toRow) {
    MemorySegment ls = left.segment();
    MemorySegment rs = right.segment();
    long start = (long) fromRow * BYTES;
    int bytes = (toRow - fromRow) * BYTES;
    for (int i = 0; i < bytes; i += VECTOR_BYTES) {
      store(load(ls, start + i).add(load(rs, start + i)), ls, start + i);
    }
  }

  @Override
  public void gram(
      FloatMatrix x,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      FloatMatrix g,
      FloatMatrix scratch) {
    GRAM.gram(x, rowFrom, rowTo, columnFrom, columnTo, g, scratch.segment());
  }

  @Override
  public void update(FloatMatrix w, float step, FloatMatrix g, int fromRow, int toRow) {
    MemorySegment ws = w.segment();
    MemorySegment gs = g.segment();
    FloatVector steps = FloatVector.broadcast(SPECIES, step);
    long start = (long) fromRow * BYTES;
    int bytes = (toRow - fromRow) * BYTES;
    for (int i = 0; i < bytes; i += VECTOR_BYTES) {
      store(load(gs, start + i).fma(steps, load(ws, start + i)), ws, start + i);
    }
  }

  private static FloatVector load(MemorySegment segment, long offset) {
    return FloatVector.fromMemorySegment(SPECIES, segment, offset, ORDER);
  }

  private static void store(FloatVector vector, MemorySegment segment, long offset) {
    vector.intoMemorySegment(segment, offset, ORDER);
  }

  private static float get(MemorySegment segment, int index) {
    return segment.get(ValueLayout.JAVA_FLOAT, (long) index * BYTES);
  }

  private static void set(MemorySegment segment, int index, float value) {
    segment.set(ValueLayout.JAVA_FLOAT, (long) index * BYTES, value);
  }
}
