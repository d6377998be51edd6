// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layers;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Optimizer;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the compiler turn SIMD kernels into instructions before a run needs them, while its data are
 * read for instance: a thread of its own calls them on little data.
 *
 * <p>Until it is compiled, code of the Vector API is hundreds of times slower. A run that meets it
 * so is slow for some seconds: it keeps the compiler busy with what it only needs until then. No
 * bit depends on any of this.
 */
public final class KernelWarmUp implements AutoCloseable {

  /** Compiled kernels do more in a nanosecond, and others do not: of products, multiply-adds. */
  private static final double FAST_PRODUCTS = 3;

  /** Of kernels that do a little to each element, elements. */
  private static final double FAST_ELEMENTS = 0.3;

  /** Of exponentials and logarithms, elements. */
  private static final double FAST_FUNCTIONS = 0.02;

  /** Training is not to wait longer, whatever keeps the kernels slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Turns without a pause, in which the compiler takes notice. */
  private static final int HURRIED = 30;

  /** Between turns: what stands in for instructions until then is not to be compiled as well. */
  private static final long PAUSE_NANOS = 1_000_000;

  /** Data that are read for longer are most likely text, and so floats; most have two classes. */
  private static final long GUESS_NANOS = 500_000_000;

  /** Calls in a turn, few enough to be short while the kernels are slow. */
  private static final int CALLS = 4;

  /** Four vectors of any width, and one more. */
  private static final int D = 5 * FloatMatrix.LANES;

  private static final int SIDE = FloatMatrix.LANES;
  private static final int CLASSES = 3;

  private final Kernels kernels;
  private final Hyperparameters options;
  private final Thread thread;

  /** The samples of the run, once they are read. */
  private volatile Dataset train;

  private volatile boolean closed;

  private KernelWarmUp(Hyperparameters options, Kernels kernels) {
    this.options = options;
    this.kernels = kernels;
    this.thread = Thread.ofPlatform().daemon().name("warm-up").unstarted(this::run);
  }

  /**
   * Begins with the kernels that the run needs whatever its samples are.
   *
   * @param options of the run
   * @param kernels that it will use
   * @return the warm-up; to be closed
   */
  public static KernelWarmUp start(Hyperparameters options, Kernels kernels) {
    KernelWarmUp warmUp = new KernelWarmUp(options, kernels);
    warmUp.thread.start();
    return warmUp;
  }

  /**
   * Goes on with those that the samples need, and waits until all are fast, for at most two
   * seconds.
   *
   * @param samples of the run
   */
  public void await(Dataset samples) {
    train = samples;
    LockSupport.unpark(thread);
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** Calls each kernel some times, and returns how many kernels there are. */
  static int once(Hyperparameters options, Kernels kernels, Dataset samples) {
    try (Arena arena = Arena.ofConfined()) {
      KernelWarmUp warmUp = new KernelWarmUp(options, kernels);
      Calls calls = warmUp.new Calls(Workspace.of(arena));
      List<Call> all = calls.ofOptions();
      all.addAll(calls.ofSamples(samples));
      all.forEach(Call::isFast);
      return all.size();
    }
  }

  Thread thread() {
    return thread;
  }

  /** A kernel on little data, and how many nanoseconds it takes at most once it is compiled. */
  private record Call(double nanos, Runnable kernel) {

    static Call product(double multiplyAdds, Runnable kernel) {
      return new Call(multiplyAdds / FAST_PRODUCTS, kernel);
    }

    static Call elements(double count, Runnable kernel) {
      return new Call(count / FAST_ELEMENTS, kernel);
    }

    static Call functions(double count, Runnable kernel) {
      return new Call(count / FAST_FUNCTIONS, kernel);
    }

    boolean isFast() {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        kernel.run();
      }
      return System.nanoTime() - start < CALLS * nanos;
    }
  }

  private void run() {
    try (Arena arena = Arena.ofShared()) {
      Calls calls = new Calls(Workspace.of(arena));
      List<Call> slow = calls.ofOptions();
      boolean all = false;
      boolean guessed = false;
      int turns = 0;
      while (!closed && !(all && slow.isEmpty())) {
        if (!all && train != null) {
          slow.addAll(calls.ofSamples(train));
          all = true;
          turns = 0;
        } else if (slow.isEmpty() && guessed) {
          LockSupport.park(this);
        } else if (slow.isEmpty()) {
          LockSupport.parkNanos(this, GUESS_NANOS);
          guessed = true;
          if (train == null) {
            slow.addAll(calls.ofSamples(false, 1));
            turns = 0;
          }
        }
        slow.removeIf(Call::isFast);
        if (turns++ > HURRIED) {
          LockSupport.parkNanos(this, PAUSE_NANOS);
        }
      }
    }
  }

  /** The kernels of the run, each on little data. */
  private final class Calls {

    private final Workspace workspace;
    private final FloatMatrix x;
    private final FloatMatrix w;
    private final FloatMatrix g;

    private Calls(Workspace workspace) {
      this.workspace = workspace;
      this.x = workspace.floats(D, SIDE);
      this.w = workspace.floats(D, SIDE);
      this.g = workspace.floats(D, SIDE);
    }

    List<Call> ofOptions() {
      List<Call> calls = new ArrayList<>();
      if (!options.hidden().isNone()) {
        addNetwork(calls);
      }
      if (options.solver() == SolverChoice.NEWTON) {
        addCurvature(calls);
      }
      if (options.solver().usesBatches() || options.solver().hasEngines()) {
        addUpdates(calls);
      }
      calls.add(Call.elements(D * SIDE, () -> kernels.add(g, w)));
      return calls;
    }

    private void addNetwork(List<Call> calls) {
      Layout layout = Layout.network(SIDE, List.of(D), CLASSES);
      Parameters at = new Parameters(workspace, layout);
      Layers layers = new Layers(workspace, kernels, layout, options.hidden().activation(), SIDE);
      FloatMatrix inputs = workspace.floats(SIDE, SIDE);
      FloatMatrix e = workspace.floats(SIDE, SIDE);
      FloatMatrix t = workspace.floats(D, SIDE);
      double[] sums = new double[D];
      double work = (double) D * SIDE * SIDE;
      calls.add(Call.product(work, () -> layers.forward(0, at, inputs, 0, SIDE)));
      calls.add(Call.product(work, () -> kernels.slopes(x, 0, SIDE, e, 0, D, g)));
      calls.add(Call.product(work, () -> kernels.deltas(w, e, 0, SIDE, t)));
      calls.add(Call.elements(D * SIDE, () -> layers.slope(0, 0, SIDE, t)));
      calls.add(Call.elements(D * SIDE, () -> layers.pack(at, 0, layout.paddedUnits())));
      calls.add(Call.elements(D * SIDE, () -> kernels.sums(t, 0, SIDE, sums, 0)));
    }

    private void addCurvature(List<Call> calls) {
      FloatMatrix d = workspace.floats(SIDE, 1);
      FloatMatrix h = workspace.floats(D, D);
      FloatMatrix scratch = kernels.outerScratch(workspace);
      double work = (double) D * D * SIDE;
      calls.add(Call.product(work, () -> kernels.outer(x, 0, SIDE, d, 0, D, 0, D, h, scratch)));
    }

    private void addUpdates(List<Call> calls) {
      FloatMatrix u = workspace.floats(D, SIDE);
      FloatMatrix v = workspace.floats(D, SIDE);
      calls.add(Call.elements(D * SIDE, () -> kernels.update(w, 0f, g)));
      calls.add(Call.elements(D * SIDE, () -> kernels.update(u, 0.9f, 0.1f, g, 0, D)));
      if (options.solverOptions().sgd().optimizer() instanceof Optimizer.Adam) {
        calls.add(Call.elements(D * SIDE, () -> kernels.updateSquares(v, 0.9f, 0.1f, g, 0, D)));
        calls.add(
            Call.elements(D * SIDE, () -> kernels.adaptiveStep(w, 0f, 0f, 1e-8f, u, v, 0, D)));
      }
    }

    List<Call> ofSamples(Dataset samples) {
      int classes = samples.classNames().size();
      return ofSamples(
          samples.features() instanceof ByteMatrix, classes > 2 ? Math.min(classes, D) : 1);
    }

    List<Call> ofSamples(boolean bytes, int outputs) {
      List<Call> calls = new ArrayList<>();
      SampleMatrix some = bytes ? workspace.bytes(D, SIDE, Scaling.PIXEL_FACTOR) : x;
      if (some instanceof ByteMatrix packed) {
        calls.add(Call.elements(D * SIDE, () -> kernels.widen(packed, 0, SIDE, 0, D, x)));
      }
      FloatMatrix z = workspace.floats(D, outputs);
      FloatMatrix e = workspace.floats(D, outputs);
      FloatMatrix y = workspace.floats(D, 1);
      FloatMatrix losses = workspace.floats(D, 1);
      if (outputs > 1) {
        calls.add(Call.functions(D * outputs, () -> kernels.softmax(z, y, 0, D, e, losses)));
      } else {
        calls.add(Call.functions(D, () -> kernels.sigmoid(z, 0, D, e)));
        calls.add(Call.elements(D, () -> kernels.error(z, y, 0, D, e)));
        calls.add(Call.functions(D, () -> kernels.loss(z, y, 0, D, losses)));
      }
      if (options.hidden().isNone()) {
        addPasses(calls, some, outputs);
      }
      return calls;
    }

    private void addPasses(List<Call> calls, SampleMatrix samples, int outputs) {
      FloatMatrix weights = workspace.floats(D, outputs);
      FloatMatrix slopes = workspace.floats(D, outputs);
      FloatMatrix biases = workspace.floats(outputs, 1);
      FloatMatrix z = workspace.floats(SIDE, outputs);
      FloatMatrix e = workspace.floats(SIDE, outputs);
      double work = (double) D * SIDE * outputs;
      calls.add(Call.product(work, () -> kernels.forward(samples, 0, SIDE, weights, biases, z)));
      calls.add(Call.product(work, () -> kernels.gradient(samples, 0, SIDE, e, slopes)));
    }
  }
}
