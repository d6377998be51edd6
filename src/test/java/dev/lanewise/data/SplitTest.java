// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void eachPartHasItsShareOfEveryClass() {
    int[] labels = new int[997];
    for (int j = 0; j < labels.length; j++) {
      labels[j] = j % 10 == 0 ? 2 : j % 3 == 0 ? 1 : 0;
    }
    Split split = Split.stratified(labels, 0.2, 7);
    assertThat(split.test()).hasSize(199).isSorted();
    assertThat(split.train()).hasSize(798).isSorted();
    assertThat(IntStream.concat(IntStream.of(split.train()), IntStream.of(split.test())).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 997).boxed().toList());
    for (int number = 0; number < 3; number++) {
      int wanted = number;
      double all = IntStream.of(labels).filter(label -> label == wanted).count();
      double tested = IntStream.of(split.test()).filter(j -> labels[j] == wanted).count();
      assertThat(Math.abs(tested - 0.2 * all)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theSeedDecides() {
    int[] labels = IntStream.range(0, 100).map(j -> j % 2).toArray();
    assertThat(Split.stratified(labels, 0.3, 1).test())
        .isEqualTo(Split.stratified(labels, 0.3, 1).test())
        .isNotEqualTo(Split.stratified(labels, 0.3, 2).test());
  }

  @Test
  void emptyPartsAreRefused() {
    int[] labels = {0, 1, 0};
    for (double share : new double[] {0, 1, -1, 2, Double.NaN, 0.01, 0.99}) {
      assertThatThrownBy(() -> Split.stratified(labels, share, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void asManyClassesAsSamplesAreNoWork() {
    int[] labels = IntStream.range(0, 2_000_000).map(j -> j % 65_536).toArray();
    // A pass over all samples for each class would take minutes.
    Split split =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Split.stratified(labels, 0.25, 3));
    assertThat(split.test()).hasSize(500_000);
  }

  @Test
  void theLotIsWhatItWas() {
    int[] labels = {0, 1, 2, 0, 1, 0, 2, 0, 1, 0};
    assertThat(Split.stratified(labels, 0.4, 1).test()).containsExactly(4, 5, 6, 7);
  }
}
