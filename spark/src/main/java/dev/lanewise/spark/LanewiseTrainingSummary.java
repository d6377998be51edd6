// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.train.CostPoint;
import dev.lanewise.train.TrainingResult;

/** How a training went. */
public final class LanewiseTrainingSummary {

  private final TrainingResult result;

  LanewiseTrainingSummary(TrainingResult result) {
    this.result = result;
  }

  /**
   * Returns the objective at each iteration, with penalties, divided by the number of samples.
   *
   * @return the objectives, from the first iteration to the end
   */
  public double[] objectiveHistory() {
    return java.util.stream.DoubleStream.concat(
            result.costs().stream().mapToDouble(CostPoint::cost),
            java.util.stream.DoubleStream.of(result.convergence().objective()))
        .toArray();
  }

  /**
   * Returns the number of iterations.
   *
   * @return at least 0
   */
  public int totalIterations() {
    return result.convergence().iterations();
  }

  /**
   * Returns how often the data were read: jobs of the training, but for some small ones.
   *
   * @return passes; one over a subset counts as its fraction
   */
  public double passes() {
    return result.convergence().passes();
  }

  /**
   * Returns an estimate of how far the objective is above its least.
   *
   * @return the gap; infinite or NaN if it is unknown
   */
  public double objectiveGap() {
    return result.convergence().objectiveGap();
  }

  /**
   * Tells whether the optimum was reached.
   *
   * @return whether training converged
   */
  public boolean converged() {
    return result.convergence().converged();
  }

  /**
   * Returns why training ended.
   *
   * @return as {@code lanewise train} prints it
   */
  public String stopReason() {
    return result.convergence().stopReason().id();
  }

  /**
   * Returns the digest of the weights: equal digests are equal models.
   *
   * @return 64 hexadecimal digits
   */
  public String weightsSha256() {
    return result.model().weightsSha256();
  }

  /**
   * Returns the digest of the samples in their order.
   *
   * @return 64 hexadecimal digits
   */
  public String dataSha256() {
    return result.model().provenance().data().sha256();
  }

  /**
   * Returns how long training took, without the layout.
   *
   * @return seconds
   */
  public double seconds() {
    return result.seconds();
  }
}
