// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.List;

/**
 * A correction of scores, so that the probabilities that follow from them agree with frequencies.
 * It is learned from samples that the model was not trained on, with functions that have the same
 * bits on every machine.
 */
public sealed interface Calibration
    permits PlattCalibration, TemperatureCalibration, IsotonicCalibration {

  /** The ways to calibrate. */
  enum Kind {
    /** A straight line through the log-odds: {@link PlattCalibration}. */
    PLATT("platt"),
    /** A function that does not fall: {@link IsotonicCalibration}. */
    ISOTONIC("isotonic"),
    /** One factor for all scores: {@link TemperatureCalibration}. */
    TEMPERATURE("temperature");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /**
     * Returns the name in files and on the command line.
     *
     * @return for instance {@code platt}
     */
    public String id() {
      return id;
    }
  }

  /**
   * Learns a calibration of two classes.
   *
   * @param kind which
   * @param scores z of each sample, the log-odds of class 1
   * @param labels as many, 0 or 1
   * @return the calibration
   * @throws IllegalArgumentException if there are no samples of a class, or the scores have no
   *     temperature
   */
  static Calibration fit(Kind kind, double[] scores, int[] labels) {
    return switch (kind) {
      case PLATT -> PlattCalibration.fit(scores, labels);
      case ISOTONIC -> IsotonicCalibration.fit(scores, labels);
      case TEMPERATURE -> TemperatureCalibration.fit(scores, labels);
    };
  }

  /**
   * Makes a calibration of its kind and numbers.
   *
   * @param id of the kind
   * @param numbers as {@link #numbers()} gives them
   * @return the calibration
   * @throws IllegalArgumentException if there is no such kind, or the numbers cannot be its own
   */
  static Calibration of(String id, double[] numbers) {
    for (Kind kind : Kind.values()) {
      if (kind.id().equals(id)) {
        return switch (kind) {
          case PLATT -> PlattCalibration.of(numbers);
          case ISOTONIC -> IsotonicCalibration.of(numbers);
          case TEMPERATURE -> TemperatureCalibration.of(numbers);
        };
      }
    }
    throw new IllegalArgumentException("no calibration is called '" + id + "'");
  }

  /**
   * Returns which calibration it is.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Corrects a score. Of two classes it is the log-odds of class 1; of more, z of a class.
   *
   * @param score z
   * @return the corrected z
   */
  double score(double score);

  /**
   * Returns all its numbers.
   *
   * @return what {@link #of(String, double[])} takes
   */
  List<Double> numbers();
}
