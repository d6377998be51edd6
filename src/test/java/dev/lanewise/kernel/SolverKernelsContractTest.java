// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernels that go through vectors element by element, each implementation against the contract
 * on plain numbers: bit for bit, on ranges, on several columns.
 */
@Tag("widths")
class SolverKernelsContractTest {

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    88f,
    -88f,
    104f,
    -104f
  };

  static Stream<Kernels> kernels() {
    return AllKernels.all().stream();
  }

  private static int cases(Kernels kernels) {
    return AllKernels.isNative(kernels) ? 100 : 15;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void curvatureGivesTheBitsOfTheContract(Kernels kernels) {
    for (int seed = 0; seed < cases(kernels); seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      Matrices all = new Matrices(numbers, 1);
      float[] scaled = all.left[0].clone();
      for (int j = 0; j < scaled.length; j++) {
        scaled[j] *= 20;
      }
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix z = matrix(arena, scaled);
        FloatMatrix d = matrix(arena, all.right);
        kernels.curvature(z, all.from, all.to, d);
        float[][] expected = {all.right[0].clone()};
        for (int j = all.from; j < all.to; j++) {
          expected[0][j] = ContractOracle.curvature(scaled[j]);
        }
        assertBits("curvature, seed " + seed, d, expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void multiplyGivesTheBitsOfTheContract(Kernels kernels) {
    for (int seed = 0; seed < cases(kernels); seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      Matrices all = new Matrices(numbers, numbers.between(1, 4));
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix v = matrix(arena, all.left);
        kernels.multiply(v, matrix(arena, all.right[0]), all.from, all.to);
        float[][] expected = all.expected((x, y) -> x * y, all.right[0]);
        assertBits("multiply, seed " + seed, v, expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void vectorsAreMovedByTheContract(Kernels kernels) {
    for (int seed = 0; seed < cases(kernels); seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      Matrices all = new Matrices(numbers, numbers.between(1, 4));
      all.alignRows();
      float step = numbers.floats(1, Kind.SIGNED)[0];
      float shrink = 1 - Math.abs(numbers.floats(1, Kind.SIGNED)[0]);
      String what = ", seed " + seed;
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix g = matrix(arena, all.right);

        FloatMatrix w = matrix(arena, all.left);
        kernels.update(w, step, g, all.from, all.to);
        assertBits("update" + what, w, all.expected((x, y) -> Math.fma(step, y, x)));

        w = matrix(arena, all.left);
        kernels.update(w, shrink, step, g, all.from, all.to);
        assertBits("shrink" + what, w, all.expected((x, y) -> Math.fma(step, y, shrink * x)));

        w = matrix(arena, all.left);
        kernels.update(w, 1f, step, g, all.from, all.to);
        assertBits("shrink by 1" + what, w, all.expected((x, y) -> Math.fma(step, y, x)));

        w = matrix(arena, all.left);
        kernels.scale(w, step, all.from, all.to);
        assertBits("scale" + what, w, all.expected((x, y) -> step * x));

        w = matrix(arena, all.left);
        float t = Math.abs(step);
        kernels.softThreshold(w, t, all.from, all.to);
        float[][] thresholded = all.expected((x, y) -> ContractOracle.softThreshold(x, t));
        assertBits("threshold" + what, w, thresholded);

        w = matrix(arena, all.left);
        int column = numbers.between(0, all.left.length - 1);
        kernels.add(w, g, all.from, all.to, column, column + 1);
        float[][] added = all.left.clone();
        added[column] = all.expected((x, y) -> x + y)[column];
        assertBits("add" + what, w, added);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void stepsWithAMemoryOfSquaresAreThoseOfTheContract(Kernels kernels) {
    for (int seed = 0; seed < cases(kernels); seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      Matrices all = new Matrices(numbers, numbers.between(1, 4));
      all.alignRows();
      float[] factors = numbers.floats(4, Kind.SIGNED);
      float keep = Math.abs(factors[0]);
      float add = 1 - keep;
      String what = ", seed " + seed;
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix g = matrix(arena, all.right);
        FloatMatrix v = matrix(arena, all.left);
        kernels.updateSquares(v, keep, add, g, all.from, all.to);
        assertBits(
            "squares" + what, v, all.expected((x, y) -> ContractOracle.squares(x, keep, add, y)));

        float step = factors[1];
        float epsilon = Math.abs(factors[2]) + 0x1p-40f;
        // Columns of squares: of what is left alone no root is taken.
        float[][] u = numbers.samples(all.left.length, all.left[0].length, numbers.kind());
        float[][] squares = new float[all.right.length][];
        for (int k = 0; k < squares.length; k++) {
          squares[k] = all.right[k].clone();
          for (int i = 0; i < squares[k].length; i++) {
            squares[k][i] = Math.abs(squares[k][i]);
          }
        }
        for (float t : new float[] {0, Math.abs(factors[3])}) {
          FloatMatrix w = matrix(arena, all.left);
          kernels.adaptiveStep(
              w, step, t, epsilon, matrix(arena, u), matrix(arena, squares), all.from, all.to);
          float[][] expected = new float[u.length][];
          for (int k = 0; k < u.length; k++) {
            expected[k] = all.left[k].clone();
            for (int i = all.from; i < Math.min(all.to, u[k].length); i++) {
              expected[k][i] =
                  ContractOracle.adaptiveStep(
                      all.left[k][i], step, t, epsilon, u[k][i], squares[k][i]);
            }
          }
          assertBits("adaptive" + what, w, expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void thresholdsKeepWhatTheyMust(Kernels kernels) {
    for (float t : new float[] {0f, Float.MIN_VALUE, 0.5f, 1f, Float.MAX_VALUE}) {
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix w = matrix(arena, SPECIAL);
        kernels.softThreshold(w, t, 0, w.paddedRows());
        float[][] expected = {SPECIAL.clone()};
        for (int i = 0; i < SPECIAL.length; i++) {
          expected[0][i] = ContractOracle.softThreshold(SPECIAL[i], t);
        }
        assertBits("threshold " + t, w, expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void curvatureIsRightWhereItIsExtreme(Kernels kernels) {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix z = matrix(arena, SPECIAL);
      FloatMatrix d = FloatMatrix.allocate(arena, SPECIAL.length, 1);
      kernels.curvature(z, 0, SPECIAL.length, d);
      float[][] expected = {new float[SPECIAL.length]};
      for (int j = 0; j < SPECIAL.length; j++) {
        expected[0][j] = ContractOracle.curvature(SPECIAL[j]);
        double a = UlpError.sigmoid(SPECIAL[j]);
        double b = UlpError.sigmoid(-(double) SPECIAL[j]);
        // Two functions of 1.12 ulp each, in units of a float that may be half as large, a product.
        double error = UlpError.of(expected[0][j], a * b);
        assertThat(Double.isNaN(a) || error <= 5).as(SPECIAL[j] + ": " + error).isTrue();
      }
      assertBits("curvature", d, expected);
    }
  }

  /** Two matrices of one shape, and a range of their rows. */
  private static final class Matrices {

    final float[][] left;
    final float[][] right;
    int from;
    int to;

    Matrices(HostileNumbers numbers, int columns) {
      int rows = numbers.between(1, 300);
      Kind kind = numbers.kind();
      left = numbers.samples(columns, rows, kind);
      right = numbers.samples(columns, rows, kind);
      from = numbers.between(0, rows - 1);
      to = numbers.between(from + 1, rows);
      if (numbers.between(0, 1) == 1) {
        System.arraycopy(SPECIAL, 0, left[0], 0, Math.min(SPECIAL.length, rows));
      }
    }

    /** Ranges of features are multiples of 16. */
    void alignRows() {
      from &= -16;
      to = (to + 15) & -16;
    }

    float[][] expected(BinaryOperator<Float> operator) {
      float[][] expected = new float[left.length][];
      for (int k = 0; k < left.length; k++) {
        expected[k] = expected(operator, left[k], right[k]);
      }
      return expected;
    }

    float[][] expected(BinaryOperator<Float> operator, float[] factor) {
      float[][] expected = new float[left.length][];
      for (int k = 0; k < left.length; k++) {
        expected[k] = expected(operator, left[k], factor);
      }
      return expected;
    }

    private float[] expected(BinaryOperator<Float> operator, float[] x, float[] y) {
      float[] expected = x.clone();
      for (int i = from; i < Math.min(to, x.length); i++) {
        expected[i] = operator.apply(x[i], y[i]);
      }
      return expected;
    }
  }

  private static FloatMatrix matrix(Arena arena, float[]... columns) {
    FloatMatrix matrix = FloatMatrix.allocate(arena, columns[0].length, columns.length);
    for (int k = 0; k < columns.length; k++) {
      matrix.setColumn(k, columns[k]);
    }
    return matrix;
  }

  private static void assertBits(String what, FloatMatrix actual, float[][] expected) {
    for (int k = 0; k < expected.length; k++) {
      float[] values = actual.column(k);
      for (int i = 0; i < values.length; i++) {
        if (Float.floatToIntBits(values[i]) != Float.floatToIntBits(expected[k][i])) {
          assertThat(Float.toHexString(values[i]))
              .as("%s: row %d of column %d", what, i, k)
              .isEqualTo(Float.toHexString(expected[k][i]));
        }
      }
      for (int i = values.length; i < actual.paddedRows(); i++) {
        long offset = actual.columnOffset(k) + (long) i * Float.BYTES;
        float padding = actual.segment().get(ValueLayout.JAVA_FLOAT, offset);
        assertThat(padding).as("%s: padding %d of column %d", what, i, k).isZero();
      }
    }
  }
}
