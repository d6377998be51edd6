// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The pixels of a JPEG file: grey, YCbCr, RGB, and CMYK and YCCK as Adobe's programs write them,
 * inverted.
 *
 * <p>The decoder hands over the numbers as they are stored, and the colours are computed here: by
 * itself Java applies colour profiles, takes some YCbCr for RGB, and reads no CMYK.
 */
final class JpegPixels extends CodecPixels {

  private static final int[] RED_GREEN_BLUE = {0, 1, 2};
  private static final int MOST = 255;

  private final JpegMarkers markers;

  /**
   * Checks that all pixels are there.
   *
   * @param file all bytes of the file
   * @throws BrokenPictureException as {@link JpegMarkers#of}
   */
  JpegPixels(byte[] file) throws BrokenPictureException {
    super("jpeg", file);
    markers = JpegMarkers.of(ByteBuffer.wrap(file));
  }

  @Override
  public Optional<ByteBuffer> exif() {
    return markers.exif();
  }

  @Override
  public BufferedImage decode() throws IOException, BrokenPictureException {
    // Nobody else has it, and a second one could be 400 MB.
    WritableRaster pixels = (WritableRaster) raster();
    int bands = pixels.getNumBands();
    JpegColours colours = markers.colours();
    if (bands != colours.components()) {
      throw new BrokenPictureException("is damaged: it has " + bands + " components");
    }
    int[] row = new int[pixels.getWidth() * bands];
    for (int y = 0; y < pixels.getHeight(); y++) {
      pixels.getPixels(0, y, pixels.getWidth(), 1, row);
      for (int at = 0; at < row.length; at += bands) {
        convert(colours, row, at);
      }
      pixels.setPixels(0, y, pixels.getWidth(), 1, row);
    }
    int space = bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    WritableRaster shown =
        bands <= RED_GREEN_BLUE.length
            ? pixels
            : pixels.createWritableChild(
                0, 0, pixels.getWidth(), pixels.getHeight(), 0, 0, RED_GREEN_BLUE);
    return new BufferedImage(model, shown, false, null);
  }

  private static void convert(JpegColours colours, int[] row, int at) {
    switch (colours) {
      case YCBCR:
        toRgb(row, at);
        break;
      case YCCK:
        toRgb(row, at);
        // libjpeg gives CMY for it, and Adobe's programs store those inverted.
        for (int i = at; i < at + RED_GREEN_BLUE.length; i++) {
          row[i] = MOST - row[i];
        }
        inked(row, at);
        break;
      case CMYK:
        inked(row, at);
        break;
      default:
        break;
    }
  }

  /** YCbCr of JFIF, in the integers of libjpeg. */
  private static void toRgb(int[] row, int at) {
    int luma = row[at];
    int blue = row[at + 1] - 128;
    int red = row[at + 2] - 128;
    row[at] = clamp(luma + (91881 * red + 32768 >> 16));
    row[at + 1] = clamp(luma + (-22554 * blue - 46802 * red + 32768 >> 16));
    row[at + 2] = clamp(luma + (116130 * blue + 32768 >> 16));
  }

  private static int clamp(int value) {
    return Math.clamp(value, 0, MOST);
  }

  /** Inverted CMYK: what the paper reflects through each ink, and through black. */
  private static void inked(int[] row, int at) {
    int black = row[at + 3];
    for (int i = at; i < at + RED_GREEN_BLUE.length; i++) {
      row[i] = (row[i] * black + MOST / 2) / MOST;
    }
  }
}
