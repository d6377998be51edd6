// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.random;

/** Lots that are drawn in each class of samples apart, so that every class has its share. */
public final class Strata {

  private Strata() {}

  /**
   * The samples of each class in any order, each as likely as any other.
   *
   * @param labels the class of each sample, from 0
   * @param classes how many classes there are; labels are below
   * @param random draws the orders, class after class
   * @return for each class the numbers of its samples
   */
  public static int[][] shuffled(int[] labels, int classes, SplitMix64 random) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] members = new int[classes][];
    for (int k = 0; k < classes; k++) {
      members[k] = new int[counts[k]];
    }
    for (int j = labels.length - 1; j >= 0; j--) {
      members[labels[j]][--counts[labels[j]]] = j;
    }
    for (int[] ofClass : members) {
      random.shuffle(ofClass);
    }
    return members;
  }
}
