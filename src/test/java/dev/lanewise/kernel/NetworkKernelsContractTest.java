// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels of networks against section 21 of the contract on plain arrays, bit for bit. */
@Tag("widths")
class NetworkKernelsContractTest {

  private static final int SECTION = 256;

  static List<Kernels> kernels() {
    return AllKernels.all();
  }

  /** A layer, some samples, and ranges of both. */
  private record Case(
      Kernels kernels, Kind kind, HostileNumbers numbers, int inputs, int units, int m) {

    int from() {
      return m / 3;
    }

    int to() {
      return m - m / 5;
    }

    String what() {
      return kernels.name() + kernels.lanes() + " " + inputs + " x " + units + " " + m + " " + kind;
    }

    float[][] draw(int columns, int rows) {
      return numbers.samples(columns, rows, kind);
    }
  }

  private interface Check {
    void run(Case c, Arena arena);
  }

  private static void forEachCase(Kernels kernels, Check check) {
    boolean fast = AllKernels.isNative(kernels);
    for (int seed = 0; seed < (fast ? 40 : 5); seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      run(
          check,
          new Case(
              kernels,
              numbers.kind(),
              numbers,
              numbers.between(1, fast ? 90 : 30),
              numbers.between(1, fast ? 90 : 30),
              numbers.between(1, fast ? 40 : 12)));
    }
    // Around the ends of sections, and tiles of all widths.
    for (int size : fast ? new int[] {255, 256, 257, 512, 530} : new int[] {257}) {
      HostileNumbers numbers = new HostileNumbers(size);
      run(check, new Case(kernels, Kind.SPREAD, numbers, size, 37, 9));
      run(check, new Case(kernels, Kind.SIGNED, numbers, 37, size, 9));
      run(check, new Case(kernels, Kind.PIXELS, numbers, 20, 5, size));
    }
  }

  private static void run(Check check, Case c) {
    try (Arena arena = Arena.ofConfined()) {
      check.run(c, arena);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void outputs(Kernels kernels) {
    forEachCase(
        kernels,
        (c, arena) -> {
          float[][] w = c.draw(c.units, c.inputs);
          float[] b = c.numbers.floats(c.units, c.kind);
          float[][] a = c.draw(c.m, c.inputs);
          float[][] z = c.draw(c.m, c.units);
          FloatMatrix panels = c.kernels.panels(Workspace.of(arena), c.inputs, c.units);
          FloatMatrix weights = matrix(arena, w);
          int middle = c.units / 2;
          c.kernels.pack(weights, 0, middle, panels);
          c.kernels.pack(weights, middle, c.units, panels);
          FloatMatrix result = matrix(arena, z);
          c.kernels.outputs(
              panels, FloatMatrix.vector(arena, b), matrix(arena, a), c.from(), c.to(), result);
          for (int j = c.from(); j < c.to(); j++) {
            for (int k = 0; k < c.units; k++) {
              float sum = b[k];
              for (int s = 0; s < c.inputs; s += SECTION) {
                sum += section(w[k], a[j], s);
              }
              z[j][k] = sum;
            }
          }
          check(c, result, z);
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void deltas(Kernels kernels) {
    forEachCase(
        kernels,
        (c, arena) -> {
          float[][] w = c.draw(c.units, c.inputs);
          float[][] e = c.draw(c.m, c.units);
          float[][] t = c.draw(c.m, c.inputs);
          FloatMatrix result = matrix(arena, t);
          c.kernels.deltas(matrix(arena, w), matrix(arena, e), c.from(), c.to(), result);
          for (int j = c.from(); j < c.to(); j++) {
            for (int i = 0; i < c.inputs; i++) {
              float[] row = new float[c.units];
              for (int k = 0; k < c.units; k++) {
                row[k] = w[k][i];
              }
              float sum = section(row, e[j], 0);
              for (int s = SECTION; s < c.units; s += SECTION) {
                sum += section(row, e[j], s);
              }
              t[j][i] = sum;
            }
          }
          check(c, result, t);
        });
  }

  private static float section(float[] a, float[] b, int first) {
    float part = 0;
    for (int i = first; i < Math.min(a.length, first + SECTION); i++) {
      part = Math.fma(a[i], b[i], part);
    }
    return part;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void slopes(Kernels kernels) {
    forEachCase(
        kernels,
        (c, arena) -> {
          float[][] a = c.draw(c.m, c.inputs);
          float[][] e = c.draw(c.m, c.units);
          float[][] g = c.draw(c.units, c.inputs);
          FloatMatrix result = matrix(arena, g);
          int fromRow = result.paddedRows() / 48 * 16;
          int toRow = result.paddedRows() - result.paddedRows() / 64 * 16;
          c.kernels.slopes(
              matrix(arena, a), c.from(), c.to(), matrix(arena, e), fromRow, toRow, result);
          for (int k = 0; k < c.units; k++) {
            for (int i = fromRow; i < Math.min(toRow, c.inputs); i++) {
              for (int j = c.from(); j < c.to(); j++) {
                g[k][i] = Math.fma(a[j][i], e[j][k], g[k][i]);
              }
            }
          }
          check(c, result, g);
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sums(Kernels kernels) {
    forEachCase(
        kernels,
        (c, arena) -> {
          float[][] e = c.draw(c.m, c.units);
          double[] sums = new double[c.units + 7];
          Arrays.fill(sums, -1);
          double[] expected = sums.clone();
          c.kernels.sums(matrix(arena, e), c.from(), c.to(), sums, 3);
          for (int k = 0; k < c.units; k++) {
            double sum = 0;
            for (int j = c.from(); j < c.to(); j++) {
              sum += e[j][k];
            }
            expected[3 + k] = sum;
          }
          assertThat(Arrays.stream(sums).mapToLong(Double::doubleToRawLongBits).toArray())
              .as(c.what())
              .isEqualTo(Arrays.stream(expected).mapToLong(Double::doubleToRawLongBits).toArray());
        });
  }

  /** A function of z in its place. */
  private interface Applied {
    void to(FloatMatrix z, int from, int to);
  }

  private interface Function {
    float of(float z);
  }

  private static void activation(Kernels kernels, Applied applied, Function function) {
    forEachCase(
        kernels,
        (c, arena) -> {
          float[][] z = c.draw(c.m, c.units);
          FloatMatrix result = matrix(arena, z);
          applied.to(result, c.from(), c.to());
          for (int j = c.from(); j < c.to(); j++) {
            for (int k = 0; k < c.units; k++) {
              z[j][k] = function.of(z[j][k]);
            }
          }
          check(c, result, z);
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void relu(Kernels kernels) {
    activation(kernels, kernels::relu, z -> z > 0 ? z : 0f);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void tanh(Kernels kernels) {
    activation(kernels, kernels::tanh, ContractFunctions::tanh);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sigmoids(Kernels kernels) {
    activation(kernels, kernels::sigmoids, ContractFunctions::sigmoid);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void activationsKeepNaN(Kernels kernels) {
    try (Arena arena = Arena.ofConfined()) {
      for (float nan : new float[] {Float.NaN, Float.intBitsToFloat(0xffc00001)}) {
        float[][] z = new float[2][19];
        for (float[] column : z) {
          Arrays.fill(column, nan);
        }
        for (Applied applied : List.<Applied>of(kernels::relu, kernels::tanh, kernels::sigmoids)) {
          FloatMatrix result = matrix(arena, z);
          applied.to(result, 0, 2);
          for (int k = 0; k < 19; k++) {
            assertThat(result.get(k, 1)).as(kernels.name() + kernels.lanes()).isNaN();
          }
        }
      }
    }
  }

  /** What multiplies errors with slopes. */
  private interface Sloped {
    void to(FloatMatrix a, int from, int to, FloatMatrix e);
  }

  private interface Slope {
    float of(float a, float e);
  }

  private static void slope(Kernels kernels, Function range, Sloped sloped, Slope slope) {
    forEachCase(
        kernels,
        (c, arena) -> {
          float[][] a = c.draw(c.m, c.units);
          for (float[] column : a) {
            for (int k = 0; k < column.length; k++) {
              column[k] = range.of(column[k]);
            }
          }
          float[][] e = c.draw(c.m, c.units);
          FloatMatrix result = matrix(arena, e);
          sloped.to(matrix(arena, a), c.from(), c.to(), result);
          for (int j = c.from(); j < c.to(); j++) {
            for (int k = 0; k < c.units; k++) {
              e[j][k] = slope.of(a[j][k], e[j][k]);
            }
          }
          check(c, result, e);
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void reluSlope(Kernels kernels) {
    slope(kernels, a -> a > 0 ? a : 0f, kernels::reluSlope, (a, e) -> a > 0 ? e : 0f);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void tanhSlope(Kernels kernels) {
    slope(kernels, ContractFunctions::tanh, kernels::tanhSlope, (a, e) -> e * Math.fma(-a, a, 1f));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sigmoidSlope(Kernels kernels) {
    slope(
        kernels,
        ContractFunctions::sigmoid,
        kernels::sigmoidSlope,
        (a, e) -> e * Math.fma(-a, a, a));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void product(Kernels kernels) {
    slope(kernels, a -> a, kernels::product, (a, e) -> e * a);
  }

  private static FloatMatrix matrix(Arena arena, float[][] columns) {
    FloatMatrix matrix = FloatMatrix.allocate(arena, columns[0].length, columns.length);
    for (int j = 0; j < columns.length; j++) {
      matrix.setColumn(j, columns[j]);
    }
    return matrix;
  }

  /** Compares all bits, also of what must not change, and that padding is a zero. */
  private static void check(Case c, FloatMatrix found, float[][] expected) {
    for (int j = 0; j < expected.length; j++) {
      for (int i = 0; i < found.paddedRows(); i++) {
        long offset = found.columnOffset(j) + (long) i * Float.BYTES;
        float value = found.segment().get(ValueLayout.JAVA_FLOAT, offset);
        float right = i < found.rows() ? expected[j][i] : 0f;
        boolean same =
            i < found.rows()
                ? Float.floatToIntBits(value) == Float.floatToIntBits(right)
                : value == 0f;
        if (!same) {
          assertThat(value).as("%s, row %d of column %d", c.what(), i, j).isEqualTo(right);
          throw new AssertionError(c.what() + ": a zero of the other sign");
        }
      }
    }
  }
}
