// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.statistics;

import java.util.Objects;

/**
 * A coefficient of a fit, in the units of the data: what one unit more of the feature adds to the
 * log-odds of a class.
 *
 * @param outcome the class whose odds it is about, against the first class
 * @param name the feature, or {@link #INTERCEPT}
 * @param estimate the coefficient
 * @param error its standard error
 */
public record Coefficient(String outcome, String name, double estimate, double error) {

  /** The name of the coefficient that belongs to no feature. */
  public static final String INTERCEPT = "(intercept)";

  /** Checks that there are names. */
  public Coefficient {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(name, "name");
  }

  /**
   * Returns the estimate in standard errors: Wald's statistic.
   *
   * @return z
   */
  public double z() {
    return estimate / error;
  }

  /**
   * Returns the probability of an estimate at least as far from 0 if the coefficient is 0.
   *
   * @return the two-sided p-value, by the normal distribution
   */
  public double p() {
    return Tails.normalTwoSided(z());
  }

  /**
   * Returns the lower end of the 95 % interval.
   *
   * @return 1.96 standard errors below the estimate
   */
  public double lower() {
    return estimate - Tails.NORMAL_975 * error;
  }

  /**
   * Returns the upper end of the 95 % interval.
   *
   * @return 1.96 standard errors above the estimate
   */
  public double upper() {
    return estimate + Tails.NORMAL_975 * error;
  }

  /**
   * Returns the factor by which one unit more of the feature multiplies the odds.
   *
   * @return exp of the estimate
   */
  public double oddsRatio() {
    return StrictMath.exp(estimate);
  }

  /**
   * Returns the lower end of the 95 % interval of the odds ratio.
   *
   * @return exp of {@link #lower()}
   */
  public double oddsRatioLower() {
    return StrictMath.exp(lower());
  }

  /**
   * Returns the upper end of the 95 % interval of the odds ratio.
   *
   * @return exp of {@link #upper()}
   */
  public double oddsRatioUpper() {
    return StrictMath.exp(upper());
  }
}
