// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.model.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The classes that are shown one by one, where there are more than a page has room for.
 *
 * @param numbers of the classes, ascending
 * @param note which they are; empty where they are all
 */
record ShownClasses(List<Integer> numbers, String note) {

  static final int MOST = 100;

  /** All classes, or those that do worst on some data. */
  static ShownClasses of(Assessment assessment) {
    ConfusionMatrix confusion = assessment.evaluation().confusion();
    int classes = confusion.classes();
    List<Integer> all = IntStream.range(0, classes).boxed().toList();
    if (classes <= MOST) {
      return new ShownClasses(all, "");
    }
    return new ShownClasses(
        all.stream()
            .sorted(Comparator.<Integer>comparingDouble(confusion::f1))
            .limit(MOST)
            .sorted()
            .toList(),
        String.format(
            Locale.ROOT,
            "Of %s classes the %d with the lowest F1 on the %s data are shown one by one; figures of"
                + " all classes together are of all.",
            Numbers.count(classes),
            MOST,
            assessment.name().toLowerCase(Locale.ROOT)));
  }
}
