// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

  @Test
  void readsFeaturesThenSamples() {
    assertThat(Shape.of("784x60000")).isEqualTo(new Shape(784, 60000)).hasToString("784x60000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "784", "784x", "x9", "784 x 9", "-1x9", "784x60000x3", "0x9", "9x0"})
  void refusesWhatIsNoShape(String text) {
    assertThatThrownBy(() -> Shape.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
