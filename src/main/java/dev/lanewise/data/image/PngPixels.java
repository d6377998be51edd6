// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** The pixels of a PNG file; of an animated one, the picture that stands for it. */
final class PngPixels extends CodecPixels {

  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER = 0x49484452;
  private static final int PALETTE = 0x504c5445;
  private static final int TRANSPARENCY = 0x74524e53;
  private static final int EXIF = 0x65584966;
  private static final int END = 0x49454e44;
  private static final int COLOUR_BYTES = 3;
  private static final int NONE = -1;

  private int colours;
  private int transparentGrey = NONE;
  private Optional<ByteBuffer> exif = Optional.empty();

  /**
   * Checks that all chunks are there, and their checksums, which Java's decoder does not compare.
   *
   * @param file all bytes of the file; this object may change them
   * @throws BrokenPictureException if the file is cut short, or a checksum differs
   */
  PngPixels(byte[] file) throws BrokenPictureException {
    super("png", file);
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    boolean fewGreys = false;
    int type;
    do {
      int length = in.getInt();
      if (length < 0 || length > in.remaining() - 2 * Integer.BYTES) {
        throw new BrokenPictureException("is cut short");
      }
      int start = in.position();
      CRC32 crc = new CRC32();
      crc.update(in.slice(start, Integer.BYTES + length));
      type = in.getInt();
      ByteBuffer data = in.slice(in.position(), length);
      in.position(in.position() + length);
      if ((int) crc.getValue() != in.getInt()) {
        throw new BrokenPictureException("is damaged: a checksum differs");
      }
      if (type == HEADER) {
        fewGreys = data.get(8) < 8 && data.get(9) == 0;
      } else if (type == PALETTE) {
        colours = length / COLOUR_BYTES;
      } else if (type == EXIF) {
        exif = Optional.of(data);
      } else if (type == TRANSPARENCY && fewGreys && length == Short.BYTES) {
        // Java's decoder compares it with greys that it has stretched to 8 bits.
        transparentGrey = data.getShort(0);
        in.put(start, "trNS".getBytes(StandardCharsets.US_ASCII));
      }
    } while (type != END);
  }

  @Override
  public Optional<ByteBuffer> exif() {
    return exif;
  }

  @Override
  public BufferedImage decode() throws IOException, BrokenPictureException {
    BufferedImage image = super.decode();
    if (colours > 0) {
      checkPalette(image, colours);
    }
    if (transparentGrey == NONE || !(image.getColorModel() instanceof IndexColorModel model)) {
      return image;
    }
    int size = model.getMapSize();
    byte[] greys = new byte[size];
    model.getReds(greys);
    IndexColorModel transparent =
        new IndexColorModel(model.getPixelSize(), size, greys, greys, greys, transparentGrey);
    return new BufferedImage(transparent, image.getRaster(), false, null);
  }
}
