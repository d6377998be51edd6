// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureNamesTest {

  private static final FeatureNames AB = FeatureNames.of(List.of("a", "b"));

  @Test
  void whatCannotBeNamesIsRefused() {
    assertRefused(List.of("a", "b", "a"), "two are called 'a'");
    assertRefused(List.of("a", ""), "a name has 0 characters, expected 1 to 1000");
    assertRefused(List.of("a".repeat(1001)), "a name has 1001 characters");
    assertRefused(List.of("a\nb"), "a control character");
    // Stored as texts of one length they would be twice an array of bytes.
    List<String> many =
        IntStream.range(0, 1_100_000)
            .mapToObj(String::valueOf)
            .collect(java.util.stream.Collectors.toList());
    many.set(0, "x".repeat(1000));
    assertRefused(many, "1100000 names of up to 1000 bytes are more than can be kept");
  }

  private static void assertRefused(List<String> names, String problem) {
    assertThatThrownBy(() -> FeatureNames.of(names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void namesBelongToAsManyFeatures() {
    assertThatThrownBy(
            () ->
                new Schema(
                    FeatureShape.of(3),
                    Scaling.NONE,
                    Schema.UNNAMED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(AB),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 features have names, but a sample of 3 has 3");
    try (Dataset data = data()) {
      FeatureNames one = FeatureNames.of(List.of("a"));
      assertThatThrownBy(() -> data.withFeatureNames(one))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 names for 2 features");
    }
  }

  private static Dataset data() {
    return Dataset.of(new float[][] {{1, 2}, {3, 4}, {5, 7}, {6, 5}}, new int[] {0, 1, 0, 1});
  }

  @Test
  void whateverIsMadeOfDataKeepsTheirNames() {
    try (Dataset data = data().withFeatureNames(AB);
        Dataset some = data.select(new int[] {3, 0});
        Dataset standardized = data.standardized();
        Dataset someStandardized = standardized.select(new int[] {1, 2})) {
      for (Dataset same :
          List.of(
              data,
              some,
              standardized,
              someStandardized,
              standardized.unstandardized(),
              data.named("x"),
              data.part(1, 3),
              data.withWeights(new float[] {1, 2, 3, 4}),
              data.withClassNames(List.of("no", "yes")),
              new Question(List.of("0", "1"), List.of("0")).ask(data))) {
        assertThat(same.featureNames()).contains(AB);
        assertThat(same.schema().featureNames()).contains(AB);
        assertThat(same.schema().unstandardized().featureNames()).contains(AB);
      }
    }
  }

  @Test
  void otherNamesAreRefusedAndNoneGoWithAny() {
    try (Dataset data = data()) {
      Schema schema = data.withFeatureNames(AB).schema();
      schema.require(data, "the model");
      data.schema().require(data.withFeatureNames(AB), "the model");
      schema.require(data.withFeatureNames(FeatureNames.of(List.of("a", "b"))), "the model");
      assertThatThrownBy(
              () ->
                  schema.require(
                      data.withFeatureNames(FeatureNames.of(List.of("b", "a"))), "the model"))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "samples: feature 0 is 'b', but the model has 'a' there: the order is another");
      assertThatThrownBy(
              () ->
                  schema.requireFeatures(
                      data.withFeatureNames(FeatureNames.of(List.of("a", "c"))), "the model"))
          .isInstanceOf(DataException.class)
          .hasMessage("samples: feature 1 is 'c', but the model has 'b' there");
    }
  }

  @Test
  void namesAreCopied() {
    List<String> names = new java.util.ArrayList<>(List.of("a", "b"));
    FeatureNames copy = FeatureNames.of(names);
    Collections.reverse(names);
    assertThat(copy).isEqualTo(AB).hasSameHashCodeAs(AB);
    assertThat(copy.contains("b")).isTrue();
    assertThat(copy.contains("c")).isFalse();
  }
}
