// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * Products in double precision in scalar code: four rows meet four columns, so that each number
 * that is read serves several sums, and no addition waits for the one before. Missing columns at an
 * edge repeat the last.
 */
final class ScalarDoubles implements DoubleKernels {

  private static final int HEIGHT = 4;
  private static final int COLUMNS = 4;

  @Override
  public void addProduct(
      DoubleView a, DoubleView v, int terms, int from, int to, int columns, DoubleView out) {
    for (int row = from; row < to; row += HEIGHT) {
      for (int first = 0; first < terms; first += SECTION) {
        int count = Math.min(SECTION, terms - first);
        for (int k = 0; k < columns; k += COLUMNS) {
          tile(a, row, v, k, first, count, Math.min(COLUMNS, columns - k) - 1, out);
        }
      }
    }
  }

  private static void tile(
      DoubleView a,
      int row,
      DoubleView v,
      int column,
      int first,
      int count,
      int last,
      DoubleView out) {
    double[] as = a.values();
    double[] vs = v.values();
    int aStep = a.columnStep();
    int vStep = v.rowStep();
    int ao = a.index(row, first);
    int vo = v.index(first, column);
    int c1 = Math.min(1, last) * v.columnStep();
    int c2 = Math.min(2, last) * v.columnStep();
    int c3 = last * v.columnStep();
    double s00 = 0;
    double s10 = 0;
    double s20 = 0;
    double s30 = 0;
    double s01 = 0;
    double s11 = 0;
    double s21 = 0;
    double s31 = 0;
    double s02 = 0;
    double s12 = 0;
    double s22 = 0;
    double s32 = 0;
    double s03 = 0;
    double s13 = 0;
    double s23 = 0;
    double s33 = 0;
    for (int i = 0; i < count; i++) {
      double a0 = as[ao];
      double a1 = as[ao + 1];
      double a2 = as[ao + 2];
      double a3 = as[ao + 3];
      double v0 = vs[vo];
      s00 = Math.fma(a0, v0, s00);
      s10 = Math.fma(a1, v0, s10);
      s20 = Math.fma(a2, v0, s20);
      s30 = Math.fma(a3, v0, s30);
      double v1 = vs[vo + c1];
      s01 = Math.fma(a0, v1, s01);
      s11 = Math.fma(a1, v1, s11);
      s21 = Math.fma(a2, v1, s21);
      s31 = Math.fma(a3, v1, s31);
      double v2 = vs[vo + c2];
      s02 = Math.fma(a0, v2, s02);
      s12 = Math.fma(a1, v2, s12);
      s22 = Math.fma(a2, v2, s22);
      s32 = Math.fma(a3, v2, s32);
      double v3 = vs[vo + c3];
      s03 = Math.fma(a0, v3, s03);
      s13 = Math.fma(a1, v3, s13);
      s23 = Math.fma(a2, v3, s23);
      s33 = Math.fma(a3, v3, s33);
      ao += aStep;
      vo += vStep;
    }
    double[] result = out.values();
    int o = out.index(row, column);
    for (int k = 0; k <= last; k++) {
      result[o] += s00;
      result[o + 1] += s10;
      result[o + 2] += s20;
      result[o + 3] += s30;
      s00 = s01;
      s10 = s11;
      s20 = s21;
      s30 = s31;
      s01 = s02;
      s11 = s12;
      s21 = s22;
      s31 = s32;
      s02 = s03;
      s12 = s13;
      s22 = s23;
      s32 = s33;
      o += out.columnStep();
    }
  }
}
