// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.checkpoint.State;
import dev.lanewise.exec.BatchExecutor;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.Executor;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.loss.CrossEntropy;
import dev.lanewise.loss.Loss;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.random.SplitMix64;
import dev.lanewise.reduce.Partial;

/**
 * Goes through samples in batches, in a new order each epoch, and takes an optimizer step after
 * each batch.
 */
public final class Batches implements Resumable {

  // Draws of another kind than those of weights and of held-out samples, from the same seed.
  private static final long SALT = 0x73687566666C6521L; // "shuffle!"

  // Several loops read and write each weight; this many weights stay in the first-level cache.
  private static final int ROWS = 2048;

  private final Problem problem;
  private final int batchSize;
  private final int[] order;
  private SplitMix64 random;
  private final OptimizerStep optimizerStep;
  private final BatchExecutor executor;
  private final CrossEntropy crossEntropy;
  private final Partial sums;

  private final Executor.WeightTask update = this::update;

  /** y and s of the batch. */
  private final FloatMatrix labels;

  private final FloatMatrix weights;

  private final long seed;
  private final int layers;
  private Parameters at;
  private int epoch;

  /**
   * Batches.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   * @param learned the samples to learn from; a batch has no more than there are
   * @param options how
   * @param seed of the orders
   */
  public Batches(
      Workspace workspace,
      Compute compute,
      Problem problem,
      int[] learned,
      SgdOptions options,
      long seed) {
    this.problem = problem;
    this.batchSize = Math.min(options.batchSize(), learned.length);
    this.order = learned.clone();
    this.seed = seed;
    this.layers = problem.layout().layers().size();
    this.random = new SplitMix64(seed ^ SALT);
    Kernels kernels = compute.kernels();
    this.labels = workspace.floats(batchSize, 1);
    this.weights = problem.weights() == null ? null : workspace.floats(batchSize, 1);
    this.executor = compute.batches(workspace, problem.x(), batchSize, problem.layout());
    Loss loss = Loss.of(kernels, labels, weights, problem.outputs());
    this.crossEntropy = CrossEntropy.withGradient(workspace, kernels, loss, batchSize, problem);
    this.sums = executor.partial(crossEntropy.shape());
    this.optimizerStep = step(workspace, kernels, problem, learned.length, options.optimizer());
  }

  private static OptimizerStep step(
      Workspace workspace, Kernels kernels, Problem problem, int samples, Optimizer optimizer) {
    Layout layout = problem.layout();
    double squares = problem.penalty().l2() / samples;
    double sizes = problem.penalty().l1() / samples;
    if (optimizer instanceof Optimizer.Adam adam) {
      return new AdamStep(workspace, kernels, adam, layout, squares, sizes);
    }
    Optimizer.Sgd sgd = (Optimizer.Sgd) optimizer;
    return sgd.momentum() == 0
        ? new PlainStep(kernels, squares, sizes)
        : new MomentumStep(workspace, kernels, sgd, layout, squares, sizes);
  }

  /**
   * Returns how many batches an epoch has.
   *
   * @return at least 1
   */
  public int count() {
    return (order.length - 1) / batchSize + 1;
  }

  /**
   * Goes through all samples once, in a new order.
   *
   * @param parameters are updated
   * @param rate the learning rate
   * @param number of the epoch, from 0
   * @return false if a bias is no longer finite; the rest of the epoch was skipped
   */
  public boolean epoch(Parameters parameters, double rate, int number) {
    at = parameters;
    epoch = number;
    random.shuffle(order);
    for (int first = 0; first < order.length; first += batchSize) {
      step(first, Math.min(batchSize, order.length - first), rate);
      if (!hasFiniteBiases()) {
        return false;
      }
    }
    return true;
  }

  private boolean hasFiniteBiases() {
    for (int l = 0; l < layers; l++) {
      if (!Vectors.isFinite(at.biases(l))) {
        return false;
      }
    }
    return true;
  }

  private void step(int first, int samples, double rate) {
    gather(problem.y(), first, samples, labels);
    if (weights != null) {
      gather(problem.weights(), first, samples, weights);
    }
    optimizerStep.begin(rate, samples);
    crossEntropy.dropUnits(seed, epoch, order, first);
    executor.run(crossEntropy.at(at, false), order, first, samples, sums); // (1), (2), (6), (7)
    executor.weights(update); // (8)
    int unit = 0;
    for (int l = 0; l < layers; l++) {
      FloatMatrix biases = at.biases(l);
      for (int k = 0; k < biases.rows(); k++, unit++) {
        if (problem.intercept()) {
          biases.set(k, 0, optimizerStep.bias(unit, biases.get(k, 0), sums.number(unit))); // (9)
        }
      }
    }
  }

  private void gather(FloatMatrix all, int first, int samples, FloatMatrix ofBatch) {
    for (int place = 0; place < samples; place++) {
      ofBatch.set(place, 0, all.get(order[first + place], 0));
    }
  }

  private void update(int fromLine, int toLine) {
    for (int s = 0; s < at.stretches(); s++) {
      int end = at.rowOf(s, toLine);
      for (int row = at.rowOf(s, fromLine); row < end; row += ROWS) {
        int to = Math.min(end, row + ROWS);
        optimizerStep.weights(s, at.stretch(s), sums.gradient().stretch(s), row, to);
      }
    }
  }

  /** Between epochs. */
  @Override
  public void transfer(State state) {
    state.order("order", order);
    random = new SplitMix64(state.integer("random", random.state()));
    optimizerStep.transfer(state);
  }
}
