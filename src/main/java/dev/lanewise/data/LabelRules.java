// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the labels of a file become classes.
 *
 * @param missing what happens to samples without a label
 * @param anyType whether labels that are most likely not classes are accepted: fractions, and more
 *     distinct labels than a tenth of the samples
 * @param classNames the names of classes that the file only numbers, in the order of the numbers;
 *     empty to keep the numbers
 */
public record LabelRules(Missing missing, boolean anyType, Optional<List<String>> classNames) {

  /** What happens to samples without a label. */
  public enum Missing {
    /** The file is rejected. */
    REFUSE,
    /** They are left out. */
    DROP,
    /** A text that stands for a missing label, such as {@code NA}, is the name of a class. */
    CLASS,
    /** All samples are read as unlabelled. */
    UNLABELLED
  }

  /** Every sample needs a label, and the labels must look like classes. */
  public static final LabelRules STRICT = new LabelRules(Missing.REFUSE, false, Optional.empty());

  /** Labels are not needed, as for samples to predict. */
  public static final LabelRules UNNEEDED =
      new LabelRules(Missing.UNLABELLED, true, Optional.empty());

  /** Rules; the names are copied. */
  public LabelRules {
    Objects.requireNonNull(missing, "missing");
    classNames = classNames.map(List::copyOf);
  }

  /**
   * The same for labels whose classes are known, whatever type these are of.
   *
   * @return new rules
   */
  public LabelRules ofAnyType() {
    return new LabelRules(missing, true, classNames);
  }
}
