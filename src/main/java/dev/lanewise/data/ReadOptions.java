package dev.lanewise.data;

import java.util.Objects;
import java.util.Optional;

/**
 * What to look for in a file.
 *
 * @param features the name of the features inside the file, or empty to find it by convention
 * @param labels the name of the labels inside the file, or empty to find it by convention
 * @param labelsRequired whether a file without labels is refused; samples to predict need none
 * @param mapping whether the features stay in the file; changes no bit of what is computed
 */
public record ReadOptions(
    Optional<String> features, Optional<String> labels, boolean labelsRequired, Mapping mapping) {

  /** Options; no component may be null. */
  public ReadOptions {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(mapping, "mapping");
  }

  /**
   * Labelled samples, names found by convention.
   *
   * @return options for training and evaluation
   */
  public static ReadOptions labelled() {
    return new ReadOptions(Optional.empty(), Optional.empty(), true, Mapping.AUTO);
  }

  /**
   * Samples with or without labels, names found by convention.
   *
   * @return options for prediction
   */
  public static ReadOptions unlabelled() {
    return new ReadOptions(Optional.empty(), Optional.empty(), false, Mapping.AUTO);
  }

  /**
   * The same with other names.
   *
   * @param features the name of the features, or null to find it by convention
   * @param labels the name of the labels, or null to find it by convention
   * @return new options
   */
  public ReadOptions named(String features, String labels) {
    return new ReadOptions(
        Optional.ofNullable(features), Optional.ofNullable(labels), labelsRequired, mapping);
  }

  /**
   * The same with features that stay in the file, or do not.
   *
   * @param choice whether they are mapped
   * @return new options
   */
  public ReadOptions mapped(Mapping choice) {
    return new ReadOptions(features, labels, labelsRequired, choice);
  }
}
