// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one sample before it was flattened in C order (the last dimension varies fastest).
 *
 * @param dimensions for instance 64, 64, 3: rows, columns and channels of a picture; each at least
 *     1
 */
public record FeatureShape(List<Integer> dimensions) {

  /**
   * A shape.
   *
   * @throws IllegalArgumentException if there is no dimension, one is below 1, or their product
   *     exceeds {@link Integer#MAX_VALUE}
   */
  public FeatureShape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("a sample has at least one dimension");
    }
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 1) {
        throw new IllegalArgumentException("a dimension is at least 1, not " + dimension);
      }
      size *= dimension;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a sample of " + dimensions + " is too large");
      }
    }
  }

  /**
   * A shape from its dimensions.
   *
   * @param dimensions each at least 1
   * @return the shape
   * @throws IllegalArgumentException as the constructor
   */
  public static FeatureShape of(int... dimensions) {
    return new FeatureShape(Arrays.stream(dimensions).boxed().toList());
  }

  /**
   * The number of features: the product of the dimensions.
   *
   * @return d
   */
  public int size() {
    return dimensions.stream().reduce(1, (left, right) -> left * right);
  }

  /**
   * Whether a sample can be shown: rows x columns with 1, 3 or 4 channels.
   *
   * @return true if it is a picture
   */
  public boolean isPicture() {
    int rank = dimensions.size();
    return rank == 2 || rank == 3 && List.of(1, 3, 4).contains(dimensions.get(2));
  }

  /** The dimensions with " x " between them. */
  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }
}
