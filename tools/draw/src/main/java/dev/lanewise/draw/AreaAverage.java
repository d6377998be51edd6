// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Reduces a large drawing to a picture's size, exactly and in whole numbers. */
final class AreaAverage {

  private AreaAverage() {}

  /** Each result is a square of factor x factor pixels averaged; rows, columns, RGB in [0, 255]. */
  static int[] reduce(BufferedImage drawing, int factor) {
    int side = drawing.getWidth() / factor;
    int[] sums = new int[side * side * 3];
    int[] row = new int[drawing.getWidth()];
    for (int y = 0; y < side * factor; y++) {
      drawing.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int x = 0; x < side * factor; x++) {
        int at = (y / factor * side + x / factor) * 3;
        sums[at] += row[x] >> 16 & 0xff;
        sums[at + 1] += row[x] >> 8 & 0xff;
        sums[at + 2] += row[x] & 0xff;
      }
    }
    int area = factor * factor;
    Arrays.setAll(sums, i -> (sums[i] + area / 2) / area);
    return sums;
  }
}
