// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class TintTest {

  @Test
  void turnsHuesIntoColours() {
    assertThat(Tint.hsv(0, 1, 1)).isEqualTo(Color.RED);
    assertThat(Tint.hsv(1 / 3.0, 1, 1)).isEqualTo(Color.GREEN);
    assertThat(Tint.hsv(2 / 3.0, 1, 1)).isEqualTo(Color.BLUE);
    assertThat(Tint.hsv(0.5, 1, 1)).isEqualTo(Color.CYAN);
    assertThat(Tint.hsv(-0.5, 1, 1)).isEqualTo(Color.CYAN);
    assertThat(Tint.hsv(0.3, 0, 0.5)).isEqualTo(new Color(128, 128, 128));
  }

  @Test
  void mixesAndKeepsOpacity() {
    Color half = Tint.veil(Color.BLACK, 0.5);

    assertThat(Tint.mix(half, Color.WHITE, 0.2)).isEqualTo(new Color(51, 51, 51, 128));
    assertThat(Tint.lighter(Color.BLACK, 1)).isEqualTo(Color.WHITE);
    assertThat(Tint.darker(Color.WHITE, 1)).isEqualTo(Color.BLACK);
  }
}
