// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.Locale;

/** What is checked of labelled samples. */
final class Samples {

  private Samples() {}

  /** As {@link #check}, and of both classes; returns how many are of class 1. */
  static int requireBoth(int samples, int[] labels) {
    check(samples, labels);
    int ones = 0;
    for (int label : labels) {
      ones += label;
    }
    if (ones == 0 || ones == samples) {
      throw new IllegalArgumentException(
          "samples of both classes are needed, and all are of class " + labels[0]);
    }
    return ones;
  }

  static void check(int samples, int[] labels) {
    if (samples == 0 || samples != labels.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d labels for %d samples, expected as many, and at least one",
              labels.length,
              samples));
    }
    for (int label : labels) {
      if (label != 0 && label != 1) {
        throw new IllegalArgumentException("a label is 0 or 1, not " + label);
      }
    }
  }
}
