// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5File;
import java.util.Locale;
import java.util.Optional;

/**
 * How a model file says that features are standardised: the scaling is {@code standard}, which
 * programs that know nothing of it refuse, and that which came before it has an attribute of its
 * own.
 */
final class StandardizationFields {

  private static final String STANDARD = "standard";
  private static final String BEFORE = "scaling_before";
  private static final String MEANS = "feature_means";
  private static final String DEVIATIONS = "feature_deviations";
  private static final String DIGEST = "standardization_sha256";

  private StandardizationFields() {}

  static String scaling(Schema schema) {
    return schema.standardization().isPresent() ? STANDARD : schema.scaling().id();
  }

  static void write(Hdf5Content content, Schema schema) {
    schema
        .standardization()
        .ifPresent(
            by ->
                content
                    .float64(MEANS, by.means(), by.width())
                    .float64(DEVIATIONS, by.deviations(), by.width())
                    .attribute(BEFORE, schema.scaling().id())
                    .attribute(DIGEST, by.sha256()));
  }

  /** The scaling that comes before any standardisation. */
  static Scaling before(Hdf5File file, String scaling) {
    return Scaling.of(scaling.equals(STANDARD) ? text(file, BEFORE) : scaling);
  }

  static Optional<Standardization> read(Hdf5File file, String scaling) {
    if (!scaling.equals(STANDARD)) {
      return Optional.empty();
    }
    Standardization by = new Standardization(file.doubles(MEANS), file.doubles(DEVIATIONS));
    if (!by.sha256().equals(text(file, DIGEST))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "means and deviations have SHA-256 %s, expected %s",
              by.sha256(),
              text(file, DIGEST)));
    }
    return Optional.of(by);
  }

  private static String text(Hdf5File file, String attribute) {
    return file.stringAttribute(attribute)
        .orElseThrow(
            () -> new IllegalArgumentException("there is no attribute '" + attribute + "'"));
  }
}
