// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One product of a layer of a network: equation (1) of all its units, the errors that they send
 * back, or the terms of the gradient. Block after block, as in training.
 */
public class NetworkLayer extends KernelBenchmark {

  /** Elements of a result that the reference computes, by rows and by columns. */
  private static final int SOME = 16;

  /** Features and samples. */
  @Param("784x256")
  public String shape;

  /** How many units there are. */
  @Param("128")
  public int units;

  /** Which product. */
  @Param({"outputs", "deltas", "slopes", "pack"})
  public String product;

  private Kernels kernels;
  private Arena arena;
  private Dataset data;
  private FloatMatrix x;
  private FloatMatrix w;
  private FloatMatrix bias;
  private FloatMatrix panels;
  private FloatMatrix e;
  private FloatMatrix z;
  private FloatMatrix t;
  private FloatMatrix g;

  /** Called by JMH. */
  public NetworkLayer() {}

  /** Makes the layer, and verifies its results. */
  @Setup
  public void setUp() {
    kernels = timed();
    arena = Arena.ofShared();
    data = Pixels.floats(Shape.of(shape));
    x = Pixels.floats(data);
    int m = x.columns();
    w = FloatMatrix.allocate(arena, x.rows(), units);
    bias = FloatMatrix.allocate(arena, units, 1);
    e = FloatMatrix.allocate(arena, units, m);
    for (int k = 0; k < units; k++) {
      bias.set(k, 0, k * 0.125f);
      for (int i = 0; i < x.rows(); i++) {
        w.set(i, k, ((i * 31 + k * 17) % 101 - 50) * 0.001f);
      }
      for (int j = 0; j < m; j++) {
        e.set(k, j, ((j * 13 + k * 7) % 67 - 33) * 0.01f);
      }
    }
    allocate(kernels);
    verify();
  }

  private void allocate(Kernels some) {
    panels = some.panels(Workspace.of(arena), x.rows(), units);
    z = FloatMatrix.allocate(arena, units, x.columns());
    t = FloatMatrix.allocate(arena, x.rows(), x.columns());
    g = FloatMatrix.allocate(arena, x.rows(), units);
  }

  private void verify() {
    all(kernels);
    FloatMatrix outputs = z;
    FloatMatrix deltas = t;
    FloatMatrix slopes = g;
    FloatMatrix ofTimed = panels;
    allocate(counterpart());
    all(counterpart());
    for (int j = 0; j < x.columns(); j++) {
      Verify.sameBits("z", outputs.column(j), z.column(j));
      Verify.sameBits("t", deltas.column(j), t.column(j));
    }
    for (int k = 0; k < units; k++) {
      Verify.sameBits("g", slopes.column(k), g.column(k));
    }
    panels = ofTimed;
    reference();
  }

  private void all(Kernels some) {
    some.pack(w, 0, w.columns(), panels);
    outputs(some);
    deltas(some);
    slopes(some);
  }

  /** Sums in double, of some samples and units. */
  private void reference() {
    for (int j : Verify.some(x.columns(), SOME)) {
      for (int k : Verify.some(units, SOME)) {
        double sum = bias.get(k, 0);
        double sizes = Math.abs(sum);
        for (int i = 0; i < x.rows(); i++) {
          double term = (double) w.get(i, k) * x.get(i, j);
          sum += term;
          sizes += Math.abs(term);
        }
        Verify.close("z", sum, z.get(k, j), (x.rows() + 2) * Verify.ROUNDING * sizes);
      }
      for (int i : Verify.some(x.rows(), SOME)) {
        double sum = 0;
        double sizes = 0;
        for (int k = 0; k < units; k++) {
          double term = (double) w.get(i, k) * e.get(k, j);
          sum += term;
          sizes += Math.abs(term);
        }
        Verify.close("t", sum, t.get(i, j), (units + 2) * Verify.ROUNDING * sizes);
      }
    }
    for (int i : Verify.some(x.rows(), SOME)) {
      for (int k : Verify.some(units, SOME)) {
        double sum = 0;
        double sizes = 0;
        for (int j = 0; j < x.columns(); j++) {
          double term = (double) x.get(i, j) * e.get(k, j);
          sum += term;
          sizes += Math.abs(term);
        }
        Verify.close("g", sum, g.get(i, k), (x.columns() + 2) * Verify.ROUNDING * sizes);
      }
    }
  }

  private void outputs(Kernels some) {
    for (int j = 0, end; j < x.columns(); j = end) {
      end = Math.min(x.columns() - j, Hessian.BLOCK) + j;
      some.outputs(panels, bias, x, j, end, z);
    }
  }

  private void deltas(Kernels some) {
    for (int j = 0, end; j < x.columns(); j = end) {
      end = Math.min(x.columns() - j, Hessian.BLOCK) + j;
      some.deltas(w, e, j, end, t);
    }
  }

  private void slopes(Kernels some) {
    g.clear();
    for (int j = 0, end; j < x.columns(); j = end) {
      end = Math.min(x.columns() - j, Hessian.BLOCK) + j;
      some.slopes(x, j, end, e, 0, x.paddedRows(), g);
    }
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    arena.close();
    data.close();
  }

  /**
   * What is timed.
   *
   * @return the product
   */
  @Benchmark
  public FloatMatrix networkLayer() {
    switch (product) {
      case "outputs" -> outputs(kernels);
      case "deltas" -> deltas(kernels);
      case "slopes" -> slopes(kernels);
      case "pack" -> kernels.pack(w, 0, w.columns(), panels);
      default -> throw new IllegalArgumentException("there is no product '" + product + "'");
    }
    return g;
  }
}
