package dev.lanewise.data.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What lies around the pixels of a picture: whether it is all there, as far as decoders do not
 * look, and its EXIF data.
 */
final class Container {

  private static final int PNG_SIGNATURE_BYTES = 8;
  private static final int PNG_EXIF = 0x65584966;
  private static final int PNG_END = 0x49454e44;
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int RIFF_EXIF = 0x45584946;
  private static final int JPEG_MARKER = 0xff;
  private static final int JPEG_APP1 = 0xe1;
  private static final int JPEG_SCAN = 0xda;
  private static final int JPEG_END = 0xd9;
  private static final int MOST_SCANS = 100;
  private static final byte[] EXIF_NAME = {'E', 'x', 'i', 'f', 0, 0};

  private Container() {}

  /**
   * Checks a file, and finds its EXIF data.
   *
   * @return the EXIF data, if there are any, from their byte order on
   * @throws BrokenPictureException if the file is cut short, or a checksum differs
   */
  static Optional<ByteBuffer> exif(PictureKind kind, byte[] file) throws BrokenPictureException {
    ByteBuffer in = ByteBuffer.wrap(file);
    try {
      switch (kind) {
        case PNG:
          return png(in);
        case WEBP:
          return webp(in);
        case JPEG:
          return jpeg(in);
        case GIF:
          checkGif(in);
          return Optional.empty();
        default:
          return Optional.empty();
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new BrokenPictureException("is cut short", e);
    }
  }

  // Java's decoder does not compare the checksums.
  private static Optional<ByteBuffer> png(ByteBuffer in) throws BrokenPictureException {
    Optional<ByteBuffer> exif = Optional.empty();
    in.position(PNG_SIGNATURE_BYTES);
    while (true) {
      int length = in.getInt();
      if (length < 0 || length > in.remaining() - 2 * Integer.BYTES) {
        throw new BrokenPictureException("is cut short");
      }
      CRC32 crc = new CRC32();
      crc.update(in.slice(in.position(), Integer.BYTES + length));
      int type = in.getInt();
      ByteBuffer data = in.slice(in.position(), length);
      in.position(in.position() + length);
      if ((int) crc.getValue() != in.getInt()) {
        throw new BrokenPictureException("is damaged: a checksum differs");
      }
      if (type == PNG_EXIF) {
        exif = Optional.of(data);
      } else if (type == PNG_END) {
        return exif;
      }
    }
  }

  private static Optional<ByteBuffer> webp(ByteBuffer in) throws BrokenPictureException {
    long size = Integer.toUnsignedLong(in.order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES));
    if (size + 2 * Integer.BYTES > in.limit()) {
      throw new BrokenPictureException("is cut short");
    }
    in.position(RIFF_HEADER_BYTES).limit((int) size + 2 * Integer.BYTES);
    while (in.remaining() >= 2 * Integer.BYTES) {
      int type = Integer.reverseBytes(in.getInt());
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new BrokenPictureException("is cut short");
      }
      if (type == RIFF_EXIF) {
        return Optional.of(withoutName(in.slice(in.position(), length)));
      }
      in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
    }
    return Optional.empty();
  }

  private static Optional<ByteBuffer> jpeg(ByteBuffer in) throws BrokenPictureException {
    Optional<ByteBuffer> exif = Optional.empty();
    in.position(2);
    while (true) {
      int marker = in.get() & 0xff;
      if (marker != JPEG_MARKER) {
        throw new BrokenPictureException("is damaged: a JPEG marker is missing");
      }
      while (marker == JPEG_MARKER) {
        marker = in.get() & 0xff;
      }
      if (marker == JPEG_SCAN) {
        checkEnd(in);
        return exif;
      }
      int length = Short.toUnsignedInt(in.getShort()) - Short.BYTES;
      ByteBuffer data = in.slice(in.position(), length);
      if (marker == JPEG_APP1 && exif.isEmpty() && withoutName(data) != data) {
        exif = Optional.of(withoutName(data));
      }
      in.position(in.position() + length);
    }
  }

  // Decoders make up what is missing at the end. Something may follow it. And they go through all
  // pixels for every scan, of which a few bytes may hold thousands.
  private static void checkEnd(ByteBuffer in) throws BrokenPictureException {
    int scans = 1;
    for (int at = in.position(); at < in.limit() - 1; at++) {
      if ((in.get(at) & 0xff) == JPEG_MARKER) {
        int marker = in.get(at + 1) & 0xff;
        if (marker == JPEG_END) {
          return;
        } else if (marker == JPEG_SCAN && ++scans > MOST_SCANS) {
          throw new BrokenPictureException(
              String.format(
                  Locale.ROOT, "is a JPEG of more than %d scans, expected a picture", MOST_SCANS));
        }
      }
    }
    throw new BrokenPictureException("is cut short");
  }

  private static ByteBuffer withoutName(ByteBuffer data) {
    boolean named =
        data.limit() > EXIF_NAME.length
            && data.slice(0, EXIF_NAME.length).equals(ByteBuffer.wrap(EXIF_NAME));
    return named ? data.slice(EXIF_NAME.length, data.limit() - EXIF_NAME.length) : data;
  }

  // Of the first frame: its blocks, up to the empty one that ends them.
  private static void checkGif(ByteBuffer in) throws BrokenPictureException {
    int flags = in.get(10);
    in.position(13 + colours(flags));
    while (true) {
      int block = in.get() & 0xff;
      if (block == '!') {
        in.get();
        skipBlocks(in);
      } else if (block == ',') {
        in.position(in.position() + 8);
        int local = in.get();
        in.position(in.position() + colours(local) + 1);
        skipBlocks(in);
        return;
      } else {
        throw new BrokenPictureException("is damaged: there is no picture in it");
      }
    }
  }

  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  private static void skipBlocks(ByteBuffer in) {
    int length;
    do {
      length = in.get() & 0xff;
      in.position(in.position() + length);
    } while (length > 0);
  }
}
