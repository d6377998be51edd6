// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.data.Scaling;
import java.util.Locale;

/** How the numbers of a features column become features. */
public enum FeatureScale {
  /** Bytes of a binary column are pixels; other numbers are taken as they are. */
  AUTO,
  /** Numbers, and bytes, are taken as they are. */
  NONE,
  /** Numbers are whole, from 0 to 255, and divided by 255. */
  PIXELS;

  /**
   * Returns the name on the command line.
   *
   * @return {@code auto}, {@code none} or {@code pixels}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  Scaling scaling(boolean binary) {
    if (this == PIXELS || this == AUTO && binary) {
      return Scaling.PIXELS;
    }
    return binary ? Scaling.BYTES : Scaling.NONE;
  }
}
