// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Makes PNG files, in memory, of pixels. */
public final class PngEncoder {

  private PngEncoder() {}

  /**
   * Encodes a picture.
   *
   * @param rgb its pixels row by row, 0xRRGGBB each
   * @param width columns, at least 1
   * @return a PNG file
   * @throws IllegalArgumentException if the pixels are no whole number of rows, or none
   */
  public static byte[] encode(int[] rgb, int width) {
    if (width < 1 || rgb.length == 0 || rgb.length % width != 0) {
      throw new IllegalArgumentException(rgb.length + " pixels are not rows of " + width);
    }
    int height = rgb.length / width;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, rgb, 0, width);
    // Not through a temporary file, which is what ImageIO does unless it is told.
    ImageIO.setUseCache(false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return out.toByteArray();
  }
}
