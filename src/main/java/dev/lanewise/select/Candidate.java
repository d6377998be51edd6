package dev.lanewise.select;

/**
 * What folds say about a penalty.
 *
 * @param l2 lambda of the squares of the weights
 * @param logLoss the mean over the folds of the mean log-loss of the samples held out, in nats; NaN
 *     where a training diverged
 * @param deviation the standard deviation of that over the folds
 * @param accuracy the mean over the folds of the accuracy on the samples held out
 * @param iterations the mean over the folds of the iterations of a training
 * @param converged in how many folds training converged; 0 of gradient descent and of sgd, which do
 *     not ask
 * @param folds how many folds there were
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
   * How uncertain the log-loss is.
   *
   * @return the standard error of the mean
   */
  public double standardError() {
    return deviation / Math.sqrt(folds);
  }
}
