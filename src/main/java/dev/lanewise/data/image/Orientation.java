// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How a picture is to be turned to be seen upright: what cameras write into EXIF data.
 *
 * @param transposed whether rows and columns change places, before anything else
 * @param mirrored whether left and right change places, then
 * @param flipped whether top and bottom change places, then
 */
record Orientation(boolean transposed, boolean mirrored, boolean flipped) {

  /** As it is. */
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  private static final int TAG = 0x0112;
  private static final int BYTE_TYPE = 1;
  private static final int SHORT_TYPE = 3;
  private static final int LONG_TYPE = 4;
  private static final int ENTRY_BYTES = 12;
  private static final byte[] EXIF_NAME = {'E', 'x', 'i', 'f', 0, 0};

  /**
   * Takes off the name that EXIF data have in JPEG, and in some WebP files.
   *
   * @return the rest, or the same object if there is no such name
   */
  static ByteBuffer withoutName(ByteBuffer data) {
    boolean named =
        data.limit() > EXIF_NAME.length
            && data.slice(0, EXIF_NAME.length).equals(ByteBuffer.wrap(EXIF_NAME));
    return named ? data.slice(EXIF_NAME.length, data.limit() - EXIF_NAME.length) : data;
  }

  /** The orientation that EXIF data tell; what they do not tell, or not well, is upright. */
  static Orientation of(Optional<ByteBuffer> exif) {
    try {
      return exif.map(Orientation::number).map(Orientation::ofNumber).orElse(UPRIGHT);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The pixels do not depend on it.
      return UPRIGHT;
    }
  }

  private static int number(ByteBuffer exif) {
    ByteBuffer in = exif.duplicate();
    in.order(in.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = in.getInt(4);
    int entries = Short.toUnsignedInt(in.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + Short.BYTES + i * ENTRY_BYTES;
      if (Short.toUnsignedInt(in.getShort(entry)) == TAG) {
        return value(in, in.getShort(entry + 2), entry + 8);
      }
    }
    return 1;
  }

  // A short is what the standard says. Some programs write others.
  private static int value(ByteBuffer in, int type, int at) {
    switch (type) {
      case BYTE_TYPE:
        return in.get(at);
      case SHORT_TYPE:
        return in.getShort(at);
      case LONG_TYPE:
        return in.getInt(at);
      default:
        return 1;
    }
  }

  private static Orientation ofNumber(int number) {
    switch (number) {
      case 2:
        return new Orientation(false, true, false);
      case 3:
        return new Orientation(false, true, true);
      case 4:
        return new Orientation(false, false, true);
      case 5:
        return new Orientation(true, false, false);
      case 6:
        return new Orientation(true, true, false);
      case 7:
        return new Orientation(true, true, true);
      case 8:
        return new Orientation(true, false, true);
      default:
        return UPRIGHT;
    }
  }

  /**
   * Turns a picture.
   *
   * @param pixels rows x columns x channels
   * @param rows of the picture as it is
   * @param columns of the picture as it is
   * @return the pixels of the picture upright, which has as many rows as this one columns if it is
   *     transposed
   */
  byte[] turn(byte[] pixels, int rows, int columns, int channels) {
    if (equals(UPRIGHT)) {
      return pixels;
    }
    int newRows = transposed ? columns : rows;
    int newColumns = transposed ? rows : columns;
    byte[] turned = new byte[pixels.length];
    for (int row = 0; row < newRows; row++) {
      for (int column = 0; column < newColumns; column++) {
        int r = flipped ? newRows - 1 - row : row;
        int c = mirrored ? newColumns - 1 - column : column;
        int from = transposed ? c * columns + r : r * columns + c;
        System.arraycopy(
            pixels, from * channels, turned, (row * newColumns + column) * channels, channels);
      }
    }
    return turned;
  }
}
