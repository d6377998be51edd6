// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.DataDigest;
import dev.lanewise.data.Dataset;
import java.util.Objects;

/**
 * What a model was trained on.
 *
 * @param source the file, as it was named
 * @param digest which digest of the data {@code sha256} is
 * @param sha256 of the features, labels and sample weights, as {@link Dataset#sha256(DataDigest)}
 *     gives it
 * @param samples m
 * @param features d
 * @param weights what the file calls the weights of the samples, or empty; of that name there are
 *     no features in tables that the model is used on
 */
public record DataProvenance(
    String source, DataDigest digest, String sha256, int samples, int features, String weights) {

  /** Provenance; no component may be null. */
  public DataProvenance {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(weights, "weights");
  }

  /**
   * The provenance of data without weights of samples.
   *
   * @param source the file, as it was named
   * @param sha256 of the features and labels, as {@link Dataset#sha256()} gives it
   * @param samples m
   * @param features d
   */
  public DataProvenance(String source, String sha256, int samples, int features) {
    this(source, DataDigest.BLOCKS, sha256, samples, features, "");
  }

  /**
   * The provenance of a data set; reads it once.
   *
   * @param dataset the data
   * @return what identifies them
   */
  public static DataProvenance of(Dataset dataset) {
    return new DataProvenance(
        dataset.origin().source(),
        DataDigest.BLOCKS,
        dataset.sha256(),
        dataset.samples(),
        dataset.width(),
        dataset.origin().weights());
  }
}
