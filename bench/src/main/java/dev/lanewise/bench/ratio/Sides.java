// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import dev.lanewise.bench.Epoch;
import dev.lanewise.bench.FmaPeak;
import dev.lanewise.bench.Forward;
import dev.lanewise.bench.Gradient;
import dev.lanewise.bench.Gram;
import dev.lanewise.bench.KernelBenchmark;
import dev.lanewise.bench.NetworkLayer;
import dev.lanewise.bench.Optimum;
import dev.lanewise.bench.ReadSum;
import dev.lanewise.bench.Shape;
import dev.lanewise.bench.SoftmaxPass;
import dev.lanewise.bench.Storage;
import dev.lanewise.bench.peers.BlasEpoch;
import dev.lanewise.bench.peers.BlasForward;
import dev.lanewise.bench.peers.BlasGradient;
import dev.lanewise.train.EngineChoice;
import java.util.function.Supplier;

/** The benchmarks as sides of a comparison. */
public final class Sides {

  private static final int HUNDRED = 100;
  private static final int TEN = 10;

  private Sides() {}

  /**
   * An iteration of training, without what a run does but once.
   *
   * @param shape features and samples
   * @param storage how they lie in memory
   * @param kernel scalar or simd
   * @param threads how many compute
   * @param engine primal or gram
   * @return its maker
   */
  public static Side.Maker epoch(
      Shape shape, Storage storage, String kernel, int threads, EngineChoice engine) {
    return problems -> {
      Epoch epoch = new Epoch();
      epoch.kernel = kernel;
      epoch.threads = threads;
      epoch.take(engine);
      epoch.prepare(problems.get(shape, storage));
      return new Side() {
        @Override
        public double nanos(int times) {
          return epoch.nanosAnIteration(times);
        }

        @Override
        public void close() {}
      };
    };
  }

  /**
   * An iteration of the primal engine with SIMD kernels.
   *
   * @param shape features and samples
   * @param storage how they lie in memory
   * @param threads how many compute
   * @return its maker
   */
  public static Side.Maker epoch(Shape shape, Storage storage, int threads) {
    return epoch(shape, storage, KernelBenchmark.SIMD, threads, EngineChoice.PRIMAL);
  }

  /**
   * A hundred iterations of the primal engine on one thread, without what a run does but once.
   *
   * @param shape features and samples
   * @return its maker
   */
  public static Side.Maker hundredEpochs(Shape shape) {
    Side.Maker one = epoch(shape, Storage.FLOATS, 1);
    return problems -> {
      Side epoch = one.make(problems);
      return new Side() {
        @Override
        public double nanos(int times) {
          return HUNDRED * epoch.nanos(HUNDRED * times);
        }

        @Override
        public void close() {
          epoch.close();
        }
      };
    };
  }

  /**
   * A whole run of a solver with SIMD kernels on one thread.
   *
   * @param shape features and samples
   * @param solver newton, lbfgs or sgd
   * @return its maker
   */
  public static Side.Maker optimum(Shape shape, String solver) {
    return problems -> {
      Optimum optimum = new Optimum();
      optimum.kernel = KernelBenchmark.SIMD;
      optimum.solver = solver;
      optimum.threads = 1;
      optimum.prepare(problems.get(shape, Storage.FLOATS));
      return new Repeated(optimum::optimum, () -> {});
    };
  }

  /**
   * Reading X once.
   *
   * @param shape features and samples
   * @param storage how they lie in memory
   * @param threads how many read
   * @return its maker
   */
  public static Side.Maker readSum(Shape shape, Storage storage, int threads) {
    return problems -> {
      ReadSum readSum = new ReadSum();
      readSum.threads = threads;
      readSum.prepare(problems.get(shape, storage));
      return new Repeated(readSum::readSum, readSum::release);
    };
  }

  /**
   * The forward kernel.
   *
   * @param shape features and samples
   * @param kernel scalar or simd
   * @return its maker
   */
  public static Side.Maker forward(Shape shape, String kernel) {
    return problems -> {
      Forward forward = new Forward();
      forward.kernel = kernel;
      forward.prepare(problems.get(shape, Storage.FLOATS));
      return new Repeated(forward::forward, forward::release);
    };
  }

  /**
   * The gradient kernel.
   *
   * @param shape features and samples
   * @param kernel scalar or simd
   * @return its maker
   */
  public static Side.Maker gradient(Shape shape, String kernel) {
    return problems -> {
      Gradient gradient = new Gradient();
      gradient.kernel = kernel;
      gradient.prepare(problems.get(shape, Storage.FLOATS));
      return new Repeated(gradient::gradient, gradient::release);
    };
  }

  /**
   * A pass of softmax regression with ten classes.
   *
   * @param shape features and samples
   * @param kernel scalar or simd
   * @return its maker
   */
  public static Side.Maker softmaxPass(Shape shape, String kernel) {
    return problems -> {
      SoftmaxPass pass = new SoftmaxPass();
      pass.kernel = kernel;
      pass.shape = shape.toString();
      pass.classes = TEN;
      pass.setUp();
      return new Repeated(pass::softmaxPass, pass::tearDown);
    };
  }

  /**
   * A product of a layer of a network.
   *
   * @param shape features and samples
   * @param units of the layer
   * @param product outputs, deltas or slopes
   * @return its maker
   */
  public static Side.Maker networkLayer(Shape shape, int units, String product) {
    return problems -> {
      NetworkLayer layer = new NetworkLayer();
      layer.kernel = KernelBenchmark.SIMD;
      layer.shape = shape.toString();
      layer.units = units;
      layer.product = product;
      layer.setUp();
      return new Repeated(layer::networkLayer, layer::tearDown);
    };
  }

  /**
   * As many multiply-adds as {@link #networkLayer} has, on one thread.
   *
   * @param shape features and samples
   * @param units of the layer
   * @return its maker
   */
  public static Side.Maker fmaPeak(Shape shape, int units) {
    return problems -> {
      FmaPeak peak = new FmaPeak();
      peak.prepare((long) shape.d() * shape.m() * units);
      return new Repeated(peak::fmaPeak, () -> {});
    };
  }

  /**
   * The products of all samples.
   *
   * @param shape features and samples
   * @param threads how many compute
   * @return its maker
   */
  public static Side.Maker gram(Shape shape, int threads) {
    return problems -> {
      Gram gram = new Gram();
      gram.kernel = KernelBenchmark.SIMD;
      gram.threads = threads;
      gram.prepare(problems.get(shape, Storage.FLOATS));
      return new Repeated(gram::gram, gram::release);
    };
  }

  /**
   * As many multiply-adds as {@link #gram} has, on one thread.
   *
   * @param shape features and samples
   * @return its maker
   */
  public static Side.Maker fmaPeak(Shape shape) {
    return problems -> {
      FmaPeak peak = new FmaPeak();
      peak.prepare(shape);
      return new Repeated(peak::fmaPeak, () -> {});
    };
  }

  /**
   * The two calls of sgemv of an iteration, alone.
   *
   * @param shape features and samples
   * @param blas vector, java or native
   * @return its maker
   */
  public static Side.Maker sgemvTwice(Shape shape, String blas) {
    return problems -> {
      BlasEpoch peer = new BlasEpoch();
      peer.blas = blas;
      peer.shape = shape.toString();
      peer.setUp();
      return new Repeated(peer::sgemvTwice, () -> {});
    };
  }

  /**
   * Forward as one call of sgemv.
   *
   * @param shape features and samples
   * @param blas vector, java or native
   * @return its maker
   */
  public static Side.Maker forwardSgemv(Shape shape, String blas) {
    return problems -> {
      BlasForward peer = new BlasForward();
      peer.blas = blas;
      peer.shape = shape.toString();
      peer.setUp();
      return new Repeated(peer::forwardSgemv, () -> {});
    };
  }

  /**
   * Gradient as one call of sgemv.
   *
   * @param shape features and samples
   * @param blas vector, java or native
   * @return its maker
   */
  public static Side.Maker gradientSgemv(Shape shape, String blas) {
    return problems -> {
      BlasGradient peer = new BlasGradient();
      peer.blas = blas;
      peer.shape = shape.toString();
      peer.setUp();
      return new Repeated(peer::gradientSgemv, () -> {});
    };
  }

  /** Something that is done by calling it. */
  private static final class Repeated implements Side {

    private final Supplier<Object> call;
    private final Runnable release;
    // Volatile, so that no result can be left out as unused.
    private volatile Object last;

    Repeated(Supplier<Object> call, Runnable release) {
      this.call = call;
      this.release = release;
    }

    @Override
    public double nanos(int times) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        last = call.get();
      }
      return (double) (System.nanoTime() - start) / times;
    }

    @Override
    public void close() {
      last = null;
      release.run();
    }

    @Override
    public String toString() {
      return "the last result is " + last;
    }
  }
}
