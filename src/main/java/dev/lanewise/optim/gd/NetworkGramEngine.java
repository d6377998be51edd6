// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.Workers;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.DoubleView;
import dev.lanewise.loss.ExactLoss;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient descent on a network without the weights of its first layer, in double precision. Each
 * step adds a combination of the samples to the weights of a first unit, so that W1 = s W1_0 + X C
 * and Z1 = s X'W1_0 + G C + b with G = X'X, computed once. An iteration takes m * m multiply-adds
 * for each first unit instead of 2 * d * m. Other layers are computed as usual.
 *
 * <p>An iteration has two phases. In the first, each worker computes the forward pass and the
 * errors of all layers for some of the samples; in the second, each updates the coefficients of
 * these samples and the parameters of some of the units.
 */
public final class NetworkGramEngine implements Engine {

  // Multiply-adds of an iteration: some microseconds, where a phase costs about one.
  private static final long WORK_OF_A_THREAD = 1 << 17;

  // Units whose gradients a worker computes at once: those of a tile of the kernels.
  private static final int TILE = 4;

  private final DoubleKernels kernels;
  private final Workers workers;
  private final Problem problem;
  private final DoubleSamples x;
  private final ExactLoss loss;
  private final DoubleActivation activation;

  private final int samples;
  private final int stride;

  private final Parameters start;
  private final Parameters parameters;

  /** The factor of W1_0, s; 1 without a penalty. */
  private double scale = 1;

  /** -alpha / m. */
  private final double step;

  /** 1 - alpha l2 / m. */
  private final double shrink;

  private final DoubleView g;
  private final DoubleView z0;
  private boolean hasProducts;
  private boolean hasGram;

  /** C, m x the units of the first layer. */
  private final DoubleView c;

  private final DoubleLayer[] layers;

  private final double[] labels;
  private final double[] weights;
  private final double[] losses;

  // For each worker: the outputs and the errors of a sample, and whether gradients are finite.
  private final double[][] outputs;
  private final double[][] errors;
  private final boolean[] isFinite;

  private final double[] rememberedC;
  private double rememberedScale = Double.NaN;

  private final Workers.Task ofSamples = this::ofSamples;
  private final Workers.Task ofUnits = this::ofUnits;

  /**
   * An engine.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised, with hidden layers and without an l1 penalty
   * @param start the initial parameters; its first weights are read until the end
   * @param learningRate alpha
   */
  public NetworkGramEngine(
      Workspace workspace,
      Compute compute,
      Problem problem,
      Parameters start,
      double learningRate) {
    this.kernels = compute.kernels().doubles();
    this.problem = problem;
    this.samples = problem.samples();
    this.stride = stride(samples);
    this.start = start;
    this.step = -learningRate / samples;
    this.shrink = 1 - learningRate * problem.penalty().l2() / samples;
    this.loss = new ExactLoss(problem.outputs());
    this.activation = DoubleActivation.of(problem.hidden().activation());
    List<Layout.Dense> dense = problem.layout().layers();
    int units = dense.getFirst().outputs();
    this.workers = compute.workers((int) Math.min(work(dense) / WORK_OF_A_THREAD, 1024));
    this.x = new DoubleSamples(workspace, compute, problem, stride, units);
    this.g = columns(workspace, samples);
    this.z0 = columns(workspace, units);
    this.c = columns(workspace, units);
    this.rememberedC = workspace.doubles(1, c.columnStep() * units)[0];
    this.layers = new DoubleLayer[dense.size()];
    for (int l = 0; l < layers.length; l++) {
      DoubleLayer below = l == 0 ? null : layers[l - 1];
      boolean isHidden = l < layers.length - 1;
      layers[l] = new DoubleLayer(workspace, dense.get(l), below, isHidden, samples, stride);
    }
    this.labels = workspace.doubles(1, samples)[0];
    this.weights = workspace.doubles(1, samples)[0];
    this.losses = workspace.doubles(1, samples)[0];
    this.outputs = workspace.doubles(workers.count(), problem.outputs());
    this.errors = workspace.doubles(workers.count(), problem.outputs());
    this.isFinite = new boolean[workers.count()];
    this.parameters = new Parameters(workspace, problem.layout());
    if (!workspace.isDryRun()) {
      for (int j = 0; j < samples; j++) {
        labels[j] = problem.label(j);
        weights[j] = problem.weight(j);
      }
      for (int l = 0; l < layers.length; l++) {
        layers[l].set(start.weights(l), start.biases(l));
      }
    }
  }

  /** Multiply-adds of an iteration. */
  private long work(List<Layout.Dense> dense) {
    long work = (long) samples * samples * dense.getFirst().outputs();
    for (Layout.Dense layer : dense.subList(1, dense.size())) {
      work += 3L * samples * layer.inputs() * layer.outputs();
    }
    return work;
  }

  private DoubleView columns(Workspace workspace, int columns) {
    double[] values = workspace.doubles(1, Math.multiplyExact(stride, columns))[0];
    return DoubleView.columns(values, stride);
  }

  /** A number of rows rounded up to what kernels take. */
  static int padded(int rows) {
    return (rows + DoubleKernels.ROWS - 1) / DoubleKernels.ROWS * DoubleKernels.ROWS;
  }

  // Columns that are a multiple of 4096 bytes apart compete for the same lines of the cache.
  private static int stride(int rows) {
    int padded = padded(rows);
    return padded % 512 == 0 ? padded + DoubleKernels.ROWS : padded;
  }

  @Override
  public String name() {
    return "gram";
  }

  private void project() {
    if (!hasProducts) {
      Arrays.fill(z0.values(), 0);
      x.products(start.weights(0), z0, hasGram ? null : g);
      hasProducts = true;
      hasGram = true;
    }
  }

  @Override
  public double iterate(boolean withCost) {
    project();
    workers.run(ofSamples);
    double cost = withCost ? cost() : Double.NaN;
    workers.run(ofUnits);
    scale *= shrink;
    for (boolean finite : isFinite) {
      if (!finite) {
        throw new NotFiniteException(reason());
      }
    }
    return cost;
  }

  /** Phase 1: equations (1) to (3) of some samples, and their errors in all layers. */
  private void ofSamples(int worker) {
    int from = workers.first(padded(samples), DoubleKernels.ROWS, worker);
    int to = workers.first(padded(samples), DoubleKernels.ROWS, worker + 1);
    if (from == to) {
      return;
    }
    int end = Math.min(to, samples);
    layers[0].startFrom(scale, z0.values(), from, to);
    kernels.addProduct(g, c, samples, from, to, layers[0].units, layers[0].a); // (1)
    for (int l = 1; l < layers.length; l++) {
      DoubleLayer below = layers[l - 1];
      below.activate(activation, from, end); // (2)
      layers[l].startFromBiases(from, to);
      kernels.addProduct(
          below.a, layers[l].w, layers[l].inputs, from, to, layers[l].units, layers[l].a); // (1)
    }
    compare(from, end, outputs[worker], errors[worker]); // (2), (3), the bracket of (6) and (7)
    for (int l = layers.length - 1; l > 0; l--) {
      DoubleLayer below = layers[l - 1];
      below.clearErrors(from, to);
      kernels.addProduct(
          layers[l].e, layers[l].transposedW, layers[l].units, from, to, below.units, below.e);
      below.multiplyDerivative(activation, from, end);
    }
  }

  private void compare(int from, int to, double[] z, double[] e) {
    DoubleLayer last = layers[layers.length - 1];
    for (int j = from; j < to; j++) {
      for (int k = 0; k < z.length; k++) {
        z[k] = last.a.values()[last.a.index(j, k)];
      }
      losses[j] = weights[j] * loss.compare(z, (int) labels[j], e);
      for (int k = 0; k < z.length; k++) {
        last.e.values()[last.e.index(j, k)] = weights[j] * e[k];
      }
    }
  }

  /** Phase 2: the coefficients of some samples, the parameters of some units. */
  private void ofUnits(int worker) {
    int from = workers.first(padded(samples), DoubleKernels.ROWS, worker);
    int to = workers.first(padded(samples), DoubleKernels.ROWS, worker + 1);
    if (from < samples) {
      moveCoefficients(from, Math.min(to, samples));
    }
    boolean finite = true;
    int turn = 0;
    for (DoubleLayer layer : layers) {
      for (int k = 0; k < layer.units; k += TILE) {
        if (turn++ % workers.count() == worker) {
          finite &= layer.descend(kernels, k, Math.min(TILE, layer.units - k), step, shrink);
        }
      }
    }
    isFinite[worker] = finite;
  }

  // (8) as W1 := shrink W1 - alpha dW1 = shrink s W1_0 + X (shrink C - (alpha/m) E).
  private void moveCoefficients(int from, int to) {
    double[] values = c.values();
    double[] e = layers[0].e.values();
    for (int k = 0; k < layers[0].units; k++) {
      int column = k * stride;
      for (int j = column + from; j < column + to; j++) {
        values[j] = Math.fma(step, e[j], shrink * values[j]);
      }
    }
  }

  /** (4), with the penalty. */
  private double cost() {
    double sum = 0;
    for (double sampleLoss : losses) {
      sum += sampleLoss;
    }
    if (problem.penalty().l2() != 0) {
      double squares = squaresOfFirst();
      for (int l = 1; l < layers.length; l++) {
        squares += layers[l].squares();
      }
      sum += problem.penalty().l2() / 2 * squares;
    }
    return sum / samples;
  }

  /** |W1|^2 = s^2 |W1_0|^2 + 2 s C.X'W1_0 + C.G C. */
  private double squaresOfFirst() {
    double ofStart = 0;
    double mixed = 0;
    double ofC = 0;
    FloatMatrix w = start.weights(0);
    double[] products = new double[stride];
    DoubleView column = DoubleView.columns(products, stride);
    for (int k = 0; k < layers[0].units; k++) {
      for (float weight : w.column(k)) {
        ofStart = Math.fma((double) weight, (double) weight, ofStart);
      }
      Arrays.fill(products, 0);
      kernels.addProduct(g, c.from(k), samples, 0, padded(samples), 1, column);
      for (int j = 0; j < samples; j++) {
        double coefficient = c.values()[c.index(j, k)];
        mixed = Math.fma(coefficient, z0.values()[z0.index(j, k)], mixed);
        ofC = Math.fma(coefficient, products[j], ofC);
      }
    }
    return Math.fma(scale, Math.fma(scale, ofStart, 2 * mixed), ofC);
  }

  private String reason() {
    for (int l = 0; l < layers.length; l++) {
      if (!layers[l].hasFiniteOutputs()) {
        return "the outputs of layer " + (l + 1) + " are no longer numbers";
      }
    }
    return "the gradients are no longer numbers";
  }

  @Override
  public void transfer(State state) {
    state.matrix("start_weights", start.weights(0));
    scale = state.number("scale", scale);
    double[] packed = new double[samples * layers[0].units];
    copyCoefficients(packed, false);
    state.doubles("coefficients", packed);
    copyCoefficients(packed, true);
    for (int l = 0; l < layers.length; l++) {
      layers[l].transfer(state, problem.layout(), l);
    }
    if (state.isKept()) {
      hasProducts = false;
    }
  }

  /** C without its padding. */
  private void copyCoefficients(double[] packed, boolean back) {
    for (int k = 0; k < layers[0].units; k++) {
      if (back) {
        System.arraycopy(packed, k * samples, c.values(), k * stride, samples);
      } else {
        System.arraycopy(c.values(), k * stride, packed, k * samples, samples);
      }
    }
  }

  @Override
  public void remember() {
    boolean finite = DoubleLayer.isFinite(c.values());
    for (DoubleLayer layer : layers) {
      finite &= layer.isFinite();
    }
    if (finite) {
      System.arraycopy(c.values(), 0, rememberedC, 0, rememberedC.length);
      rememberedScale = scale;
      for (DoubleLayer layer : layers) {
        layer.remember();
      }
    }
  }

  @Override
  public boolean recall() {
    if (Double.isNaN(rememberedScale)) {
      return false;
    }
    System.arraycopy(rememberedC, 0, c.values(), 0, rememberedC.length);
    scale = rememberedScale;
    for (DoubleLayer layer : layers) {
      layer.recall();
    }
    return true;
  }

  /** For G, and for W1. */
  @Override
  public double passes(int iterations) {
    return 2;
  }

  /** All layers, rounded to float32. */
  @Override
  public Parameters parameters() {
    x.combination(c, scale, start.weights(0), parameters.weights(0));
    for (int l = 0; l < layers.length; l++) {
      layers[l].get(l == 0 ? null : parameters.weights(l), parameters.biases(l));
    }
    return parameters;
  }
}
