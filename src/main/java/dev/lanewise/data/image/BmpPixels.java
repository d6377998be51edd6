// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The pixels of a BMP file. */
final class BmpPixels extends CodecPixels {

  private static final int OLD_HEADER = 12;
  private static final int RUNS_OF_BYTES = 1;
  private static final int RUNS_OF_HALF_BYTES = 2;

  private final int colours;

  /**
   * Checks that the runs of a compressed file are all its pixels.
   *
   * @param file all bytes of the file
   * @throws BrokenPictureException if pixels are missing
   */
  BmpPixels(byte[] file) throws BrokenPictureException {
    super("bmp", file);
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    boolean old = in.getInt(14) == OLD_HEADER;
    int bits = in.getShort(old ? 24 : 28);
    int told = old ? 0 : in.getInt(46);
    colours = told > 0 ? told : bits <= Byte.SIZE ? 1 << bits : Integer.MAX_VALUE;
    int compression = old ? 0 : in.getInt(30);
    if (compression == RUNS_OF_BYTES || compression == RUNS_OF_HALF_BYTES) {
      in.position(in.getInt(10));
      checkRuns(in, in.getInt(18), Math.abs(in.getInt(22)), compression == RUNS_OF_HALF_BYTES);
    }
  }

  /** Follows the runs, which may leave pixels out; decoders make them up. */
  private static void checkRuns(ByteBuffer in, int width, int height, boolean halfBytes)
      throws BrokenPictureException {
    int rows = 0;
    int column = 0;
    while (rows < height) {
      int count = in.get() & 0xff;
      int value = in.get() & 0xff;
      if (count > 0) {
        column += count;
      } else if (value > 2) {
        int bytes = halfBytes ? (value + 1) / 2 : value;
        in.position(in.position() + bytes + (bytes & 1));
        column += value;
      } else if (value == 0 && column >= width) {
        rows++;
        column = 0;
      } else if (value == 1 && rows == height - 1 && column >= width) {
        return;
      } else {
        int whole = column >= width ? rows + 1 : rows;
        throw new BrokenPictureException(
            "is cut short: it holds " + whole + " of " + height + " rows of pixels");
      }
    }
  }

  @Override
  public BufferedImage decode() throws IOException, BrokenPictureException {
    BufferedImage image = super.decode();
    checkPalette(image, colours);
    return image;
  }
}
