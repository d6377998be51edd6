// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.util.Objects;
import java.util.Optional;

/**
 * The columns that a training reads.
 *
 * @param features vectors, arrays of numbers, or binary
 * @param label numbers or texts
 * @param weight of samples; empty where all weigh alike
 * @param order numbers the rows, or orders them; empty for the order of the files
 */
public record RowColumns(
    String features, String label, Optional<String> weight, Optional<String> order) {

  /** Columns; none is null. */
  public RowColumns {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(order, "order");
  }
}
