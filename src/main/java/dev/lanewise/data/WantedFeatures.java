// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

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
 */
public record WantedFeatures(
    Optional<FeatureShape> shape, Optional<FeatureNames> names, Optional<Numbering> numbering) {

  /** The features of the file, whatever they are. */
  public static final WantedFeatures ALL =
      new WantedFeatures(Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that no component is null. */
  public WantedFeatures {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(numbering, "numbering");
  }
}
