// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.metric.Calibration;
import dev.lanewise.model.Model;
import dev.lanewise.statistics.Summary;
import java.util.List;
import java.util.Optional;

/**
 * A finished run.
 *
 * @param model what was learned, with its provenance
 * @param costs the cost at every {@link Hyperparameters#costEvery()}th iteration, ascending; while
 *     a solver looks at a part of the samples only, there is none; of one versus the rest the mean
 *     over the classes
 * @param convergence where training ended, and why there
 * @param heldOut the cost of the held-out samples; empty if none were held out
 * @param engine the engine that ran: {@code gram} where the products of the samples did
 * @param kernel the kernels that computed
 * @param lanes how many floats an instruction worked on; 1 for scalar kernels
 * @param threads how many threads computed
 * @param seconds from the first arithmetic, that of X'X where the engine needs it, to the finished
 *     weights
 */
public record TrainingResult(
    Model model,
    List<CostPoint> costs,
    Convergence convergence,
    Optional<HeldOutCost> heldOut,
    String engine,
    String kernel,
    int lanes,
    int threads,
    double seconds) {

  /** A run; the list is copied. */
  public TrainingResult {
    costs = List.copyOf(costs);
  }

  /**
   * The same run with a model that predicts class 1 above another probability.
   *
   * @param threshold as for {@link Model#withThreshold}
   * @return a new result
   * @throws IllegalArgumentException if it is no probability
   * @throws IllegalStateException if there are more classes than two
   */
  public TrainingResult withThreshold(float threshold) {
    return with(model.withThreshold(threshold));
  }

  /**
   * The same run with a model of calibrated probabilities.
   *
   * @param calibration as for {@link Model#withCalibration}
   * @return a new result
   * @throws IllegalArgumentException if it is not for these classes
   */
  public TrainingResult withCalibration(Calibration calibration) {
    return with(model.withCalibration(Optional.of(calibration)));
  }

  /**
   * The same run with a model that keeps the statistics of the fit.
   *
   * @param summary the statistics
   * @return a new result
   */
  public TrainingResult withSummary(Summary summary) {
    return with(model.withSummary(summary));
  }

  /**
   * The same run with a model that keeps the arguments of the command that trained it.
   *
   * @param words as for {@link Model#withArguments}
   * @return a new result
   */
  public TrainingResult withArguments(List<String> words) {
    return with(model.withArguments(words));
  }

  private TrainingResult with(Model other) {
    return new TrainingResult(
        other, costs, convergence, heldOut, engine, kernel, lanes, threads, seconds);
  }
}
