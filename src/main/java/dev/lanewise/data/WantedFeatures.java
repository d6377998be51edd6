// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.data.table.TableEncoding;
import java.util.Objects;
import java.util.Optional;

/**
 * The features that samples must have, for formats that leave this open. Empty components accept
 * the features of the file.
 *
 * @param shape the number of features of a text that leaves zeros out, or the size that pictures
 *     are scaled to
 * @param names the features to read, in this order, from files whose features have names
 * @param numbering the features to read from files whose features have numbers in the place of
 *     names; {@link Numbering#NONE} if the features wanted have no such numbers
 * @param encoding how the columns of a table become these features; empty if each is a column
 */
public record WantedFeatures(
    Optional<FeatureShape> shape,
    Optional<FeatureNames> names,
    Optional<Numbering> numbering,
    Optional<TableEncoding> encoding) {

  /** The features of the file, whatever they are. */
  public static final WantedFeatures ALL =
      new WantedFeatures(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that no component is null. */
  public WantedFeatures {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(numbering, "numbering");
    Objects.requireNonNull(encoding, "encoding");
  }

  /**
   * Features that are columns of a table, or elements of an array.
   *
   * @param shape as above
   * @param names as above
   * @param numbering as above
   */
  public WantedFeatures(
      Optional<FeatureShape> shape, Optional<FeatureNames> names, Optional<Numbering> numbering) {
    this(shape, names, numbering, Optional.empty());
  }

  /**
   * The features of samples of a schema.
   *
   * @param schema for instance that of a model
   * @return its shape, names, numbers and encoding
   */
  public static WantedFeatures of(Schema schema) {
    return new WantedFeatures(
        Optional.of(schema.shape()),
        schema.featureNames(),
        Optional.of(schema.numbering().orElse(Numbering.NONE)),
        schema.encoding());
  }

  /**
   * Returns the names of the columns that a table must have.
   *
   * @return those of the features, or of the columns that are encoded; empty if any will do
   */
  public Optional<FeatureNames> columns() {
    return encoding.isPresent() ? encoding.map(by -> FeatureNames.of(by.columnNames())) : names;
  }
}
