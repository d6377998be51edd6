// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The pixels of a GIF file: its canvas with the first frame. What the frame does not cover is
 * transparent.
 *
 * <p>Java's decoder makes up pixels that the file does not hold, and colours that its palette
 * lacks, and has no canvas.
 */
final class GifPixels implements Pixels {

  private static final int HEADER_BYTES = 13;
  private static final int COLOUR_BYTES = 3;
  private static final int MOST_COLOURS = 256;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int NONE = -1;
  private static final int[] INTERLACED_FIRST = {0, 4, 2, 1};
  private static final int[] INTERLACED_STEP = {8, 8, 4, 2};
  private static final int[] ALL_FIRST = {0};
  private static final int[] ALL_STEP = {1};

  private final int width;
  private final int height;
  private final int left;
  private final int top;
  private final int frameWidth;
  private final int frameHeight;
  private final boolean interlaced;
  private final int[] palette;
  private final int leastCodeSize;
  private final byte[] codes;

  /**
   * Reads the file up to the end of its first frame.
   *
   * @param file all bytes of the file
   * @throws BrokenPictureException if there is no frame, or it has no palette
   */
  GifPixels(byte[] file) throws BrokenPictureException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int canvasWidth = Short.toUnsignedInt(in.getShort(6));
    int canvasHeight = Short.toUnsignedInt(in.getShort(8));
    int flags = in.get(10);
    in.position(HEADER_BYTES);
    int[] common = palette(in, flags);
    int transparent = skipExtensions(in);
    left = Short.toUnsignedInt(in.getShort());
    top = Short.toUnsignedInt(in.getShort());
    frameWidth = Short.toUnsignedInt(in.getShort());
    frameHeight = Short.toUnsignedInt(in.getShort());
    // Where the frame is larger than the canvas, browsers show all of it.
    width = Math.max(canvasWidth, left + frameWidth);
    height = Math.max(canvasHeight, top + frameHeight);
    int frameFlags = in.get();
    interlaced = (frameFlags & 0x40) != 0;
    int[] own = palette(in, frameFlags);
    palette = own.length > 0 ? own : common;
    if (palette.length == 0) {
      throw new BrokenPictureException("is damaged: it has no palette");
    }
    if (transparent >= 0 && transparent < palette.length) {
      palette[transparent] = 0;
    }
    leastCodeSize = in.get();
    codes = blocks(in);
  }

  /** Colours as ARGB; none where the flags say that there is no palette. */
  private static int[] palette(ByteBuffer in, int flags) {
    int[] colours = new int[(flags & 0x80) == 0 ? 0 : 2 << (flags & 7)];
    byte[] rgb = new byte[COLOUR_BYTES];
    for (int i = 0; i < colours.length; i++) {
      in.get(rgb);
      colours[i] = 0xff << 24 | (rgb[0] & 0xff) << 16 | (rgb[1] & 0xff) << 8 | rgb[2] & 0xff;
    }
    return colours;
  }

  /** Skips to the first frame and returns its transparent colour, or -1. */
  private static int skipExtensions(ByteBuffer in) throws BrokenPictureException {
    int transparent = NONE;
    while (true) {
      int block = in.get();
      if (block == ',') {
        return transparent;
      }
      if (block != '!') {
        throw new BrokenPictureException("is damaged: there is no picture in it");
      }
      int label = in.get() & 0xff;
      byte[] extension = blocks(in);
      if (label == GRAPHIC_CONTROL && extension.length >= 4) {
        transparent = (extension[0] & 1) == 0 ? NONE : extension[3] & 0xff;
      }
    }
  }

  /** The content of blocks, up to the empty one that ends them. */
  private static byte[] blocks(ByteBuffer in) {
    int start = in.position();
    int total = 0;
    int length;
    while ((length = in.get() & 0xff) > 0) {
      in.position(in.position() + length);
      total += length;
    }
    byte[] content = new byte[total];
    in.position(start);
    for (int at = 0; (length = in.get() & 0xff) > 0; at += length) {
      in.get(content, at, length);
    }
    return content;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public BufferedImage decode() throws BrokenPictureException {
    byte[] indices = new GifCodes(codes, leastCodeSize).decode(frameWidth * frameHeight);
    short[] canvas = new short[width * height];
    // A colour that no palette has, as it may have 256.
    Arrays.fill(canvas, (short) MOST_COLOURS);
    int from = 0;
    int[] firsts = interlaced ? INTERLACED_FIRST : ALL_FIRST;
    for (int part = 0; part < firsts.length; part++) {
      int step = interlaced ? INTERLACED_STEP[part] : ALL_STEP[part];
      for (int row = firsts[part]; row < frameHeight; row += step) {
        int to = (top + row) * width + left;
        for (int column = 0; column < frameWidth; column++) {
          int index = indices[from++] & 0xff;
          if (index >= palette.length) {
            throw new BrokenPictureException(
                "is damaged: a pixel has colour " + index + " of a palette of " + palette.length);
          }
          canvas[to + column] = (short) index;
        }
      }
    }
    IndexColorModel model =
        new IndexColorModel(
            Short.SIZE,
            MOST_COLOURS + 1,
            Arrays.copyOf(palette, MOST_COLOURS + 1),
            0,
            true,
            NONE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferUShort(canvas, canvas.length),
            width,
            height,
            width,
            1,
            new int[] {0},
            null);
    return new BufferedImage(model, raster, false, null);
  }
}
