// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.FunctionConstants.SIGN_BIT;
import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.INTS;
import static dev.lanewise.kernel.simd.Lanes.LINE;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.PARTS;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ScalarSoftmax;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The contract on vectors of 4, 8 or 16 floats, one width for all classes: {@link Lanes}.
 *
 * <p>Loads and stores are unmasked throughout: columns are padded, and what is left of a range of
 * samples is done by the scalar functions, which give the same bits.
 */
final class SimdKernels implements Kernels {

  /** How far the lowest bit set in the float 1 is from the sign. */
  private static final int SIGN_FROM_ONE = 8;

  // Eight running sums hide the latency of the fused multiply-add: sum k belongs to part k % PARTS
  // of column k / PARTS.
  private static final int SUMS = 8;
  private static final int COLUMNS = SUMS / PARTS;
  private static final int PART_1 = 1 % PARTS * VECTOR_BYTES;
  private static final int PART_2 = 2 % PARTS * VECTOR_BYTES;
  private static final int PART_3 = 3 % PARTS * VECTOR_BYTES;

  private final DoubleKernels doubles = new SimdDoubles();

  SimdKernels() {}

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int lanes() {
    return WIDTH;
  }

  @Override
  public void outputs(float[] x, float[][] w, int paddedRows, float[] biases, float[] z) {
    SimdRows.outputs(x, w, paddedRows, biases, z);
  }

  @Override
  public DoubleKernels doubles() {
    return doubles;
  }

  @Override
  public void widen(ByteMatrix x, int from, int to, int fromRow, int toRow, FloatMatrix floats) {
    SimdBytes.widen(x, from, to, fromRow, toRow, floats);
  }

  @Override
  public void forward(
      SampleMatrix x, int from, int to, FloatMatrix w, FloatMatrix biases, FloatMatrix z) {
    if (x instanceof ByteMatrix bytes) {
      SimdBytes.forward(bytes, from, to, w, biases, z);
    } else if (w.columns() == 1) {
      forward((FloatMatrix) x, from, to, w, biases.get(0, 0), z);
    } else {
      SimdColumns.forward((FloatMatrix) x, from, to, w, biases, z);
    }
  }

  // Slices of one length, and not offsets into one segment, here and below: only so does the
  // compiler check the bounds of all operands at once, and a call on short columns costs a third
  // less.
  private static void forward(
      FloatMatrix x, int from, int to, FloatMatrix w, float bias, FloatMatrix z) {
    MemorySegment xs = x.segment();
    MemorySegment zs = z.segment();
    int bytes = x.paddedRows() * BYTES;
    MemorySegment ws = w.segment().asSlice(0, bytes, 1);
    for (int j = from; j < to; j += COLUMNS) {
      // The last columns may be fewer: the missing ones repeat the last, and their sums are
      // dropped.
      MemorySegment x0 = xs.asSlice(x.columnOffset(j), bytes, 1);
      MemorySegment x1 =
          1 % PARTS > 0
              ? x0
              : xs.asSlice(x.columnOffset(Math.min(j + 1 / PARTS, to - 1)), bytes, 1);
      MemorySegment x2 =
          2 % PARTS > 0
              ? x1
              : xs.asSlice(x.columnOffset(Math.min(j + 2 / PARTS, to - 1)), bytes, 1);
      MemorySegment x3 =
          3 % PARTS > 0
              ? x2
              : xs.asSlice(x.columnOffset(Math.min(j + 3 / PARTS, to - 1)), bytes, 1);
      MemorySegment x4 =
          4 % PARTS > 0
              ? x3
              : xs.asSlice(x.columnOffset(Math.min(j + 4 / PARTS, to - 1)), bytes, 1);
      MemorySegment x5 =
          5 % PARTS > 0
              ? x4
              : xs.asSlice(x.columnOffset(Math.min(j + 5 / PARTS, to - 1)), bytes, 1);
      MemorySegment x6 =
          6 % PARTS > 0
              ? x5
              : xs.asSlice(x.columnOffset(Math.min(j + 6 / PARTS, to - 1)), bytes, 1);
      MemorySegment x7 =
          7 % PARTS > 0
              ? x6
              : xs.asSlice(x.columnOffset(Math.min(j + 7 / PARTS, to - 1)), bytes, 1);
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      FloatVector s2 = FloatVector.zero(SPECIES);
      FloatVector s3 = FloatVector.zero(SPECIES);
      FloatVector s4 = FloatVector.zero(SPECIES);
      FloatVector s5 = FloatVector.zero(SPECIES);
      FloatVector s6 = FloatVector.zero(SPECIES);
      FloatVector s7 = FloatVector.zero(SPECIES);
      // x is the second factor, which the instruction reads from memory: no register holds it.
      for (int i = 0; i < bytes; i += LINE) {
        FloatVector w0 = fromMemorySegment(SPECIES, ws, Rolled.offset(i), ORDER);
        FloatVector w1 = PARTS > 1 ? fromMemorySegment(SPECIES, ws, i + PART_1, ORDER) : w0;
        FloatVector w2 = PARTS > 2 ? fromMemorySegment(SPECIES, ws, i + PART_2, ORDER) : w0;
        FloatVector w3 = PARTS > 2 ? fromMemorySegment(SPECIES, ws, i + PART_3, ORDER) : w1;
        s0 = w0.fma(fromMemorySegment(SPECIES, x0, i, ORDER), s0);
        s1 = w1.fma(fromMemorySegment(SPECIES, x1, i + PART_1, ORDER), s1);
        s2 = w2.fma(fromMemorySegment(SPECIES, x2, i + PART_2, ORDER), s2);
        s3 = w3.fma(fromMemorySegment(SPECIES, x3, i + PART_3, ORDER), s3);
        s4 = w0.fma(fromMemorySegment(SPECIES, x4, i, ORDER), s4);
        s5 = w1.fma(fromMemorySegment(SPECIES, x5, i + PART_1, ORDER), s5);
        s6 = w2.fma(fromMemorySegment(SPECIES, x6, i + PART_2, ORDER), s6);
        s7 = w3.fma(fromMemorySegment(SPECIES, x7, i + PART_3, ORDER), s7);
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
        set(zs, k, Lanes.fold(s0) + bias);
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

  @Override
  public void sigmoid(FloatMatrix z, int from, int to, FloatMatrix a) {
    MemorySegment zs = z.segment();
    MemorySegment as = a.segment();
    int j = from;
    for (; j + WIDTH <= to; j += WIDTH) {
      long o = (long) j * BYTES;
      VectorFunctions.sigmoid(fromMemorySegment(SPECIES, zs, o, ORDER))
          .intoMemorySegment(as, o, ORDER);
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
      IntVector sign = signs(ys, o);
      IntVector sz = IntVector.fromMemorySegment(INTS, zs, o, ORDER).lanewise(XOR, sign);
      VectorFunctions.sigmoid(sz).lanewise(XOR, sign).intoMemorySegment(es, o, ORDER);
    }
    for (; j < to; j++) {
      float s = Math.fma(-2f, get(ys, j), 1f);
      set(es, j, s * Functions.sigmoid(s * get(zs, j)));
    }
  }

  /** The sign bits of s_j = 1 - 2 y_j: the lowest bit that a y_j of 1 has set, made the highest. */
  private static IntVector signs(MemorySegment ys, long offset) {
    return IntVector.fromMemorySegment(INTS, ys, offset, ORDER).lanewise(LSHL, SIGN_FROM_ONE);
  }

  @Override
  public void loss(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix losses) {
    MemorySegment zs = z.segment();
    MemorySegment ys = y.segment();
    MemorySegment ls = losses.segment();
    int j = from;
    for (; j + WIDTH <= to; j += WIDTH) {
      long o = (long) j * BYTES;
      IntVector sz = IntVector.fromMemorySegment(INTS, zs, o, ORDER).lanewise(XOR, signs(ys, o));
      VectorFunctions.softplus(sz.reinterpretAsFloats()).intoMemorySegment(ls, o, ORDER);
    }
    for (; j < to; j++) {
      float s = Math.fma(-2f, get(ys, j), 1f);
      set(ls, j, Functions.softplus(s * get(zs, j)));
    }
  }

  @Override
  public void softmax(
      FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e, FloatMatrix losses) {
    int whole = from + (to - from) / WIDTH * WIDTH;
    SimdSoftmax.softmax(z, y, from, whole, e, losses);
    ScalarSoftmax.softmax(z, y, whole, to, e, losses);
  }

  @Override
  public void softmaxCurvature(FloatMatrix p, FloatMatrix v, int from, int to) {
    int whole = from + (to - from) / WIDTH * WIDTH;
    SimdSoftmax.curvature(p, v, from, whole);
    ScalarSoftmax.curvature(p, v, whole, to);
  }

  @Override
  public void curvature(FloatMatrix z, int from, int to, FloatMatrix d) {
    MemorySegment zs = z.segment();
    MemorySegment ds = d.segment();
    int j = from;
    for (; j + WIDTH <= to; j += WIDTH) {
      long o = (long) j * BYTES;
      IntVector bits = IntVector.fromMemorySegment(INTS, zs, o, ORDER);
      FloatVector product = FloatVector.broadcast(SPECIES, 1f);
      // A loop, as two sigmoids are more than the compiler inlines.
      for (int factor = 0; factor < 2; factor++) {
        product = VectorFunctions.sigmoid(bits).reinterpretAsFloats().mul(product);
        bits = bits.lanewise(XOR, SIGN_BIT);
      }
      product.intoMemorySegment(ds, o, ORDER);
    }
    for (; j < to; j++) {
      float zj = get(zs, j);
      set(ds, j, Functions.sigmoid(zj) * Functions.sigmoid(-zj));
    }
  }

  @Override
  public void multiply(FloatMatrix v, FloatMatrix s, int from, int to) {
    MemorySegment ss = s.segment();
    for (int k = 0; k < v.columns(); k++) {
      MemorySegment vs = v.segment().asSlice(v.columnOffset(k), (long) to * BYTES, 1);
      int j = from;
      for (; j + WIDTH <= to; j += WIDTH) {
        long o = (long) j * BYTES;
        fromMemorySegment(SPECIES, vs, o, ORDER)
            .mul(fromMemorySegment(SPECIES, ss, o, ORDER))
            .intoMemorySegment(vs, o, ORDER);
      }
      for (; j < to; j++) {
        set(vs, j, get(vs, j) * get(ss, j));
      }
    }
  }

  @Override
  public void gradient(
      SampleMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    if (x instanceof ByteMatrix bytes) {
      SimdBytes.gradient(bytes, from, to, e, fromRow, toRow, g);
    } else if (g.columns() == 1) {
      gradient((FloatMatrix) x, from, to, e, fromRow, toRow, g);
    } else {
      SimdColumns.gradient((FloatMatrix) x, from, to, e, fromRow, toRow, g);
    }
  }

  private static void gradient(
      FloatMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    MemorySegment es = e.segment();
    MemorySegment gs = g.segment();
    int j = from;
    for (; j + 8 <= to; j += 8) {
      gradientOf8(
          x,
          j,
          get(es, j),
          get(es, j + 1),
          get(es, j + 2),
          get(es, j + 3),
          get(es, j + 4),
          get(es, j + 5),
          get(es, j + 6),
          get(es, j + 7),
          fromRow,
          toRow,
          gs);
    }
    for (; j < to; j++) {
      gradientOf1(x, j, get(es, j), fromRow, toRow, gs);
    }
  }

  // Loops run from 0: only then the compiler takes the bounds checks out. Eight samples at once, so
  // that g is read and written an eighth as often.
  // Errors come as numbers: to load them here, too, would be more than the compiler inlines.
  private static void gradientOf8(
      FloatMatrix x,
      int j,
      float error0,
      float error1,
      float error2,
      float error3,
      float error4,
      float error5,
      float error6,
      float error7,
      int fromRow,
      int toRow,
      MemorySegment g) {
    int start = fromRow * BYTES;
    int bytes = (toRow - fromRow) * BYTES;
    MemorySegment gs = g.asSlice(start, bytes, 1);
    MemorySegment xs = x.segment();
    long stride = (long) x.stride() * BYTES;
    long o = x.columnOffset(j) + start;
    MemorySegment x0 = xs.asSlice(o, bytes, 1);
    MemorySegment x1 = xs.asSlice(o + 1 * stride, bytes, 1);
    MemorySegment x2 = xs.asSlice(o + 2 * stride, bytes, 1);
    MemorySegment x3 = xs.asSlice(o + 3 * stride, bytes, 1);
    MemorySegment x4 = xs.asSlice(o + 4 * stride, bytes, 1);
    MemorySegment x5 = xs.asSlice(o + 5 * stride, bytes, 1);
    MemorySegment x6 = xs.asSlice(o + 6 * stride, bytes, 1);
    MemorySegment x7 = xs.asSlice(o + 7 * stride, bytes, 1);
    FloatVector e0 = FloatVector.broadcast(SPECIES, error0);
    FloatVector e1 = FloatVector.broadcast(SPECIES, error1);
    FloatVector e2 = FloatVector.broadcast(SPECIES, error2);
    FloatVector e3 = FloatVector.broadcast(SPECIES, error3);
    FloatVector e4 = FloatVector.broadcast(SPECIES, error4);
    FloatVector e5 = FloatVector.broadcast(SPECIES, error5);
    FloatVector e6 = FloatVector.broadcast(SPECIES, error6);
    FloatVector e7 = FloatVector.broadcast(SPECIES, error7);
    for (int i = 0; i < bytes; i += VECTOR_BYTES) {
      FloatVector sum = fromMemorySegment(SPECIES, gs, i, ORDER);
      sum = fromMemorySegment(SPECIES, x0, i, ORDER).fma(e0, sum);
      sum = fromMemorySegment(SPECIES, x1, i, ORDER).fma(e1, sum);
      sum = fromMemorySegment(SPECIES, x2, i, ORDER).fma(e2, sum);
      sum = fromMemorySegment(SPECIES, x3, i, ORDER).fma(e3, sum);
      sum = fromMemorySegment(SPECIES, x4, i, ORDER).fma(e4, sum);
      sum = fromMemorySegment(SPECIES, x5, i, ORDER).fma(e5, sum);
      sum = fromMemorySegment(SPECIES, x6, i, ORDER).fma(e6, sum);
      sum = fromMemorySegment(SPECIES, x7, i, ORDER).fma(e7, sum);
      sum.intoMemorySegment(gs, i, ORDER);
    }
  }

  private static void gradientOf1(
      FloatMatrix x, int j, float error, int fromRow, int toRow, MemorySegment g) {
    int start = fromRow * BYTES;
    int bytes = (toRow - fromRow) * BYTES;
    MemorySegment gs = g.asSlice(start, bytes, 1);
    MemorySegment xs = x.segment().asSlice(x.columnOffset(j) + start, bytes, 1);
    FloatVector ej = FloatVector.broadcast(SPECIES, error);
    for (int i = 0; i < bytes; i += VECTOR_BYTES) {
      fromMemorySegment(SPECIES, xs, i, ORDER)
          .fma(ej, fromMemorySegment(SPECIES, gs, i, ORDER))
          .intoMemorySegment(gs, i, ORDER);
    }
  }

  @Override
  public double sum(FloatMatrix v, int column, int from, int to) {
    long first = v.columnOffset(column);
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += get(v.segment(), first, j);
    }
    return sum;
  }

  @Override
  public void add(
      FloatMatrix left, FloatMatrix right, int fromRow, int toRow, int fromColumn, int toColumn) {
    int bytes = (toRow - fromRow) * BYTES;
    for (int k = fromColumn; k < toColumn; k++) {
      MemorySegment ls = left.segment();
      long leftAt = offset(left, k, fromRow);
      MemorySegment rs = right.segment();
      long rightAt = offset(right, k, fromRow);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        fromMemorySegment(SPECIES, ls, leftAt + i, ORDER)
            .add(fromMemorySegment(SPECIES, rs, rightAt + i, ORDER))
            .intoMemorySegment(ls, leftAt + i, ORDER);
      }
    }
  }

  @Override
  public FloatMatrix gramScratch(Workspace workspace) {
    return SimdGram.scratch(workspace);
  }

  @Override
  public void gram(
      FloatMatrix rows,
      int rowFrom,
      int rowTo,
      FloatMatrix columns,
      int columnFrom,
      int columnTo,
      int from,
      int to,
      FloatMatrix lanes) {
    SimdGram.gram(rows, rowFrom, rowTo, columns, columnFrom, columnTo, from, to, lanes.segment());
  }

  @Override
  public void fold(
      int rowFrom, int rowTo, int columnFrom, int columnTo, FloatMatrix lanes, FloatMatrix g) {
    SimdGram.fold(rowFrom, rowTo, columnFrom, columnTo, lanes.segment(), g);
  }

  @Override
  public FloatMatrix outerScratch(Workspace workspace) {
    return SimdOuter.scratch(workspace);
  }

  @Override
  public void outer(
      FloatMatrix x,
      int from,
      int to,
      FloatMatrix d,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      FloatMatrix h,
      FloatMatrix scratch) {
    SimdOuter.outer(x, from, to, d, fromRow, toRow, fromColumn, toColumn, h, scratch.segment());
  }

  @Override
  public FloatMatrix panels(Workspace workspace, int inputs, int units) {
    return SimdNetwork.panels(workspace, inputs, units);
  }

  @Override
  public void pack(FloatMatrix w, int fromUnit, int toUnit, FloatMatrix panels) {
    SimdNetwork.pack(w, fromUnit, toUnit, panels);
  }

  @Override
  public void outputs(
      FloatMatrix panels, FloatMatrix biases, FloatMatrix a, int from, int to, FloatMatrix z) {
    SimdNetwork.outputs(panels, biases, a, from, to, z);
  }

  @Override
  public void deltas(FloatMatrix w, FloatMatrix e, int from, int to, FloatMatrix t) {
    SimdNetwork.deltas(w, e, from, to, t);
  }

  @Override
  public void slopes(
      FloatMatrix a, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    SimdNetwork.slopes(a, from, to, e, fromRow, toRow, g);
  }

  @Override
  public void sums(FloatMatrix e, int from, int to, double[] sums, int first) {
    SimdActivations.sums(e, from, to, sums, first);
  }

  @Override
  public void product(FloatMatrix f, int from, int to, FloatMatrix e) {
    SimdActivations.product(f, from, to, e);
  }

  @Override
  public void relu(FloatMatrix z, int from, int to) {
    SimdActivations.relu(z, from, to);
  }

  @Override
  public void reluSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    SimdActivations.reluSlope(a, from, to, e);
  }

  @Override
  public void tanh(FloatMatrix z, int from, int to) {
    SimdActivations.tanh(z, from, to);
  }

  @Override
  public void tanhSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    SimdActivations.tanhSlope(a, from, to, e);
  }

  @Override
  public void sigmoids(FloatMatrix z, int from, int to) {
    SimdActivations.sigmoids(z, from, to);
  }

  @Override
  public void sigmoidSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    SimdActivations.sigmoidSlope(a, from, to, e);
  }

  @Override
  public void update(FloatMatrix w, float step, FloatMatrix g, int fromRow, int toRow) {
    int bytes = (toRow - fromRow) * BYTES;
    FloatVector steps = FloatVector.broadcast(SPECIES, step);
    for (int k = 0; k < w.columns(); k++) {
      MemorySegment ws = w.segment();
      long wAt = offset(w, k, fromRow);
      MemorySegment gs = g.segment();
      long gAt = offset(g, k, fromRow);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        fromMemorySegment(SPECIES, gs, gAt + i, ORDER)
            .fma(steps, fromMemorySegment(SPECIES, ws, wAt + i, ORDER))
            .intoMemorySegment(ws, wAt + i, ORDER);
      }
    }
  }

  @Override
  public void update(
      FloatMatrix w, float shrink, float step, FloatMatrix g, int fromRow, int toRow) {
    int bytes = (toRow - fromRow) * BYTES;
    FloatVector steps = FloatVector.broadcast(SPECIES, step);
    FloatVector shrinks = FloatVector.broadcast(SPECIES, shrink);
    for (int k = 0; k < w.columns(); k++) {
      MemorySegment ws = w.segment();
      long wAt = offset(w, k, fromRow);
      MemorySegment gs = g.segment();
      long gAt = offset(g, k, fromRow);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        fromMemorySegment(SPECIES, gs, gAt + i, ORDER)
            .fma(steps, fromMemorySegment(SPECIES, ws, wAt + i, ORDER).mul(shrinks))
            .intoMemorySegment(ws, wAt + i, ORDER);
      }
    }
  }

  @Override
  public void softThreshold(FloatMatrix w, float t, int fromRow, int toRow) {
    int bytes = (toRow - fromRow) * BYTES;
    FloatVector ts = FloatVector.broadcast(SPECIES, t);
    for (int k = 0; k < w.columns(); k++) {
      MemorySegment ws = w.segment();
      long wAt = offset(w, k, fromRow);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        VectorFunctions.softThreshold(fromMemorySegment(SPECIES, ws, wAt + i, ORDER), ts)
            .intoMemorySegment(ws, wAt + i, ORDER);
      }
    }
  }

  @Override
  public void updateSquares(
      FloatMatrix v, float keep, float add, FloatMatrix g, int fromRow, int toRow) {
    int bytes = (toRow - fromRow) * BYTES;
    FloatVector keeps = FloatVector.broadcast(SPECIES, keep);
    FloatVector adds = FloatVector.broadcast(SPECIES, add);
    for (int k = 0; k < v.columns(); k++) {
      MemorySegment vs = v.segment();
      long vAt = offset(v, k, fromRow);
      MemorySegment gs = g.segment();
      long gAt = offset(g, k, fromRow);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        FloatVector gi = fromMemorySegment(SPECIES, gs, gAt + i, ORDER);
        gi.mul(adds)
            .fma(gi, fromMemorySegment(SPECIES, vs, vAt + i, ORDER).mul(keeps))
            .intoMemorySegment(vs, vAt + i, ORDER);
      }
    }
  }

  @Override
  public void adaptiveStep(
      FloatMatrix w,
      float step,
      float t,
      float epsilon,
      FloatMatrix u,
      FloatMatrix v,
      int fromRow,
      int toRow) {
    int bytes = (toRow - fromRow) * BYTES;
    FloatVector steps = FloatVector.broadcast(SPECIES, step);
    FloatVector ts = FloatVector.broadcast(SPECIES, t);
    FloatVector epsilons = FloatVector.broadcast(SPECIES, epsilon);
    for (int k = 0; k < w.columns(); k++) {
      MemorySegment ws = w.segment();
      long wAt = offset(w, k, fromRow);
      MemorySegment us = u.segment();
      long uAt = offset(u, k, fromRow);
      MemorySegment vs = v.segment();
      long vAt = offset(v, k, fromRow);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        FloatVector root = fromMemorySegment(SPECIES, vs, vAt + i, ORDER).sqrt().add(epsilons);
        FloatVector moved =
            fromMemorySegment(SPECIES, us, uAt + i, ORDER)
                .fma(steps.div(root), fromMemorySegment(SPECIES, ws, wAt + i, ORDER));
        VectorFunctions.softThreshold(moved, ts.div(root)).intoMemorySegment(ws, wAt + i, ORDER);
      }
    }
  }

  @Override
  public void scale(FloatMatrix v, float factor, int fromRow, int toRow) {
    int bytes = (toRow - fromRow) * BYTES;
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int k = 0; k < v.columns(); k++) {
      MemorySegment vs = v.segment();
      long vAt = offset(v, k, fromRow);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        fromMemorySegment(SPECIES, vs, vAt + i, ORDER)
            .mul(factors)
            .intoMemorySegment(vs, vAt + i, ORDER);
      }
    }
  }

  // Not a slice: what is called once an iteration is compiled before the compiler counts it as
  // frequent enough to inline what makes slices, and then each is an object.
  private static long offset(FloatMatrix v, int column, int fromRow) {
    return v.columnOffset(column) + (long) fromRow * BYTES;
  }

  private static float get(MemorySegment segment, long first, int index) {
    return segment.get(ValueLayout.JAVA_FLOAT, first + (long) index * BYTES);
  }

  private static float get(MemorySegment segment, int index) {
    return segment.get(ValueLayout.JAVA_FLOAT, (long) index * BYTES);
  }

  private static void set(MemorySegment segment, int index, float value) {
    segment.set(ValueLayout.JAVA_FLOAT, (long) index * BYTES, value);
  }
}
