// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Objects;
import java.util.Optional;

/**
 * Which entries of a file become features, labels and sample weights. An entry is a data set, an
 * array or a column.
 *
 * @param features the name of the features, or empty to find them by convention
 * @param labels the name of the labels, or of the file that they are in, or empty to find them by
 *     convention
 * @param labelColumn the column of a table that has the labels where {@code labels} is empty and
 *     the table has this column, such as that of training; other formats ignore it
 * @param weights the name of the sample weights, or empty for none
 * @param leftOut the name of an entry that is neither features nor labels if the file has it, such
 *     as the sample weights of a test file; or empty
 * @param labelsRequired whether a file without labels is rejected
 * @param classFromName whether the classes of a folder of pictures are in the names of its files
 *     ({@code cat.0.jpg}) and not in its folders; files of other formats are then rejected
 * @param role which of several candidates are taken: those named after this role
 */
public record EntryOptions(
    Optional<String> features,
    Optional<String> labels,
    Optional<String> labelColumn,
    Optional<String> weights,
    Optional<String> leftOut,
    boolean labelsRequired,
    boolean classFromName,
    Role role) {

  /** What samples are for. */
  public enum Role {
    /** To be learned from. */
    TRAIN,
    /** To be tested on. */
    TEST,
    /** For whatever purpose. */
    ANY
  }

  /** Checks that no component is null. */
  public EntryOptions {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(labelColumn, "labelColumn");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(leftOut, "leftOut");
    Objects.requireNonNull(role, "role");
  }

  /** All names are found by convention. */
  static EntryOptions byConvention(boolean labelsRequired) {
    Optional<String> none = Optional.empty();
    return new EntryOptions(none, none, none, none, none, labelsRequired, false, Role.ANY);
  }

  EntryOptions named(String ofFeatures, String ofLabels) {
    return new EntryOptions(
        Optional.ofNullable(ofFeatures),
        Optional.ofNullable(ofLabels),
        labelColumn,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        role);
  }

  EntryOptions labelledBy(String column) {
    return new EntryOptions(
        features,
        labels,
        Optional.ofNullable(column),
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        role);
  }

  EntryOptions weighted(String name) {
    return new EntryOptions(
        features,
        labels,
        labelColumn,
        Optional.ofNullable(name),
        leftOut,
        labelsRequired,
        classFromName,
        role);
  }

  EntryOptions leavingOut(String name) {
    return new EntryOptions(
        features,
        labels,
        labelColumn,
        weights,
        Optional.ofNullable(name).filter(given -> !given.isEmpty()),
        labelsRequired,
        classFromName,
        role);
  }

  EntryOptions classesFromNames(boolean inNames) {
    return new EntryOptions(
        features, labels, labelColumn, weights, leftOut, labelsRequired, inNames, role);
  }

  EntryOptions as(Role choice) {
    return new EntryOptions(
        features, labels, labelColumn, weights, leftOut, labelsRequired, classFromName, choice);
  }
}
