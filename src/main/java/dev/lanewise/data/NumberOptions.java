// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Objects;
import java.util.Optional;

/**
 * How the numbers of a file become features.
 *
 * @param told {@link Scaling#PIXELS} or {@link Scaling#NONE} for numbers of any type; empty to
 *     derive the scaling from type and shape
 * @param known the scaling of the model or data set that the samples must match, or empty
 * @param exact whether numbers that float32 would round are kept as float64, for samples that are
 *     standardised
 */
public record NumberOptions(Optional<Scaling> told, Optional<Scaling> known, boolean exact) {

  /** The scaling found by type and shape, numbers rounded to float32. */
  public static final NumberOptions USUAL =
      new NumberOptions(Optional.empty(), Optional.empty(), false);

  /** Checks that no component is null. */
  public NumberOptions {
    Objects.requireNonNull(told, "told");
    Objects.requireNonNull(known, "known");
  }

  /**
   * The same with a scaling that is told.
   *
   * @param scaling {@link Scaling#PIXELS} or {@link Scaling#NONE}, or empty to find it
   * @return new options
   */
  public NumberOptions told(Optional<Scaling> scaling) {
    return new NumberOptions(scaling, known, exact);
  }

  /**
   * Returns the same for samples of a schema: scaled like it, and exact if it is standardised.
   *
   * @param schema for instance that of a model
   * @return new options
   */
  public NumberOptions like(Schema schema) {
    boolean precise = exact || schema.standardization().isPresent();
    return new NumberOptions(told, Optional.of(schema.scaling()), precise);
  }

  /** Whether numbers other than bytes may be scaled, which those in a mapped file cannot be. */
  boolean mayScaleNumbers() {
    return told.isPresent()
        ? told.get().isPixels()
        : known.filter(Scaling.LEVELS::equals).isPresent();
  }

  /**
   * The scaling of features.
   *
   * @param found what their type and shape say
   * @param bytes whether the file has unsigned bytes
   */
  Scaling scaling(Scaling found, boolean bytes) {
    if (told.isPresent()) {
      boolean pixels = told.get().isPixels();
      Scaling ofBytes = pixels ? Scaling.PIXELS : Scaling.BYTES;
      Scaling scaling = bytes ? ofBytes : pixels ? Scaling.LEVELS : Scaling.NONE;
      return known.filter(like -> like.isPixels() == pixels).orElse(scaling);
    }
    Scaling like = known.orElse(found);
    if (bytes && like != Scaling.NONE) {
      return like.isPixels() ? Scaling.PIXELS : Scaling.BYTES;
    }
    return !bytes && like == Scaling.LEVELS ? like : found;
  }
}
