// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The pixels of a lossless WebP file. Lossy ones are refused: the decoder in use reads them with
 * other colours than libwebp, some of them far too dark.
 */
final class WebpPixels extends CodecPixels {

  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int EXTENDED = 0x56503858;
  private static final int LOSSY = 0x56503820;
  private static final int ANIMATION = 0x414e494d;
  private static final int PROFILE = 0x49434350;
  private static final int EXIF = 0x45584946;
  private static final int UNKNOWN = 0x78696363;
  private static final int PROFILE_FLAG = 0x20;

  private Optional<ByteBuffer> exif = Optional.empty();

  /**
   * Checks that all chunks are there.
   *
   * @param file all bytes of the file; this object may change them
   * @throws BrokenPictureException if the file is cut short, lossy or animated
   */
  WebpPixels(byte[] file) throws BrokenPictureException {
    super("webp", file);
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long size = Integer.toUnsignedLong(in.getInt(Integer.BYTES)) + CHUNK_HEADER_BYTES;
    if (size > in.limit()) {
      throw new BrokenPictureException("is cut short");
    }
    in.position(RIFF_HEADER_BYTES).limit((int) size);
    int flags = -1;
    while (in.remaining() >= CHUNK_HEADER_BYTES) {
      int start = in.position();
      int type = Integer.reverseBytes(in.getInt());
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new BrokenPictureException("is cut short");
      }
      if (type == EXTENDED) {
        flags = in.position();
      } else if (type == LOSSY) {
        throw new BrokenPictureException(
            "is a lossy WebP picture, which cannot be read with its right colours; convert it to"
                + " PNG (dwebp does)");
      } else if (type == ANIMATION) {
        throw new BrokenPictureException(
            "is an animated WebP picture, which is not supported; convert a frame of it to PNG");
      } else if (type == PROFILE && flags >= 0) {
        // The decoder would apply it; here no profile is, whatever the kind of the file.
        in.putInt(start, Integer.reverseBytes(UNKNOWN));
        in.put(flags, (byte) (in.get(flags) & ~PROFILE_FLAG));
      } else if (type == EXIF) {
        exif = Optional.of(Orientation.withoutName(in.slice(in.position(), length)));
      }
      in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
    }
  }

  @Override
  public Optional<ByteBuffer> exif() {
    return exif;
  }
}
