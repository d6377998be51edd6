package dev.lanewise.model;

import dev.lanewise.data.Dataset;
import java.util.Objects;

/**
 * What a model was trained on.
 *
 * @param source the file, as it was named
 * @param sha256 of the features and labels, as {@link Dataset#sha256} gives it
 * @param samples m
 * @param features d
 */
public record DataProvenance(String source, String sha256, int samples, int features) {

  /** Provenance; no component may be null. */
  public DataProvenance {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sha256, "sha256");
  }

  /**
   * The provenance of a data set; reads it once.
   *
   * @param dataset the data
   * @return what identifies them
   */
  public static DataProvenance of(Dataset dataset) {
    return new DataProvenance(
        dataset.origin().source(), dataset.sha256(), dataset.samples(), dataset.width());
  }
}
