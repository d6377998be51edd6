// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import static dev.lanewise.bench.KernelBenchmark.SCALAR;
import static dev.lanewise.bench.KernelBenchmark.SIMD;

import dev.lanewise.bench.Shape;
import dev.lanewise.bench.Storage;
import dev.lanewise.bench.peers.BlasChoice;
import dev.lanewise.train.EngineChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All comparisons. Their names are the same on every machine, so "all cores" are called that and
 * not counted.
 */
public final class Comparisons {

  /** 10 MB: what the tutorial trains on. */
  public static final Shape TUTORIAL = Shape.of(Shape.TUTORIAL);

  /** 188 MB: as many samples and features as the digits of MNIST have. */
  public static final Shape DIGITS = new Shape(784, 60000);

  /** 1 GiB. */
  public static final Shape GIBIBYTE = new Shape(1024, 262144);

  /** 256 KB, which a second-level cache holds. */
  public static final Shape CACHED = new Shape(1024, 64);

  /** 10 MB of columns that are long, but half as long as the tutorial's. */
  public static final Shape LONG_COLUMNS = new Shape(6144, 418);

  /** 784 KB: a batch of digits. */
  public static final Shape BATCH = new Shape(784, 256);

  /** The units of a layer on digits. */
  public static final int UNITS = 128;

  /** 1.6 MB: more samples than features, for runs that are to be short. */
  public static final Shape SMALL_DIGITS = new Shape(196, 2048);

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private Comparisons() {}

  /**
   * Finds a comparison.
   *
   * @param name as it was made
   * @return the comparison
   */
  public static Comparison named(String name) {
    Map<String, Comparison> all = new LinkedHashMap<>();
    for (Comparison comparison : all()) {
      all.put(comparison.name(), comparison);
    }
    Comparison found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no comparison is called '" + name + "'");
    }
    return found;
  }

  private static List<Comparison> all() {
    List<Comparison> all = new ArrayList<>();
    for (Shape shape : List.of(TUTORIAL, LONG_COLUMNS, DIGITS, GIBIBYTE, CACHED)) {
      for (boolean allCores : new boolean[] {false, true}) {
        all.add(epochToReadSum(shape, allCores));
        all.add(epochBytes(shape, allCores));
        BlasChoice.names().forEach(blas -> all.add(epochToSgemv(shape, blas, allCores)));
      }
      all.add(epochSimd(shape));
      all.add(forwardSimd(shape));
      all.add(gradientSimd(shape));
      all.add(softmaxSimd(shape));
      BlasChoice.names().forEach(blas -> all.add(forwardToSgemv(shape, blas)));
      BlasChoice.names().forEach(blas -> all.add(gradientToSgemv(shape, blas)));
    }
    all.add(gramToFmaPeak());
    all.add(gramOnTwo());
    for (String product : List.of("outputs", "deltas", "slopes")) {
      for (Shape shape : List.of(BATCH, DIGITS)) {
        all.add(networkLayerToFmaPeak(shape, UNITS, product));
      }
      all.add(networkLayerToFmaPeak(TUTORIAL, 20, product));
    }
    for (Shape shape : List.of(TUTORIAL, SMALL_DIGITS)) {
      for (String solver : List.of("newton", "lbfgs", "sgd")) {
        all.add(solver(shape, solver));
      }
    }
    return all;
  }

  private static int threads(boolean allCores) {
    return allCores ? CORES : 1;
  }

  private static String on(boolean allCores) {
    return allCores ? ", all cores" : ", one core";
  }

  /**
   * The bandwidth of an iteration over that of reading alone.
   *
   * @param shape features and samples
   * @param allCores on all cores, or on one
   * @return the comparison
   */
  public static Comparison epochToReadSum(Shape shape, boolean allCores) {
    return new Comparison(
        "Epoch to ReadSum, " + shape + on(allCores),
        Sides.epoch(shape, Storage.FLOATS, threads(allCores)),
        Sides.readSum(shape, Storage.FLOATS, threads(allCores)));
  }

  /**
   * How many more samples a second there are in an iteration if they are bytes.
   *
   * @param shape features and samples
   * @param allCores on all cores, or on one
   * @return the comparison
   */
  public static Comparison epochBytes(Shape shape, boolean allCores) {
    return new Comparison(
        "Epoch, bytes to floats, " + shape + on(allCores),
        Sides.epoch(shape, Storage.BYTES, threads(allCores)),
        Sides.epoch(shape, Storage.FLOATS, threads(allCores)));
  }

  /**
   * An iteration against the two calls of sgemv that it would take.
   *
   * @param shape features and samples
   * @param blas vector, java or native; native takes the cores that it likes
   * @param allCores ours on all cores, or on one
   * @return the comparison
   */
  public static Comparison epochToSgemv(Shape shape, String blas, boolean allCores) {
    return new Comparison(
        "Epoch to two sgemv of " + blas + " BLAS, " + shape + on(allCores),
        Sides.epoch(shape, Storage.FLOATS, threads(allCores)),
        Sides.sgemvTwice(shape, blas));
  }

  /**
   * Forward against one call of sgemv.
   *
   * @param shape features and samples
   * @param blas vector, java or native
   * @return the comparison
   */
  public static Comparison forwardToSgemv(Shape shape, String blas) {
    return new Comparison(
        "Forward to sgemv of " + blas + " BLAS, " + shape,
        Sides.forward(shape, SIMD),
        Sides.forwardSgemv(shape, blas));
  }

  /**
   * Gradient against one call of sgemv.
   *
   * @param shape features and samples
   * @param blas vector, java or native
   * @return the comparison
   */
  public static Comparison gradientToSgemv(Shape shape, String blas) {
    return new Comparison(
        "Gradient to sgemv of " + blas + " BLAS, " + shape,
        Sides.gradient(shape, SIMD),
        Sides.gradientSgemv(shape, blas));
  }

  /**
   * SIMD to scalar in an iteration on one core.
   *
   * @param shape features and samples
   * @return the comparison
   */
  public static Comparison epochSimd(Shape shape) {
    return new Comparison(
        "Epoch, SIMD to scalar, " + shape,
        Sides.epoch(shape, Storage.FLOATS, SIMD, 1, EngineChoice.PRIMAL),
        Sides.epoch(shape, Storage.FLOATS, SCALAR, 1, EngineChoice.PRIMAL));
  }

  /**
   * SIMD to scalar in equation (1).
   *
   * @param shape features and samples
   * @return the comparison
   */
  public static Comparison forwardSimd(Shape shape) {
    return new Comparison(
        "Forward, SIMD to scalar, " + shape,
        Sides.forward(shape, SIMD),
        Sides.forward(shape, SCALAR));
  }

  /**
   * SIMD to scalar in equation (6).
   *
   * @param shape features and samples
   * @return the comparison
   */
  public static Comparison gradientSimd(Shape shape) {
    return new Comparison(
        "Gradient, SIMD to scalar, " + shape,
        Sides.gradient(shape, SIMD),
        Sides.gradient(shape, SCALAR));
  }

  /**
   * SIMD to scalar in a pass of softmax regression with ten classes.
   *
   * @param shape features and samples
   * @return the comparison
   */
  public static Comparison softmaxSimd(Shape shape) {
    return new Comparison(
        "SoftmaxPass, SIMD to scalar, " + shape,
        Sides.softmaxPass(shape, SIMD),
        Sides.softmaxPass(shape, SCALAR));
  }

  /**
   * The share of the multiply-adds a second that one core can do.
   *
   * @return the comparison
   */
  public static Comparison gramToFmaPeak() {
    return new Comparison(
        "Gram to FmaPeak, " + TUTORIAL + ", one core",
        Sides.gram(TUTORIAL, 1),
        Sides.fmaPeak(TUTORIAL));
  }

  /**
   * The share of the multiply-adds a second that one core can do, in a product of a layer.
   *
   * @param shape features and samples
   * @param units of the layer
   * @param product outputs, deltas or slopes
   * @return the comparison
   */
  public static Comparison networkLayerToFmaPeak(Shape shape, int units, String product) {
    return new Comparison(
        "NetworkLayer " + product + " to FmaPeak, " + shape + " to " + units + ", one core",
        Sides.networkLayer(shape, units, product),
        Sides.fmaPeak(shape, units));
  }

  /**
   * A solver's whole run against iterations of gradient descent.
   *
   * @param shape features and samples
   * @param solver newton, lbfgs or sgd
   * @return the comparison
   */
  public static Comparison solver(Shape shape, String solver) {
    return new Comparison(
        "Optimum by " + solver + " to 100 Epochs, " + shape,
        Sides.optimum(shape, solver),
        Sides.hundredEpochs(shape));
  }

  /**
   * Two cores against one.
   *
   * @return the comparison
   */
  public static Comparison gramOnTwo() {
    return new Comparison(
        "Gram, two cores to one, " + TUTORIAL, Sides.gram(TUTORIAL, 2), Sides.gram(TUTORIAL, 1));
  }
}
