// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds: every sample once, every class alike, and the same from the same seed. */
class FoldsTest {

  private static final List<String> NAMES = List.of("cat", "dog", "cow");

  private static int[] labels(int m) {
    Random random = new Random(4);
    return IntStream.range(0, m).map(j -> random.nextInt(10) < 7 ? 0 : 1).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void everySampleIsHeldOutOnceAndEveryClassHasItsShare(int count) {
    int[] labels = labels(103);
    Folds folds = Folds.stratified(labels, NAMES, count, 1);
    assertThat(folds.count()).isEqualTo(count);
    int[] seen = new int[labels.length];
    for (int fold = 0; fold < count; fold++) {
      int[] heldOut = folds.heldOut(fold);
      Arrays.stream(heldOut).forEach(j -> seen[j]++);
      assertThat(heldOut).isSorted();
      assertThat(heldOut.length).isBetween(103 / count, 103 / count + 1);
      for (int k = 0; k < 2; k++) {
        int label = k;
        int all = (int) Arrays.stream(labels).filter(y -> y == label).count();
        int here = (int) Arrays.stream(heldOut).filter(j -> labels[j] == label).count();
        assertThat(here).isBetween(all / count, all / count + 1);
      }
      int[] learned = folds.learned(fold);
      assertThat(learned).isSorted();
      assertThat(IntStream.concat(Arrays.stream(learned), Arrays.stream(heldOut)).sorted())
          .containsExactlyElementsOf(IntStream.range(0, 103).boxed().toList());
    }
    assertThat(seen).containsOnly(1);
  }

  @Test
  void theSeedAloneDecides() {
    int[] labels = labels(60);
    assertThat(Folds.stratified(labels, NAMES, 4, 7))
        .isEqualTo(Folds.stratified(labels, NAMES, 4, 7))
        .hasSameHashCodeAs(Folds.stratified(labels, NAMES, 4, 7))
        .isNotEqualTo(Folds.stratified(labels, NAMES, 4, 8))
        .isNotEqualTo(Folds.stratified(labels, NAMES, 5, 7));
  }

  @Test
  void theFoldsOfASeedStayWhatTheyAre() {
    int[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1};
    Folds folds = Folds.stratified(labels, NAMES, 3, 0);
    assertThat(folds.heldOut(0)).containsExactly(PINNED[0]);
    assertThat(folds.heldOut(1)).containsExactly(PINNED[1]);
    assertThat(folds.heldOut(2)).containsExactly(PINNED[2]);
  }

  private static final int[][] PINNED = {{6, 7, 9, 10}, {1, 2, 3, 4}, {0, 5, 8, 11}};

  @Test
  void moreFoldsThanSamplesOfAClassAreRefused() {
    assertThatThrownBy(() -> Folds.stratified(new int[] {0, 0, 0, 0, 1, 1, 1}, NAMES, 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 folds are more than the 3 samples of class dog; each fold needs one");
    assertThatThrownBy(() -> Folds.stratified(new int[] {0, 0, 1, 1}, NAMES, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folds are at least 2, not 1");
  }

  @Test
  void classesWithoutSamplesDoNotMatter() {
    assertThat(Folds.stratified(new int[] {2, 2, 0, 0}, NAMES, 2, 0).heldOut(0)).hasSize(2);
  }
}
