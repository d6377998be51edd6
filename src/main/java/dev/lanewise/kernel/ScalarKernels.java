// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;

/**
 * The contract in scalar code: the plainest statement of it, what every JVM can run at once, and
 * the yardstick of the SIMD kernels.
 *
 * <p>It computes on arrays, into which a few columns at a time are copied. A copy costs a fraction
 * of the arithmetic; and where the compiler has not been yet, as in the first second of a process,
 * an array is read many times faster than memory off the heap.
 */
final class ScalarKernels implements Kernels {

  // Each thread has arrays of its own; they live no longer than these kernels.
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  private final DoubleKernels doubles = new ScalarDoubles();

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void outputs(float[] x, float[][] w, int paddedRows, float[] biases, float[] z) {
    for (int k = 0; k < z.length; k++) {
      z[k] = LaneSums.dot(x, 0, w[k], paddedRows) + biases[k];
    }
  }

  @Override
  public DoubleKernels doubles() {
    return doubles;
  }

  @Override
  public void widen(ByteMatrix x, int from, int to, int fromRow, int toRow, FloatMatrix floats) {
    Scratch arrays = scratch.get();
    int rows = toRow - fromRow;
    float[] values = arrays.first(rows);
    for (int j = from; j < to; j++) {
      widenColumn(x, j, fromRow, rows, arrays, values, 0);
      MemorySegment.copy(
          values, 0, floats.segment(), JAVA_FLOAT, floats.columnOffset(j) + bytes(fromRow), rows);
    }
  }

  @Override
  public void forward(
      SampleMatrix x, int from, int to, FloatMatrix w, FloatMatrix biases, FloatMatrix z) {
    if (x instanceof ByteMatrix bytes) {
      for (int k = 0; k < w.columns(); k++) {
        forward(bytes, from, to, w, k, biases.get(k, 0), z);
      }
    } else {
      forward((FloatMatrix) x, from, to, w, biases, z);
    }
  }

  private void forward(
      FloatMatrix x, int from, int to, FloatMatrix w, FloatMatrix biases, FloatMatrix z) {
    int group = Scratch.columns(x.stride());
    for (int j = from, end; j < to; j = end) {
      end = Math.min(to - j, group) + j;
      float[] xs = columns(x, j, end);
      for (int k = 0; k < w.columns(); k++) {
        forward(x, j, end, xs, w, k, biases.get(k, 0), z);
      }
    }
  }

  /** A copy of some columns of X. */
  private float[] columns(FloatMatrix x, int from, int to) {
    int floats = (to - from - 1) * x.stride() + x.paddedRows();
    float[] xs = scratch.get().first(floats);
    MemorySegment.copy(x.segment(), JAVA_FLOAT, x.columnOffset(from), xs, 0, floats);
    return xs;
  }

  private void forward(
      FloatMatrix x,
      int from,
      int to,
      float[] xs,
      FloatMatrix w,
      int column,
      float bias,
      FloatMatrix z) {
    Scratch arrays = scratch.get();
    int rows = x.paddedRows();
    float[] ws = arrays.second(rows);
    read(w, column, 0, rows, ws);
    float[] zs = arrays.third(to - from);
    for (int j = 0; j < to - from; j++) {
      zs[j] = LaneSums.dot(xs, j * x.stride(), ws, rows) + bias;
    }
    write(zs, z, column, from, to);
  }

  private void forward(
      ByteMatrix x, int from, int to, FloatMatrix w, int column, float bias, FloatMatrix z) {
    Scratch arrays = scratch.get();
    int rows = x.paddedRows();
    float[] ws = arrays.second(rows);
    read(w, column, 0, rows, ws);
    float[] xs = arrays.first(rows);
    float[] value = arrays.third(1);
    for (int j = from; j < to; j++) {
      widenColumn(x, j, 0, rows, arrays, xs, 0);
      value[0] = LaneSums.dot(xs, 0, ws, rows) + bias;
      write(value, z, column, j, j + 1);
    }
  }

  private static void widenColumn(
      ByteMatrix x, int column, int fromRow, int rows, Scratch arrays, float[] xs, int at) {
    byte[] bytes = arrays.bytes(rows);
    MemorySegment.copy(x.segment(), JAVA_BYTE, x.columnOffset(column) + fromRow, bytes, 0, rows);
    float scale = x.scale();
    for (int i = 0; i < rows; i++) {
      xs[at + i] = (bytes[i] & 0xff) * scale;
    }
  }

  @Override
  public void sigmoid(FloatMatrix z, int from, int to, FloatMatrix a) {
    float[] values = scratch.get().first(to - from);
    read(z, from, to, values);
    for (int j = 0; j < to - from; j++) {
      values[j] = Functions.sigmoid(values[j]);
    }
    write(values, a, from, to);
  }

  @Override
  public void error(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e) {
    Scratch arrays = scratch.get();
    float[] values = arrays.first(to - from);
    float[] labels = arrays.second(to - from);
    read(z, from, to, values);
    read(y, from, to, labels);
    for (int j = 0; j < to - from; j++) {
      float s = Math.fma(-2f, labels[j], 1f);
      values[j] = s * Functions.sigmoid(s * values[j]);
    }
    write(values, e, from, to);
  }

  @Override
  public void loss(FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix losses) {
    Scratch arrays = scratch.get();
    float[] values = arrays.first(to - from);
    float[] labels = arrays.second(to - from);
    read(z, from, to, values);
    read(y, from, to, labels);
    for (int j = 0; j < to - from; j++) {
      float s = Math.fma(-2f, labels[j], 1f);
      values[j] = Functions.softplus(s * values[j]);
    }
    write(values, losses, from, to);
  }

  @Override
  public void softmax(
      FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e, FloatMatrix losses) {
    ScalarSoftmax.softmax(z, y, from, to, e, losses);
  }

  @Override
  public void softmaxCurvature(FloatMatrix p, FloatMatrix v, int from, int to) {
    ScalarSoftmax.curvature(p, v, from, to);
  }

  @Override
  public void curvature(FloatMatrix z, int from, int to, FloatMatrix d) {
    float[] values = scratch.get().first(to - from);
    read(z, from, to, values);
    for (int j = 0; j < to - from; j++) {
      values[j] = Functions.sigmoid(values[j]) * Functions.sigmoid(-values[j]);
    }
    write(values, d, from, to);
  }

  @Override
  public void multiply(FloatMatrix v, FloatMatrix s, int from, int to) {
    Scratch arrays = scratch.get();
    float[] values = arrays.first(to - from);
    float[] factors = arrays.second(to - from);
    read(s, from, to, factors);
    for (int k = 0; k < v.columns(); k++) {
      read(v, k, from, to, values);
      for (int j = 0; j < to - from; j++) {
        values[j] *= factors[j];
      }
      write(values, v, k, from, to);
    }
  }

  @Override
  public void gradient(
      SampleMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    float[] errors = scratch.get().third(to - from);
    for (int k = 0; k < g.columns(); k++) {
      read(e, k, from, to, errors);
      gradient(x, from, to, errors, fromRow, toRow, g, k);
    }
  }

  // Each feature is a chain of its own: so many of them at once that their columns stay in cache.
  private void gradient(
      SampleMatrix x,
      int from,
      int to,
      float[] errors,
      int fromRow,
      int toRow,
      FloatMatrix g,
      int column) {
    for (int row = fromRow, end; row < toRow; row = end) {
      end = Math.min(toRow - row, Scratch.ROWS) + row;
      gradientOfRows(x, from, to, errors, row, end, g, column);
    }
  }

  private void gradientOfRows(
      SampleMatrix x,
      int from,
      int to,
      float[] errors,
      int fromRow,
      int toRow,
      FloatMatrix g,
      int column) {
    Scratch arrays = scratch.get();
    int rows = toRow - fromRow;
    float[] sums = arrays.second(rows);
    float[] xs = arrays.first(4 * rows);
    read(g, column, fromRow, toRow, sums);
    int j = from;
    for (; j + 4 <= to; j += 4) {
      for (int k = 0; k < 4; k++) {
        copyColumn(x, j + k, fromRow, rows, arrays, xs, k * rows);
      }
      SampleSums.of4(xs, 0, rows, errors, j - from, sums);
    }
    for (; j < to; j++) {
      copyColumn(x, j, fromRow, rows, arrays, xs, 0);
      SampleSums.of1(xs, 0, rows, errors[j - from], sums);
    }
    write(sums, g, column, fromRow, toRow);
  }

  private static void copyColumn(
      SampleMatrix x, int column, int fromRow, int rows, Scratch arrays, float[] xs, int at) {
    if (x instanceof ByteMatrix bytes) {
      widenColumn(bytes, column, fromRow, rows, arrays, xs, at);
      return;
    }
    FloatMatrix floats = (FloatMatrix) x;
    MemorySegment.copy(
        floats.segment(), JAVA_FLOAT, floats.columnOffset(column) + bytes(fromRow), xs, at, rows);
  }

  // A chain of additions in a fixed order: no width could shorten it.
  @Override
  public double sum(FloatMatrix v, int column, int from, int to) {
    float[] values = scratch.get().first(to - from);
    read(v, column, from, to, values);
    double sum = 0;
    for (int j = 0; j < to - from; j++) {
      sum += values[j];
    }
    return sum;
  }

  @Override
  public void add(
      FloatMatrix left, FloatMatrix right, int fromRow, int toRow, int fromColumn, int toColumn) {
    Scratch arrays = scratch.get();
    float[] ls = arrays.first(toRow - fromRow);
    float[] rs = arrays.second(toRow - fromRow);
    for (int k = fromColumn; k < toColumn; k++) {
      read(left, k, fromRow, toRow, ls);
      read(right, k, fromRow, toRow, rs);
      for (int i = 0; i < toRow - fromRow; i++) {
        ls[i] += rs[i];
      }
      write(ls, left, k, fromRow, toRow);
    }
  }

  @Override
  public FloatMatrix gramScratch(Workspace workspace) {
    return ScalarGram.scratch(workspace);
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
    ScalarGram.gram(
        rows, rowFrom, rowTo, columns, columnFrom, columnTo, from, to, lanes, scratch.get());
  }

  @Override
  public void fold(
      int rowFrom, int rowTo, int columnFrom, int columnTo, FloatMatrix lanes, FloatMatrix g) {
    ScalarGram.fold(rowFrom, rowTo, columnFrom, columnTo, lanes, g, scratch.get());
  }

  /** A matrix of one line: these kernels compute on arrays of their threads. */
  @Override
  public FloatMatrix outerScratch(Workspace workspace) {
    return workspace.floats(FloatMatrix.LANES, 1);
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
      FloatMatrix scratchPanels) {
    ScalarOuter.outer(x, from, to, d, fromRow, toRow, fromColumn, toColumn, h, scratch.get());
  }

  @Override
  public FloatMatrix panels(Workspace workspace, int inputs, int units) {
    return workspace.floats(units, inputs);
  }

  @Override
  public void pack(FloatMatrix w, int fromUnit, int toUnit, FloatMatrix panels) {
    ScalarNetwork.pack(w, fromUnit, toUnit, panels, scratch.get());
  }

  @Override
  public void outputs(
      FloatMatrix panels, FloatMatrix biases, FloatMatrix a, int from, int to, FloatMatrix z) {
    ScalarNetwork.outputs(panels, biases, a, from, to, z, scratch.get());
  }

  @Override
  public void deltas(FloatMatrix w, FloatMatrix e, int from, int to, FloatMatrix t) {
    ScalarNetwork.deltas(w, e, from, to, t, scratch.get());
  }

  @Override
  public void slopes(
      FloatMatrix a, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    float[] errors = scratch.get().third(to - from);
    for (int k = 0; k < g.columns(); k++) {
      for (int j = from; j < to; j++) {
        errors[j - from] = e.segment().get(JAVA_FLOAT, e.columnOffset(j) + bytes(k));
      }
      gradient(a, from, to, errors, fromRow, toRow, g, k);
    }
  }

  @Override
  public void sums(FloatMatrix e, int from, int to, double[] sums, int first) {
    ScalarNetwork.sums(e, from, to, sums, first, scratch.get());
  }

  @Override
  public void product(FloatMatrix f, int from, int to, FloatMatrix e) {
    ScalarNetwork.apply(f, from, to, e, (factor, error) -> error * factor, scratch.get());
  }

  @Override
  public void relu(FloatMatrix z, int from, int to) {
    ScalarNetwork.apply(z, from, to, x -> Math.max(x, 0f), scratch.get());
  }

  @Override
  public void reluSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    ScalarNetwork.apply(a, from, to, e, ScalarKernels::keptByRelu, scratch.get());
  }

  // By bits, as vectors do it without a mask.
  private static float keptByRelu(float a, float e) {
    int above = -Float.floatToRawIntBits(a) >> FunctionConstants.SIGN_SHIFT;
    return Float.intBitsToFloat(Float.floatToRawIntBits(e) & above);
  }

  @Override
  public void tanh(FloatMatrix z, int from, int to) {
    ScalarNetwork.apply(z, from, to, Functions::tanh, scratch.get());
  }

  @Override
  public void tanhSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    ScalarNetwork.apply(a, from, to, e, (x, error) -> error * Math.fma(-x, x, 1f), scratch.get());
  }

  @Override
  public void sigmoids(FloatMatrix z, int from, int to) {
    ScalarNetwork.apply(z, from, to, Functions::sigmoid, scratch.get());
  }

  @Override
  public void sigmoidSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    ScalarNetwork.apply(a, from, to, e, (x, error) -> error * Math.fma(-x, x, x), scratch.get());
  }

  @Override
  public void update(FloatMatrix w, float step, FloatMatrix g, int fromRow, int toRow) {
    Scratch arrays = scratch.get();
    float[] ws = arrays.first(toRow - fromRow);
    float[] gs = arrays.second(toRow - fromRow);
    for (int k = 0; k < w.columns(); k++) {
      read(w, k, fromRow, toRow, ws);
      read(g, k, fromRow, toRow, gs);
      for (int i = 0; i < toRow - fromRow; i++) {
        ws[i] = Math.fma(step, gs[i], ws[i]);
      }
      write(ws, w, k, fromRow, toRow);
    }
  }

  @Override
  public void update(
      FloatMatrix w, float shrink, float step, FloatMatrix g, int fromRow, int toRow) {
    Scratch arrays = scratch.get();
    float[] ws = arrays.first(toRow - fromRow);
    float[] gs = arrays.second(toRow - fromRow);
    for (int k = 0; k < w.columns(); k++) {
      read(w, k, fromRow, toRow, ws);
      read(g, k, fromRow, toRow, gs);
      for (int i = 0; i < toRow - fromRow; i++) {
        ws[i] = Math.fma(step, gs[i], shrink * ws[i]);
      }
      write(ws, w, k, fromRow, toRow);
    }
  }

  @Override
  public void softThreshold(FloatMatrix w, float t, int fromRow, int toRow) {
    float[] ws = scratch.get().first(toRow - fromRow);
    for (int k = 0; k < w.columns(); k++) {
      read(w, k, fromRow, toRow, ws);
      for (int i = 0; i < toRow - fromRow; i++) {
        ws[i] = Functions.softThreshold(ws[i], t);
      }
      write(ws, w, k, fromRow, toRow);
    }
  }

  @Override
  public void updateSquares(
      FloatMatrix v, float keep, float add, FloatMatrix g, int fromRow, int toRow) {
    Scratch arrays = scratch.get();
    float[] vs = arrays.first(toRow - fromRow);
    float[] gs = arrays.second(toRow - fromRow);
    for (int k = 0; k < v.columns(); k++) {
      read(v, k, fromRow, toRow, vs);
      read(g, k, fromRow, toRow, gs);
      for (int i = 0; i < toRow - fromRow; i++) {
        vs[i] = Math.fma(add * gs[i], gs[i], keep * vs[i]);
      }
      write(vs, v, k, fromRow, toRow);
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
    Scratch arrays = scratch.get();
    float[] ws = arrays.first(toRow - fromRow);
    float[] us = arrays.second(toRow - fromRow);
    float[] vs = arrays.third(toRow - fromRow);
    for (int k = 0; k < w.columns(); k++) {
      read(w, k, fromRow, toRow, ws);
      read(u, k, fromRow, toRow, us);
      read(v, k, fromRow, toRow, vs);
      for (int i = 0; i < toRow - fromRow; i++) {
        // A root in double, rounded to float, is the float's root with one rounding.
        float root = (float) Math.sqrt(vs[i]) + epsilon;
        ws[i] = Functions.softThreshold(Math.fma(step / root, us[i], ws[i]), t / root);
      }
      write(ws, w, k, fromRow, toRow);
    }
  }

  @Override
  public void scale(FloatMatrix v, float factor, int fromRow, int toRow) {
    float[] values = scratch.get().first(toRow - fromRow);
    for (int k = 0; k < v.columns(); k++) {
      read(v, k, fromRow, toRow, values);
      for (int i = 0; i < toRow - fromRow; i++) {
        values[i] *= factor;
      }
      write(values, v, k, fromRow, toRow);
    }
  }

  private static void read(FloatMatrix v, int from, int to, float[] values) {
    read(v, 0, from, to, values);
  }

  private static void read(FloatMatrix v, int column, int from, int to, float[] values) {
    long offset = v.columnOffset(column) + bytes(from);
    MemorySegment.copy(v.segment(), JAVA_FLOAT, offset, values, 0, to - from);
  }

  private static void write(float[] values, FloatMatrix v, int from, int to) {
    write(values, v, 0, from, to);
  }

  private static void write(float[] values, FloatMatrix v, int column, int from, int to) {
    long offset = v.columnOffset(column) + bytes(from);
    MemorySegment.copy(values, 0, v.segment(), JAVA_FLOAT, offset, to - from);
  }

  private static long bytes(int floats) {
    return (long) floats * Float.BYTES;
  }
}
