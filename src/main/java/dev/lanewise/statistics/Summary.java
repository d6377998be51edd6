// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.statistics;

import java.util.List;
import java.util.Objects;

/**
 * The statistics of a fitted model.
 *
 * @param base the class that the odds of the others are compared with
 * @param coefficients of the first other class, intercept first, then of the next; empty if the
 *     data do not determine them, which the notes then say
 * @param errors how the standard errors are estimated
 * @param fit how well the whole model fits
 * @param notes what to know before the numbers are used, a sentence each
 */
public record Summary(
    String base,
    List<Coefficient> coefficients,
    ErrorKind errors,
    FitMeasures fit,
    List<String> notes) {

  /** Checks that no component is null; the lists are copied. */
  public Summary {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(errors, "errors");
    Objects.requireNonNull(fit, "fit");
    coefficients = List.copyOf(coefficients);
    notes = List.copyOf(notes);
  }
}
