// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.util.Objects;

/**
 * How rows of a DataFrame become samples in shards.
 *
 * @param scale how numbers become features
 * @param standardize whether features are standardised
 * @param partitions how many shards there are; 0 for the default parallelism of Spark. Changes no
 *     bit
 * @param requireOrder whether rows without an order are rejected
 * @param mostOfSparse the most features of sparse vectors, which are made dense
 * @param requireVector whether executors without the Vector API are rejected; scalar kernels have
 *     the same bits
 */
public record LayoutOptions(
    FeatureScale scale,
    boolean standardize,
    int partitions,
    boolean requireOrder,
    int mostOfSparse,
    boolean requireVector) {

  /** The most features of a sparse vector unless told otherwise. */
  public static final int MOST_OF_SPARSE = 1 << 16;

  /** Features as they are, in as many shards as Spark has slots. */
  public static final LayoutOptions DEFAULT =
      new LayoutOptions(FeatureScale.AUTO, false, 0, false, MOST_OF_SPARSE, true);

  /** Checks the components. */
  public LayoutOptions {
    Objects.requireNonNull(scale, "scale");
    if (partitions < 0) {
      throw new IllegalArgumentException("the partitions are at least 1, not " + partitions);
    }
  }

  /**
   * Returns the same with another number of shards.
   *
   * @param count how many; 0 for the default
   * @return the options
   */
  public LayoutOptions withPartitions(int count) {
    return new LayoutOptions(scale, standardize, count, requireOrder, mostOfSparse, requireVector);
  }

  /**
   * Returns the same with or without standardised features.
   *
   * @param wanted whether features are standardised
   * @return the options
   */
  public LayoutOptions withStandardize(boolean wanted) {
    return new LayoutOptions(scale, wanted, partitions, requireOrder, mostOfSparse, requireVector);
  }

  /**
   * Returns the same that does or does not reject rows without an order.
   *
   * @param required whether an order is required
   * @return the options
   */
  public LayoutOptions withRequireOrder(boolean required) {
    return new LayoutOptions(scale, standardize, partitions, required, mostOfSparse, requireVector);
  }

  /**
   * Returns the same with another scale.
   *
   * @param other how numbers become features
   * @return the options
   */
  public LayoutOptions withScale(FeatureScale other) {
    return new LayoutOptions(
        other, standardize, partitions, requireOrder, mostOfSparse, requireVector);
  }
}
