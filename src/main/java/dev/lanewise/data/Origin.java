// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Objects;

/**
 * Where a data set came from, for people and for the provenance of a model.
 *
 * @param source the file as it was named, or what else the data are called
 * @param format the file format, or {@code memory}
 * @param features what the file calls the features, with their type, or empty
 * @param labels what the file calls the labels, with their type, or empty
 * @param weights what the file calls the weights of the samples, if they were read, or empty
 */
public record Origin(String source, String format, String features, String labels, String weights) {

  /** An origin; no component may be null. */
  public Origin {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(weights, "weights");
  }

  /**
   * The origin of data whose samples have no weights.
   *
   * @param source the file as it was named, or what else the data are called
   * @param format the file format, or {@code memory}
   * @param features what the file calls the features, with their type, or empty
   * @param labels what the file calls the labels, with their type, or empty
   */
  public Origin(String source, String format, String features, String labels) {
    this(source, format, features, labels, "");
  }

  /**
   * The origin of data that were never in a file.
   *
   * @param name what they are called in messages
   * @return the origin
   */
  public static Origin memory(String name) {
    return new Origin(name, "memory", "", "");
  }

  /**
   * The same origin under another name.
   *
   * @param name what it is called in messages
   * @return the origin
   */
  public Origin named(String name) {
    return new Origin(name, format, features, labels, weights);
  }

  /**
   * The same origin of samples with weights.
   *
   * @param name what the file calls the weights
   * @return the origin
   */
  public Origin withWeights(String name) {
    return new Origin(source, format, features, labels, name);
  }
}
