// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameSamplesTest {

  private static Dataset data(float[]... samples) {
    return Dataset.of(samples, new int[samples.length]);
  }

  /** 40 features, so that a few of them do not tell all. */
  private static float[] sample(int number) {
    float[] features = new float[40];
    features[1] = number;
    return features;
  }

  @Test
  void samplesAreFoundWhateverTheirOrderAndNumber() {
    try (Dataset all = data(sample(0), sample(1), sample(2));
        Dataset turned = data(sample(2), sample(0), sample(1));
        Dataset some = data(sample(1), sample(1))) {
      assertThat(SameSamples.areAmong(all, all)).isTrue();
      assertThat(SameSamples.areAmong(turned, all)).isTrue();
      assertThat(SameSamples.areAmong(some, all)).isTrue();
      assertThat(SameSamples.areAmong(all, some)).isFalse();
    }
  }

  @Test
  void oneOtherFeatureIsAnotherSample() {
    try (Dataset all = data(sample(0), sample(1));
        Dataset other = data(sample(0), sample(3));
        Dataset narrow = data(new float[] {0}, new float[] {1})) {
      assertThat(SameSamples.areAmong(other, all)).isFalse();
      assertThat(SameSamples.areAmong(narrow, all)).isFalse();
    }
  }
}
