// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

/**
 * The scores of a penalty on folds.
 *
 * @param l2 lambda of the squares of the weights
 * @param logLoss the mean over the folds of the mean log-loss of the samples held out, in nats; NaN
 *     where a training diverged
 * @param deviation the standard deviation of that over the folds
 * @param accuracy the mean over the folds of the accuracy on the samples held out
 * @param iterations the mean over the folds of the iterations of a training
 * @param converged the number of trainings that converged; 0 for gradient descent and sgd, which do
 *     not check
 * @param folds the number of folds
 */
public record Candidate(
    double l2,
    double logLoss,
    double deviation,
    double accuracy,
    double iterations,
    int converged,
    int folds) {

  /**
   * The standard error of the log-loss.
   *
   * @return the deviation divided by the square root of the number of folds
   */
  public double standardError() {
    return deviation / Math.sqrt(folds);
  }
}
