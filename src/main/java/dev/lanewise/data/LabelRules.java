package dev.lanewise.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the labels of a file become classes.
 *
 * @param missing what is done with samples that have no label
 * @param anyType whether labels are taken for classes that are most likely none: fractions, and
 *     more different ones than a tenth of the samples
 * @param classNames what the classes are called where the file only numbers them, in the order of
 *     these numbers; empty to leave them numbered
 */
public record LabelRules(Missing missing, boolean anyType, Optional<List<String>> classNames) {

  /** What is done with samples that have no label. */
  public enum Missing {
    /** The file is refused. */
    REFUSE,
    /** They are left out. */
    DROP,
    /** The texts that stand for a missing label, such as {@code NA}, are taken for a class. */
    CLASS,
    /** All samples are taken for unlabelled. */
    UNLABELLED
  }

  /** Labels that are classes beyond doubt, one for each sample. */
  public static final LabelRules STRICT = new LabelRules(Missing.REFUSE, false, Optional.empty());

  /** Labels that nobody needs, as those of samples to predict. */
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
