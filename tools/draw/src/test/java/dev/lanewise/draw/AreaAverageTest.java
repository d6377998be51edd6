// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class AreaAverageTest {

  @Test
  void averagesEachSquareAndRoundsHalvesUp() {
    BufferedImage drawing = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    drawing.setRGB(0, 0, 0xff0000);
    drawing.setRGB(1, 1, 0x040000);
    drawing.setRGB(2, 0, 0x000200);
    drawing.setRGB(3, 3, 0x0000fc);

    int[] levels = AreaAverage.reduce(drawing, 2);

    assertThat(levels).containsExactly(65, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 63);
  }

  @Test
  void whiteStaysWhite() {
    BufferedImage drawing = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        drawing.setRGB(x, y, 0xffffff);
      }
    }

    assertThat(AreaAverage.reduce(drawing, 4)).hasSize(12).containsOnly(255);
  }
}
