// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The pixels of a decoded picture, a row at a time, as 8 bits of red, green and blue or as grey.
 *
 * <p>Numbers are those of the file: Java itself would take grey for linear light and make it
 * brighter. What is transparent shows white.
 */
final class PixelRows {

  private static final int WHITE = 255;
  private static final int NONE = -1;

  private final BufferedImage image;
  private final Raster raster;
  private final boolean direct;
  private final int bands;
  private final int alphaBand;
  private final int[] highest;
  private final int channels;
  private final int[] samples;
  private final int[] packed;

  /**
   * Rows of a picture.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @throws BrokenPictureException if its colours are of another kind
   */
  PixelRows(BufferedImage image, int channels) throws BrokenPictureException {
    this.image = image;
    this.raster = image.getRaster();
    this.channels = channels;
    ColorModel model = image.getColorModel();
    int colours = model.getColorSpace().getType();
    if (colours != ColorSpace.TYPE_RGB && colours != ColorSpace.TYPE_GRAY) {
      throw new BrokenPictureException(
          "has colours of a kind that is not supported, expected RGB or grey");
    }
    this.bands = raster.getNumBands();
    this.direct =
        !(model instanceof IndexColorModel)
            && bands == model.getNumComponents()
            && !model.isAlphaPremultiplied();
    this.alphaBand = model.hasAlpha() ? bands - 1 : NONE;
    this.highest = new int[bands];
    for (int band = 0; band < bands; band++) {
      highest[band] = (1 << model.getComponentSize(band)) - 1;
    }
    this.samples = direct ? new int[image.getWidth() * bands] : null;
    this.packed = direct ? null : new int[image.getWidth()];
  }

  /** Reads a row into columns x channels numbers from 0 to 255. */
  void read(int row, float[] out) {
    int width = image.getWidth();
    if (direct) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + row, width, 1, samples);
    } else {
      image.getRGB(0, row, width, 1, packed, 0, width);
    }
    for (int column = 0; column < width; column++) {
      int alpha;
      int red;
      int green;
      int blue;
      if (direct) {
        boolean colour = bands >= 3;
        int at = column * bands;
        red = sample(at, 0);
        green = colour ? sample(at, 1) : red;
        blue = colour ? sample(at, 2) : red;
        alpha = alphaBand == NONE ? WHITE : sample(at, alphaBand);
      } else {
        int pixel = packed[column];
        alpha = pixel >>> 24;
        red = pixel >> 16 & 0xff;
        green = pixel >> 8 & 0xff;
        blue = pixel & 0xff;
      }
      write(out, column, over(red, alpha), over(green, alpha), over(blue, alpha));
    }
  }

  private int sample(int at, int band) {
    int most = highest[band];
    return most == WHITE
        ? samples[at + band]
        : (int) ((samples[at + band] * 2L * WHITE + most) / (2L * most));
  }

  private static int over(int value, int alpha) {
    return alpha == WHITE ? value : (value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
  }

  private void write(float[] out, int column, int red, int green, int blue) {
    if (channels == 1) {
      // The luma of ITU-R 601, in integers.
      out[column] = 19595 * red + 38470 * green + 7471 * blue + 32768 >> 16;
    } else {
      out[3 * column] = red;
      out[3 * column + 1] = green;
      out[3 * column + 2] = blue;
    }
  }
}
