// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTest {

  private static final Shape SHAPE = new Shape(37, 19);

  @ParameterizedTest
  @EnumSource
  void holdsTheSameSamples(Storage storage) {
    try (Dataset floats = Pixels.floats(SHAPE);
        Dataset data = storage.dataset(SHAPE)) {
      assertThat(data.sha256()).isEqualTo(floats.sha256());
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(Storage storage) {
    assertThat(Storage.of(storage.toString())).isEqualTo(storage);
  }

  @Test
  void namesWhatThereIs() {
    assertThatThrownBy(() -> Storage.of("mapped"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("floats or bytes or mapped-bytes or mapped-floats");
  }
}
