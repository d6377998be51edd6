// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.DoubleView;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products in double precision on vectors of 2, 4 or 8 doubles, of rows that follow one another.
 *
 * <p>Three vectors of rows meet four columns: twelve running sums, which with a vector each of the
 * three and one factor are what 16 registers hold. Missing ones at an edge repeat the last, and
 * write the same again.
 */
final class SimdDoubles implements DoubleKernels {

  static final VectorSpecies<Double> SPECIES = Lanes.SPECIES.withLanes(double.class);
  private static final int WIDTH = SPECIES.length();
  private static final int HEIGHT = 3 * WIDTH;
  private static final int COLUMNS = 4;

  @Override
  public void addProduct(
      DoubleView a, DoubleView v, int terms, int from, int to, int columns, DoubleView out) {
    for (int row = from; row < to; row += HEIGHT) {
      int row1 = Math.min(row + WIDTH, to - WIDTH) - row;
      int row2 = Math.min(row + 2 * WIDTH, to - WIDTH) - row;
      for (int first = 0; first < terms; first += SECTION) {
        int count = Math.min(SECTION, terms - first);
        for (int k = 0; k < columns; k += COLUMNS) {
          tile(
              a.values(),
              a.index(row, first),
              row1,
              row2,
              a.columnStep(),
              v.values(),
              v.index(first, k),
              v.rowStep(),
              v.columnStep(),
              Math.min(COLUMNS, columns - k) - 1,
              count,
              out.values(),
              out.index(row, k),
              out.columnStep());
        }
      }
    }
  }

  private static void tile(
      double[] a,
      int aFirst,
      int row1,
      int row2,
      int aStep,
      double[] v,
      int vFirst,
      int vStep,
      int vColumn,
      int last,
      int count,
      double[] out,
      int outFirst,
      int outColumn) {
    int c1 = Math.min(1, last) * vColumn;
    int c2 = Math.min(2, last) * vColumn;
    int c3 = last * vColumn;
    DoubleVector s00 = DoubleVector.zero(SPECIES);
    DoubleVector s10 = DoubleVector.zero(SPECIES);
    DoubleVector s20 = DoubleVector.zero(SPECIES);
    DoubleVector s01 = DoubleVector.zero(SPECIES);
    DoubleVector s11 = DoubleVector.zero(SPECIES);
    DoubleVector s21 = DoubleVector.zero(SPECIES);
    DoubleVector s02 = DoubleVector.zero(SPECIES);
    DoubleVector s12 = DoubleVector.zero(SPECIES);
    DoubleVector s22 = DoubleVector.zero(SPECIES);
    DoubleVector s03 = DoubleVector.zero(SPECIES);
    DoubleVector s13 = DoubleVector.zero(SPECIES);
    DoubleVector s23 = DoubleVector.zero(SPECIES);
    int ao = aFirst;
    int vo = vFirst;
    for (int i = 0; i < count; i++) {
      DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, ao);
      DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, ao + row1);
      DoubleVector a2 = DoubleVector.fromArray(SPECIES, a, ao + row2);
      DoubleVector v0 = DoubleVector.broadcast(SPECIES, v[vo]);
      s00 = a0.fma(v0, s00);
      s10 = a1.fma(v0, s10);
      s20 = a2.fma(v0, s20);
      DoubleVector v1 = DoubleVector.broadcast(SPECIES, v[vo + c1]);
      s01 = a0.fma(v1, s01);
      s11 = a1.fma(v1, s11);
      s21 = a2.fma(v1, s21);
      DoubleVector v2 = DoubleVector.broadcast(SPECIES, v[vo + c2]);
      s02 = a0.fma(v2, s02);
      s12 = a1.fma(v2, s12);
      s22 = a2.fma(v2, s22);
      DoubleVector v3 = DoubleVector.broadcast(SPECIES, v[vo + c3]);
      s03 = a0.fma(v3, s03);
      s13 = a1.fma(v3, s13);
      s23 = a2.fma(v3, s23);
      ao += aStep;
      vo += vStep;
    }
    // A loop, as in SimdColumns: twelve loads and stores are more than the compiler inlines. All
    // rows are read before one is written, since rows may be repeated.
    int o = outFirst;
    for (int k = 0; k <= last; k++) {
      DoubleVector o0 = DoubleVector.fromArray(SPECIES, out, o).add(s00);
      DoubleVector o1 = DoubleVector.fromArray(SPECIES, out, o + row1).add(s10);
      DoubleVector o2 = DoubleVector.fromArray(SPECIES, out, o + row2).add(s20);
      o0.intoArray(out, o);
      o1.intoArray(out, o + row1);
      o2.intoArray(out, o + row2);
      s00 = s01;
      s10 = s11;
      s20 = s21;
      s01 = s02;
      s11 = s12;
      s21 = s22;
      s02 = s03;
      s12 = s13;
      s22 = s23;
      o += outColumn;
    }
  }
}
