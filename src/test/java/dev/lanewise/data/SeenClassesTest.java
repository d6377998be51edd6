// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenClassesTest {

  private static Dataset data(List<String> names, int... labels) {
    Arena arena = Arena.ofShared();
    return new Dataset(
        arena,
        FloatMatrix.allocate(arena, 1, labels.length),
        labels,
        names,
        FeatureShape.of(1),
        Scaling.NONE,
        Origin.memory("samples"));
  }

  private static Dataset numbered(int... labels) {
    return data(Labels.numbered(labels).classNames(), labels);
  }

  @Test
  void numbersWithoutSamplesAreNoClasses() {
    try (Dataset data = numbered(7, 3, 9, 3)) {
      Dataset seen = SeenClasses.of(data);
      assertThat(seen.classNames()).containsExactly("3", "7", "9");
      assertThat(seen.labels()).containsExactly(1, 0, 2, 0);
      assertThat(SeenClasses.of(seen)).isSameAs(seen);
    }
    try (Dataset data = numbered(7, 3)) {
      assertThat(SeenClasses.of(data).classNames()).containsExactly("3", "7");
      assertThat(SeenClasses.of(data).labels()).containsExactly(1, 0);
    }
  }

  @Test
  void whatHasSamplesOfAllStaysAndSoDoTwoClasses() {
    try (Dataset data = numbered(2, 0, 1)) {
      assertThat(SeenClasses.of(data)).isSameAs(data);
    }
    try (Dataset data = data(List.of("dog", "cat"), 1, 1)) {
      assertThat(SeenClasses.of(data)).isSameAs(data);
    }
  }

  @Test
  void whatCannotBeLearnedIsRefused() {
    try (Dataset data = numbered(5, 5)) {
      assertThatThrownBy(() -> SeenClasses.of(data))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("every sample is of class '5'");
    }
    try (Dataset data = data(List.of("cat", "dog", "bird"), 0, 2)) {
      assertThatThrownBy(() -> SeenClasses.of(data))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("no sample of class 'dog', one of the 3 classes");
    }
    try (Dataset data = data(List.of("cat"), 0, 0)) {
      assertThatThrownBy(() -> SeenClasses.of(data))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("every sample is of class 'cat'");
    }
  }
}
