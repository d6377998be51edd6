// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.options;

import java.util.Locale;
import java.util.Objects;

/**
 * The learning rate of each epoch, from a first one, alpha.
 *
 * @param kind the rule
 * @param decay of {@link Kind#INVERSE_TIME} and {@link Kind#STEP}; others ignore it
 * @param every epochs from one step of {@link Kind#STEP} to the next, at least 1; others ignore it
 */
public record Schedule(Kind kind, double decay, int every) {

  /** Rules, with t counting the epochs from 0. */
  public enum Kind {
    /** alpha. */
    CONSTANT,
    /** alpha / (1 + decay t). */
    INVERSE_TIME,
    /** alpha (1 + cos(pi t / T)) / 2, with T epochs in all. */
    COSINE,
    /** alpha times decay to the power of t / every, rounded down. */
    STEP;

    /**
     * The name on the command line.
     *
     * @return lower case, with a hyphen for each underscore
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final int USUAL_EVERY = 10;

  /**
   * A schedule.
   *
   * @throws IllegalArgumentException if a number is out of its range; the message names it
   */
  public Schedule {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.INVERSE_TIME && !(decay > 0 && decay <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the decay of inverse-time is positive and finite, not " + decay);
    }
    if (kind == Kind.STEP && !(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("the decay of step is above 0 and below 1, not " + decay);
    }
    if (every < 1) {
      throw new IllegalArgumentException(
          "the rate decays every so many epochs, at least 1, not " + every);
    }
  }

  /**
   * A schedule with its usual numbers: inverse time decays by 0.1 each epoch; a step halves the
   * rate every 10 epochs.
   *
   * @param kind the rule
   * @return the schedule
   */
  public static Schedule of(Kind kind) {
    double decay = kind == Kind.INVERSE_TIME ? 0.1 : 0.5;
    return new Schedule(kind, decay, USUAL_EVERY);
  }

  /**
   * Whether the rate of an epoch depends on how many there are in all.
   *
   * @return true for {@link Kind#COSINE}
   */
  public boolean dependsOnEpochs() {
    return kind == Kind.COSINE;
  }

  /**
   * The learning rate of an epoch.
   *
   * @param alpha the first rate
   * @param epoch t, from 0
   * @param epochs T, how many there are at most
   * @return the rate
   */
  public double rate(double alpha, int epoch, int epochs) {
    // StrictMath, because its bits are specified.
    switch (kind) {
      case INVERSE_TIME:
        return alpha / (1 + decay * epoch);
      case COSINE:
        return alpha * ((1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2);
      case STEP:
        return alpha * StrictMath.pow(decay, epoch / every);
      default:
        return alpha;
    }
  }
}
