// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The classes that there is something to learn about. */
public final class SeenClasses {

  private SeenClasses() {}

  /**
   * The same samples in the classes that they are of. Labels 3, 7 and 9 without names are numbers
   * of ten classes, seven of which have no samples: they become three classes, called 3, 7 and 9.
   * Two classes stay what they are, also where all samples are of one.
   *
   * @param dataset labelled samples
   * @return the same data set, or one on the same memory; close one of the two
   * @throws DataException if all samples are of one class, but for two classes, or there are none
   *     of a class that has a name
   */
  public static Dataset of(Dataset dataset) {
    List<String> names = dataset.classNames();
    if (!dataset.isLabelled() || names.size() == 2) {
      return dataset;
    }
    int[] counts = dataset.counts();
    int[] numbers = new int[names.size()];
    List<String> seen = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      numbers[k] = seen.size();
      if (counts[k] > 0) {
        seen.add(names.get(k));
      }
    }
    if (seen.size() == names.size() && seen.size() > 1) {
      return dataset;
    }
    checkSeen(dataset, seen);
    int[] labels = dataset.labels();
    return dataset.relabelled(
        Arrays.stream(labels).map(label -> numbers[label]).toArray(), seen, null);
  }

  private static void checkSeen(Dataset dataset, List<String> seen) {
    List<String> names = dataset.classNames();
    if (seen.size() == 1) {
      throw new DataException(
          dataset.origin().source(),
          String.format(
              Locale.ROOT,
              "every sample is of class '%s', expected two classes or more to learn from",
              seen.getFirst()));
    }
    // A class that has a name is there to be learned.
    if (!ClassNames.areNumeric(names)) {
      String missing =
          names.stream().filter(name -> !seen.contains(name)).findFirst().orElseThrow();
      throw new DataException(
          dataset.origin().source(),
          String.format(
              Locale.ROOT,
              "has no sample of class '%s', one of the %d classes that it names, expected some to learn from",
              missing,
              names.size()));
    }
  }
}
