// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.checkpoint.State;
import dev.lanewise.exec.BatchExecutor;
import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.loss.CrossEntropy;
import dev.lanewise.loss.Loss;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.Partial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples that are held out of training. Their cost decides when to stop and which weights are
 * kept.
 */
public final class HeldOut implements Resumable {

  /** The value of a cost that is not finite, or that an older checkpoint does not contain. */
  private static final double UNKNOWN = -1;

  private static final String COSTS = "held_out_costs";

  private final int[] numbers;
  private final BatchExecutor executor;
  private final CrossEntropy crossEntropy;
  private final Partial sums;
  private final int patience;

  private final Parameters best;
  private double bestCost;
  private int bestEpoch;
  private int epoch;

  /** The cost after each epoch, from 0 for before the first; {@link #UNKNOWN} if not finite. */
  private final List<Double> costs = new ArrayList<>();

  /**
   * Allocates the memory; call {@link #begin} before the first epoch.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem has the samples
   * @param numbers which samples are held out, at least one
   * @param patience how many epochs may pass without a lower cost
   */
  public HeldOut(
      Workspace workspace, Compute compute, Problem problem, int[] numbers, int patience) {
    this.numbers = numbers.clone();
    this.patience = patience;
    int h = numbers.length;
    Kernels kernels = compute.kernels();
    this.executor = compute.batches(workspace, problem.x(), h, problem.layout());
    FloatMatrix labels = gather(workspace, problem.y());
    FloatMatrix weights = problem.weights() == null ? null : gather(workspace, problem.weights());
    Loss loss = Loss.of(kernels, labels, weights, problem.outputs());
    this.crossEntropy = CrossEntropy.withoutGradient(workspace, kernels, loss, h, problem);
    this.sums = executor.partial(crossEntropy.shape());
    this.best = new Parameters(workspace, problem.layout());
  }

  private FloatMatrix gather(Workspace workspace, FloatMatrix all) {
    FloatMatrix some = workspace.floats(numbers.length, 1);
    for (int place = 0; place < numbers.length && !workspace.isDryRun(); place++) {
      some.set(place, 0, all.get(numbers[place], 0));
    }
    return some;
  }

  /**
   * Computes the cost where training starts.
   *
   * @param start the parameters before the first epoch
   */
  public void begin(Parameters start) {
    bestCost = cost(start);
    note(bestCost);
    best.copy(start);
  }

  private void note(double cost) {
    costs.add(Double.isFinite(cost) ? cost : UNKNOWN);
  }

  /** (1/h) sum s_j L_j, no penalty. */
  private double cost(Parameters at) {
    executor.run(crossEntropy.at(at, true), numbers, 0, numbers.length, sums);
    return crossEntropy.losses(sums) / numbers.length;
  }

  /**
   * Computes the cost after an epoch.
   *
   * @param at the parameters
   * @return whether patience has run out
   */
  public boolean isEnough(Parameters at) {
    epoch++;
    double found = cost(at);
    note(found);
    if (found < bestCost) {
      bestCost = found;
      bestEpoch = epoch;
      best.copy(at);
    }
    return epoch - bestEpoch >= patience;
  }

  /**
   * Goes back to the best parameters.
   *
   * @param at receives them
   */
  public void restore(Parameters at) {
    at.copy(best);
  }

  /** Between epochs. */
  @Override
  public void transfer(State state) {
    state.parameters("best_", best);
    bestCost = state.number("best_cost", bestCost, 0, Double.MAX_VALUE);
    epoch = state.count("held_out_epochs", epoch, state.completed(), state.completed());
    // When patience has run out, no checkpoint is written.
    bestEpoch = state.count("best_epoch", bestEpoch, Math.max(0, epoch - patience + 1), epoch);
    transferCosts(state);
  }

  private void transferCosts(State state) {
    double[] all = new double[epoch + 1];
    if (!state.isKept()) {
      Arrays.setAll(all, costs::get);
    } else {
      Arrays.fill(all, UNKNOWN);
    }
    if (state.has(COSTS)) {
      state.doubles(COSTS, all);
    }
    costs.clear();
    Arrays.stream(all).forEach(costs::add);
  }

  /**
   * Returns the cost after each epoch.
   *
   * @return the costs, the first before the first epoch; below 0 where the cost was not finite, or
   *     is not known because the run resumes a checkpoint without costs
   */
  public List<Double> costs() {
    return List.copyOf(costs);
  }

  /**
   * Returns how many samples are held out.
   *
   * @return h
   */
  public int samples() {
    return numbers.length;
  }

  /**
   * Returns the lowest cost of these samples.
   *
   * @return (1/h) sum s_j L_j, without penalties
   */
  public double bestCost() {
    return bestCost;
  }

  /**
   * Returns after which epoch the cost was lowest.
   *
   * @return 0 for before the first
   */
  public int bestEpoch() {
    return bestEpoch;
  }
}
