// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.statistics;

/**
 * How well a whole model fits the data that it was trained on.
 *
 * @param logLikelihood the sum of the logarithms of the probabilities of the samples' classes, each
 *     times the weight of its sample
 * @param nullLogLikelihood the same of the model without features, and without an intercept if the
 *     model has none
 * @param observations the sum of the weights of the samples: their number, if all weigh 1
 * @param parameters how many coefficients were estimated
 * @param nullParameters how many of them the model without features has
 * @param iterations of the solver
 * @param condition how close the features are to being collinear: the condition number of the
 *     second derivative in the 1-norm, features taken from their means and each coefficient in
 *     units in which the diagonal is 1; infinite if some are collinear
 */
public record FitMeasures(
    double logLikelihood,
    double nullLogLikelihood,
    double observations,
    int parameters,
    int nullParameters,
    int iterations,
    double condition) {

  /**
   * Returns the deviance.
   *
   * @return -2 times the log-likelihood
   */
  public double deviance() {
    return -2 * logLikelihood;
  }

  /**
   * Returns the deviance of the model without features.
   *
   * @return -2 times its log-likelihood
   */
  public double nullDeviance() {
    return -2 * nullLogLikelihood;
  }

  /**
   * Returns Akaike's criterion.
   *
   * @return the deviance plus 2 for each coefficient
   */
  public double aic() {
    return deviance() + 2.0 * parameters;
  }

  /**
   * Returns the Bayesian criterion.
   *
   * @return the deviance plus log n for each coefficient, n the number of observations
   */
  public double bic() {
    return deviance() + StrictMath.log(observations) * parameters;
  }

  /**
   * Returns McFadden's R².
   *
   * @return 1 - the log-likelihood over that of the model without features
   */
  public double mcFadden() {
    return 1 - logLikelihood / nullLogLikelihood;
  }

  /**
   * Returns the statistic of the likelihood-ratio test against the model without features.
   *
   * @return the difference of the deviances
   */
  public double likelihoodRatio() {
    return nullDeviance() - deviance();
  }

  /**
   * Returns the degrees of freedom of that test.
   *
   * @return the coefficients of features
   */
  public int degrees() {
    return parameters - nullParameters;
  }

  /**
   * Returns the p-value of that test.
   *
   * @return by the chi-squared distribution; 1 if there are no features
   */
  public double likelihoodRatioP() {
    return degrees() == 0 ? 1 : Tails.chiSquared(likelihoodRatio(), degrees());
  }
}
