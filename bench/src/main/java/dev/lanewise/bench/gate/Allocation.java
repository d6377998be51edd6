// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import static dev.lanewise.bench.KernelBenchmark.SIMD;

import dev.lanewise.bench.AfterReading;
import dev.lanewise.bench.Epoch;
import dev.lanewise.bench.NetworkEpoch;
import dev.lanewise.bench.Pixels;
import dev.lanewise.bench.Shape;
import dev.lanewise.bench.Storage;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.TrainingListener;
import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Checks that warm kernel calls and iterations of training allocate nothing: not little, nothing.
 */
public final class Allocation {

  private static final long PATIENCE_MILLIS = 20_000;

  /** So that what allocates in one call of many is found, too. */
  private static final int CALLS = 1000;

  private static final int ITERATIONS = 200;

  /** Padding in a column, and samples that fill no vector. */
  private static final Shape KERNELS = new Shape(1001, 43);

  /** Classes that fill no group of them. */
  private static final int CLASSES = 7;

  /** Units of a hidden layer that fill no tile. */
  private static final int UNITS = 21;

  /** A part of the features, so that a call of a scalar kernel does not take too long. */
  private static final int FEATURES_OF_HESSIAN = 80;

  /** Four blocks of samples: two threads take subtrees. */
  private static final Shape SUBTREES = new Shape(1024, 1000);

  /** One block: two threads share its inside. */
  private static final Shape BLOCK = new Shape(2048, 200);

  private final AllocationCounter counter = new AllocationCounter(PATIENCE_MILLIS);
  private boolean clean = true;

  private Allocation() {}

  /**
   * Checks all. The exit status is 1 if something allocates.
   *
   * @param args the kernels, one kind after the other
   */
  public static void main(String[] args) {
    AfterReading.prepare();
    Allocation allocation = new Allocation();
    for (String kernel : args) {
      allocation.kernels(kernel);
      allocation.epochs(kernel);
    }
    System.exit(allocation.clean ? 0 : 1);
  }

  private void kernels(String name) {
    KernelRequest request = name.equals(SIMD) ? KernelRequest.simd() : KernelRequest.scalar();
    Kernels kernels = KernelChoice.choose(request, warning -> {});
    int d = KERNELS.d();
    int m = KERNELS.m();
    try (Dataset data = Storage.FLOATS.dataset(KERNELS);
        Arena arena = Arena.ofShared()) {
      FloatMatrix x = Pixels.floats(data);
      FloatMatrix w = Pixels.column(arena, d, 0.01f);
      FloatMatrix g = FloatMatrix.allocate(arena, d, 1);
      FloatMatrix z = FloatMatrix.allocate(arena, m, 1);
      FloatMatrix y = FloatMatrix.allocate(arena, m, 1);
      FloatMatrix e = Pixels.column(arena, m, 1f);
      FloatMatrix out = FloatMatrix.allocate(arena, m, 1);
      FloatMatrix products = FloatMatrix.allocate(arena, m, m);
      FloatMatrix scratch = kernels.gramScratch(Workspace.of(arena));
      ByteMatrix bytes = ByteMatrix.allocate(arena, x.rows(), m, Scaling.PIXEL_FACTOR);
      FloatMatrix bias = FloatMatrix.vector(arena, 0.125f);
      calls(name + " forward", () -> kernels.forward(x, 0, m, w, bias, z));
      calls(name + " sigmoid", () -> kernels.sigmoid(z, 0, m, out));
      calls(name + " error", () -> kernels.error(z, y, 0, m, out));
      calls(name + " loss", () -> kernels.loss(z, y, 0, m, out));
      calls(name + " gradient", () -> kernels.gradient(x, 0, m, e, g));
      calls(name + " forward of bytes", () -> kernels.forward(bytes, 0, m, w, bias, z));
      calls(
          name + " gradient of bytes",
          () -> kernels.gradient(bytes, 0, m, e, 0, bytes.paddedRows(), g));
      calls(name + " sum", () -> kernels.sum(e, 0, 0, m));
      calls(name + " add", () -> kernels.add(g, w));
      calls(name + " update", () -> kernels.update(w, -0x1p-20f, g));
      calls(name + " curvature", () -> kernels.curvature(z, 0, m, out));
      calls(name + " multiply", () -> kernels.multiply(out, e, 0, m));
      calls(name + " shrink", () -> kernels.update(w, 1f, -0x1p-20f, g, 0, w.paddedRows()));
      calls(name + " softThreshold", () -> kernels.softThreshold(w, 0f, 0, w.paddedRows()));
      calls(name + " scale", () -> kernels.scale(w, 1f, 0, w.paddedRows()));
      int tile = Kernels.GRAM_SIDE;
      calls(name + " gram", () -> kernels.gram(x, 0, tile, 0, tile, products, scratch));
      hessian(name, kernels, arena, x, e);
      classes(name, kernels, arena, x, y, out);
      network(name, kernels, arena, x);
    }
  }

  private void network(String name, Kernels kernels, Arena arena, FloatMatrix x) {
    int m = x.columns();
    int units = UNITS;
    FloatMatrix w = FloatMatrix.allocate(arena, x.rows(), units);
    FloatMatrix bias = FloatMatrix.allocate(arena, units, 1);
    FloatMatrix z = FloatMatrix.allocate(arena, units, m);
    FloatMatrix e = FloatMatrix.allocate(arena, units, m);
    FloatMatrix t = FloatMatrix.allocate(arena, x.rows(), m);
    FloatMatrix panels = kernels.panels(Workspace.of(arena), x.rows(), units);
    double[] sums = new double[units];
    calls(name + " pack", () -> kernels.pack(w, 0, w.columns(), panels));
    calls(name + " outputs", () -> kernels.outputs(panels, bias, x, 0, m, z));
    calls(name + " deltas", () -> kernels.deltas(w, e, 0, m, t));
    calls(name + " slopes", () -> kernels.slopes(x, 0, m, e, 0, w.paddedRows(), w));
    calls(name + " sums", () -> kernels.sums(e, 0, m, sums, 0));
    calls(name + " relu", () -> kernels.relu(z, 0, m));
    calls(name + " reluSlope", () -> kernels.reluSlope(z, 0, m, e));
    calls(name + " tanh", () -> kernels.tanh(z, 0, m));
    calls(name + " tanhSlope", () -> kernels.tanhSlope(z, 0, m, e));
    calls(name + " sigmoids", () -> kernels.sigmoids(z, 0, m));
    calls(name + " sigmoidSlope", () -> kernels.sigmoidSlope(z, 0, m, e));
    calls(name + " product", () -> kernels.product(z, 0, m, e));
  }

  private void hessian(
      String name, Kernels kernels, Arena arena, FloatMatrix x, FloatMatrix curvatures) {
    int rows = FEATURES_OF_HESSIAN;
    FloatMatrix h = FloatMatrix.allocate(arena, x.rows(), rows);
    FloatMatrix scratch = kernels.outerScratch(Workspace.of(arena));
    int m = x.columns();
    calls(
        name + " outer",
        () -> kernels.outer(x, 0, m, curvatures, 0, rows, 0, rows - 3, h, scratch));
  }

  private void classes(
      String name, Kernels kernels, Arena arena, FloatMatrix x, FloatMatrix y, FloatMatrix losses) {
    int m = x.columns();
    FloatMatrix w = FloatMatrix.allocate(arena, x.rows(), CLASSES);
    FloatMatrix z = FloatMatrix.allocate(arena, m, CLASSES);
    FloatMatrix e = FloatMatrix.allocate(arena, m, CLASSES);
    FloatMatrix v = FloatMatrix.allocate(arena, m, CLASSES);
    FloatMatrix bias = FloatMatrix.allocate(arena, CLASSES, 1);
    calls(name + " forward of classes", () -> kernels.forward(x, 0, m, w, bias, z));
    calls(name + " softmax", () -> kernels.softmax(z, y, 0, m, e, losses));
    calls(name + " softmaxCurvature", () -> kernels.softmaxCurvature(e, v, 0, m));
    calls(name + " gradient of classes", () -> kernels.gradient(x, 0, m, e, w));
  }

  private void calls(String what, Runnable call) {
    report(what, counter.steady(() -> counter.bytesOf(CALLS, call)), CALLS + " calls");
  }

  private void epochs(String kernel) {
    iterations(kernel, EngineChoice.PRIMAL, SUBTREES, 1);
    iterations(kernel, EngineChoice.PRIMAL, SUBTREES, 2);
    iterations(kernel, EngineChoice.PRIMAL, BLOCK, 2);
    iterations(kernel, EngineChoice.GRAM, BLOCK, 1);
    networks(kernel, "primal", SUBTREES, 2);
    networks(kernel, "primal", BLOCK, 2);
    networks(kernel, "gram", BLOCK, 2);
    networks(kernel, "adam", SUBTREES, 2);
  }

  private void networks(String kernel, String way, Shape shape, int threads) {
    try (Dataset data = Storage.FLOATS.dataset(shape)) {
      NetworkEpoch epoch = new NetworkEpoch();
      epoch.kernel = kernel;
      epoch.way = way;
      epoch.threads = threads;
      epoch.units = UNITS;
      epoch.prepare(data);
      String what =
          String.format(Locale.ROOT, "%s network, %s, %s, threads=%d", kernel, way, shape, threads);
      report(what, counter.steady(() -> bytes(epoch::watch)), ITERATIONS + " iterations");
    }
  }

  private void iterations(String kernel, EngineChoice engine, Shape shape, int threads) {
    try (Dataset data = Storage.FLOATS.dataset(shape)) {
      Epoch epoch = new Epoch();
      epoch.kernel = kernel;
      epoch.threads = threads;
      epoch.take(engine);
      epoch.prepare(data);
      String what =
          String.format(
              Locale.ROOT, "%s epoch, %s, %s, threads=%d", kernel, engine.id(), shape, threads);
      report(what, counter.steady(() -> bytes(epoch::watch)), ITERATIONS + " iterations");
    }
  }

  /** Trains for some iterations while somebody looks on. */
  private interface Watched {
    void watch(int iterations, TrainingListener listener);
  }

  // Half of the iterations let the threads come to rest first.
  private long bytes(Watched epoch) {
    long[] marks = new long[2];
    epoch.watch(
        2 * ITERATIONS,
        new TrainingListener() {

          private long[] threads;

          @Override
          public void iterationCompleted(int completed) {
            if (completed == ITERATIONS) {
              threads = counter.liveThreads();
              marks[0] = counter.bytes(threads);
            } else if (completed == 2 * ITERATIONS) {
              marks[1] = counter.bytes(threads);
            }
          }
        });
    return marks[1] - marks[0];
  }

  private void report(String what, OptionalLong bytes, String unit) {
    if (bytes.isPresent()) {
      clean = false;
      System.err.println(
          String.format(
              Locale.ROOT, "gate: %s: %d bytes allocated in %s", what, bytes.getAsLong(), unit));
    } else {
      System.out.println(String.format(Locale.ROOT, "%-42s 0 in %s", what, unit));
    }
  }
}
