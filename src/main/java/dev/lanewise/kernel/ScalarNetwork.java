// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Layers of a network in scalar code. Panels are the transposed weights, units x inputs. */
final class ScalarNetwork {

  /** A function of one number. */
  interface Element {
    float apply(float x);
  }

  /** A function of an activation and what is multiplied with its slope. */
  interface Slope {
    float apply(float a, float e);
  }

  private ScalarNetwork() {}

  static void pack(FloatMatrix w, int fromUnit, int toUnit, FloatMatrix panels, Scratch arrays) {
    float[] column = arrays.first(w.rows());
    for (int k = fromUnit; k < toUnit; k++) {
      MemorySegment.copy(w.segment(), JAVA_FLOAT, w.columnOffset(k), column, 0, w.rows());
      for (int i = 0; i < w.rows(); i++) {
        panels.set(k, i, column[i]);
      }
    }
  }

  static void outputs(
      FloatMatrix panels,
      FloatMatrix biases,
      FloatMatrix a,
      int from,
      int to,
      FloatMatrix z,
      Scratch arrays) {
    for (int j = from; j < to; j++) {
      MemorySegment.copy(
          biases.segment(), 0, z.segment(), z.columnOffset(j), bytes(z.paddedRows()));
    }
    for (int s = 0; s < panels.columns(); s += NetworkKernels.SECTION) {
      section(panels, s, a, from, to, z, true, arrays);
    }
  }

  static void deltas(
      FloatMatrix w, FloatMatrix e, int from, int to, FloatMatrix t, Scratch arrays) {
    for (int s = 0; s < w.columns(); s += NetworkKernels.SECTION) {
      section(w, s, e, from, to, t, s > 0, arrays);
    }
  }

  /** result_rj = [result_rj +] the sum of fma(m_rc, v_cj, p) over the columns of a section. */
  private static void section(
      FloatMatrix m,
      int first,
      FloatMatrix v,
      int from,
      int to,
      FloatMatrix result,
      boolean add,
      Scratch arrays) {
    int count = Math.min(NetworkKernels.SECTION, m.columns() - first);
    int rows = m.paddedRows();
    float[] ms = arrays.first(count * rows);
    for (int c = 0; c < count; c++) {
      read(m, first + c, 0, ms, c * rows, rows);
    }
    float[] vs = arrays.second(count);
    float[] sums = arrays.third(2 * rows);
    for (int j = from; j < to; j++) {
      read(v, j, first, vs, 0, count);
      Arrays.fill(sums, 0, rows, 0f);
      for (int c = 0; c < count; c++) {
        SampleSums.of1(ms, c * rows, rows, vs[c], sums);
      }
      if (add) {
        read(result, j, 0, sums, rows, rows);
        for (int r = 0; r < rows; r++) {
          sums[r] = sums[rows + r] + sums[r];
        }
      }
      MemorySegment.copy(sums, 0, result.segment(), JAVA_FLOAT, result.columnOffset(j), rows);
    }
  }

  static void sums(FloatMatrix e, int from, int to, double[] sums, int at, Scratch arrays) {
    int rows = e.rows();
    float[] errors = arrays.first(rows);
    Arrays.fill(sums, at, at + rows, 0.0);
    for (int j = from; j < to; j++) {
      read(e, j, 0, errors, 0, rows);
      for (int k = 0; k < rows; k++) {
        sums[at + k] += errors[k];
      }
    }
  }

  /** Applies a function to all elements; padding stays +0. */
  static void apply(FloatMatrix z, int from, int to, Element function, Scratch arrays) {
    float[] values = arrays.first(z.rows());
    for (int j = from; j < to; j++) {
      read(z, j, 0, values, 0, z.rows());
      for (int k = 0; k < z.rows(); k++) {
        values[k] = function.apply(values[k]);
      }
      MemorySegment.copy(values, 0, z.segment(), JAVA_FLOAT, z.columnOffset(j), z.rows());
    }
  }

  static void apply(
      FloatMatrix a, int from, int to, FloatMatrix e, Slope function, Scratch arrays) {
    float[] values = arrays.first(a.rows());
    float[] errors = arrays.second(a.rows());
    for (int j = from; j < to; j++) {
      read(a, j, 0, values, 0, a.rows());
      read(e, j, 0, errors, 0, a.rows());
      for (int k = 0; k < a.rows(); k++) {
        errors[k] = function.apply(values[k], errors[k]);
      }
      MemorySegment.copy(errors, 0, e.segment(), JAVA_FLOAT, e.columnOffset(j), a.rows());
    }
  }

  private static void read(FloatMatrix m, int column, int row, float[] target, int at, int count) {
    long offset = m.columnOffset(column) + bytes(row);
    MemorySegment.copy(m.segment(), JAVA_FLOAT, offset, target, at, count);
  }

  private static long bytes(int floats) {
    return (long) floats * Float.BYTES;
  }
}
