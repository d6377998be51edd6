// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import dev.lanewise.statistics.Coefficient;
import dev.lanewise.statistics.ErrorKind;
import dev.lanewise.statistics.FitMeasures;
import dev.lanewise.statistics.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a model file keeps the statistics of its fit. Attributes {@code summary_errors} (how standard
 * errors were estimated) and {@code summary_base} (a class); {@code summary_fit} has the components
 * of {@link FitMeasures} in their order (float64). For each coefficient {@code summary_outcomes}
 * and {@code summary_names} (strings), and {@code summary_estimates}, a row of estimate and
 * standard error (float64). {@code summary_notes} are sentences. Lists are left out if empty.
 *
 * <p>What else a summary says follows from these. Nothing depends on a summary, so files that have
 * one are of no version of their own.
 */
final class SummaryFields {

  private static final String ERRORS = "summary_errors";
  private static final String BASE = "summary_base";
  private static final String FIT = "summary_fit";
  private static final String OUTCOMES = "summary_outcomes";
  private static final String NAMES = "summary_names";
  private static final String ESTIMATES = "summary_estimates";
  private static final String NOTES = "summary_notes";

  private static final int MEASURES = 7;
  private static final int ESTIMATE = 2;

  private SummaryFields() {}

  static void write(Hdf5Content content, Summary summary) {
    FitMeasures fit = summary.fit();
    content
        .attribute(ERRORS, summary.errors().id())
        .attribute(BASE, summary.base())
        .float64(
            FIT,
            new double[] {
              fit.logLikelihood(),
              fit.nullLogLikelihood(),
              fit.observations(),
              fit.parameters(),
              fit.nullParameters(),
              fit.iterations(),
              fit.condition()
            },
            MEASURES);
    List<Coefficient> coefficients = summary.coefficients();
    if (!coefficients.isEmpty()) {
      double[] estimates = new double[coefficients.size() * ESTIMATE];
      for (int i = 0; i < coefficients.size(); i++) {
        estimates[i * ESTIMATE] = coefficients.get(i).estimate();
        estimates[i * ESTIMATE + 1] = coefficients.get(i).error();
      }
      content
          .strings(OUTCOMES, coefficients.stream().map(Coefficient::outcome).toList())
          .strings(NAMES, coefficients.stream().map(Coefficient::name).toList())
          .float64(ESTIMATES, estimates, coefficients.size(), ESTIMATE);
    }
    if (!summary.notes().isEmpty()) {
      content.strings(NOTES, summary.notes());
    }
  }

  /**
   * Reads the statistics.
   *
   * @throws IllegalArgumentException if they cannot be any
   */
  static Optional<Summary> read(Hdf5File file) {
    Optional<String> errors = file.stringAttribute(ERRORS);
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    double[] fit = file.doubles(FIT);
    require(fit.length, MEASURES, FIT);
    List<Coefficient> coefficients = new ArrayList<>();
    if (file.find(NAMES).isPresent()) {
      List<String> outcomes = file.strings(OUTCOMES);
      List<String> names = file.strings(NAMES);
      double[] estimates = file.doubles(ESTIMATES);
      require(outcomes.size(), names.size(), OUTCOMES);
      require(estimates.length, names.size() * ESTIMATE, ESTIMATES);
      for (int i = 0; i < names.size(); i++) {
        coefficients.add(
            new Coefficient(
                outcomes.get(i),
                names.get(i),
                estimates[i * ESTIMATE],
                estimates[i * ESTIMATE + 1]));
      }
    }
    return Optional.of(
        new Summary(
            file.stringAttribute(BASE)
                .orElseThrow(
                    () -> new IllegalArgumentException("there is no attribute '" + BASE + "'")),
            coefficients,
            ErrorKind.of(errors.get()),
            new FitMeasures(
                fit[0], fit[1], fit[2], (int) fit[3], (int) fit[4], (int) fit[5], fit[6]),
            file.find(NOTES).isPresent() ? file.strings(NOTES) : List.of()));
  }

  private static void require(int found, int expected, String name) {
    if (found != expected) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%s' has %d elements, expected %d", name, found, expected));
    }
  }
}
