// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import dev.lanewise.data.DataException;
import dev.lanewise.data.LabelCollector;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes classes of the labels that a program has. */
final class LabelValues {

  private static final String SOURCE = "samples";

  // A program knows what its classes are: any text is one, also "NA", and any number.
  private static final LabelRules RULES =
      new LabelRules(LabelRules.Missing.CLASS, true, Optional.empty());

  private LabelValues() {}

  /** Labels that are integers. */
  static Optional<Labels> of(int[] labels) {
    LabelCollector collector = collector();
    for (int j = 0; j < labels.length; j++) {
      collector.add(LabelCollector.SAMPLE, j, labels[j]);
    }
    return labels.length == 0 ? none() : collector.finish();
  }

  /**
   * Labels that are constants of one enum, or texts, numbers and booleans.
   *
   * @param labels one for each sample
   * @throws DataException if a label is null or blank
   */
  static Optional<Labels> of(List<?> labels) {
    for (int j = 0; j < labels.size(); j++) {
      if (labels.get(j) == null || labels.get(j).toString().isBlank()) {
        throw new DataException(
            SOURCE,
            String.format(
                Locale.ROOT,
                "the label of sample %d is %s, expected a class",
                j,
                labels.get(j) == null ? "null" : "blank"));
      }
    }
    if (labels.isEmpty()) {
      return none();
    }
    return labels.stream().allMatch(Enum.class::isInstance)
        ? Optional.of(ofConstants(labels.stream().map(label -> (Enum<?>) label).toList()))
        : ofTexts(labels);
  }

  private static Labels ofConstants(List<? extends Enum<?>> labels) {
    List<? extends Enum<?>> constants =
        labels.stream()
            .distinct()
            .sorted((left, right) -> Integer.compare(left.ordinal(), right.ordinal()))
            .toList();
    Enum<?> first = constants.getFirst();
    for (Enum<?> constant : constants) {
      if (constant.getDeclaringClass() != first.getDeclaringClass()) {
        throw new DataException(
            SOURCE,
            String.format(
                Locale.ROOT,
                "labels are constants of %s and of %s, expected one enum",
                first.getDeclaringClass().getName(),
                constant.getDeclaringClass().getName()));
      }
    }
    return new Labels(
        labels.stream().mapToInt(constants::indexOf).toArray(),
        constants.stream().map(constant -> constant.name()).toList());
  }

  private static Optional<Labels> ofTexts(List<?> labels) {
    LabelCollector collector = collector();
    for (int j = 0; j < labels.size(); j++) {
      Object label = labels.get(j);
      String text = label instanceof Enum<?> constant ? constant.name() : label.toString();
      collector.add(LabelCollector.SAMPLE, j, text);
    }
    return collector.finish();
  }

  private static LabelCollector collector() {
    return new LabelCollector(SOURCE, "labels", RULES);
  }

  // What is wrong with samples that there are none of is said when their rows are counted.
  private static Optional<Labels> none() {
    return Optional.of(Labels.numbered(new int[0]));
  }
}
