// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the markers of a JPEG file tell: whether all scans are there, what the components are, and
 * the EXIF data. (ITU-T T.81, annex B; T.871 and T.872 for the colours.)
 */
final class JpegMarkers {

  private static final int MARKER = 0xff;
  private static final int FIRST_FRAME = 0xc0;
  private static final int PROGRESSIVE = 0xc2;
  private static final int TABLES = 0xc4;
  private static final int EXTENSION = 0xc8;
  private static final int ARITHMETIC = 0xcc;
  private static final int LAST_FRAME = 0xcf;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int ADOBE_BYTES = 12;
  private static final int MOST_SCANS = 100;
  private static final int COEFFICIENTS = 64;
  private static final int NONE = -1;

  private Optional<ByteBuffer> exif = Optional.empty();
  private boolean jfif;
  private int adobe = NONE;
  private boolean progressive;
  private byte[] components = {};
  // For each component and coefficient: how many of its lowest bits are missing.
  private int[][] missingBits = {};

  private JpegMarkers() {}

  /**
   * Follows the markers to the one that ends the picture.
   *
   * @param in the whole file
   * @throws BrokenPictureException if the file is cut short, its scans do not hold all of the
   *     picture, there are more than 100 of them, or it is of a kind that decoders do not read
   */
  static JpegMarkers of(ByteBuffer in) throws BrokenPictureException {
    JpegMarkers markers = new JpegMarkers();
    in.position(2);
    int scans = 0;
    while (true) {
      int marker = next(in);
      if (marker == END) {
        markers.checkComplete();
        return markers;
      }
      int length = Short.toUnsignedInt(in.getShort()) - Short.BYTES;
      ByteBuffer data = in.slice(in.position(), length);
      in.position(in.position() + length);
      markers.note(marker, data);
      if (marker == SCAN) {
        // Decoders go through all pixels for every scan, of which a few bytes may hold thousands.
        if (++scans > MOST_SCANS) {
          throw new BrokenPictureException(
              "is a JPEG of more than " + MOST_SCANS + " scans, expected a picture");
        }
        skipCodes(in);
      }
    }
  }

  private static int next(ByteBuffer in) throws BrokenPictureException {
    int marker = in.get() & 0xff;
    if (marker != MARKER) {
      throw new BrokenPictureException("is damaged: a JPEG marker is missing");
    }
    while (marker == MARKER) {
      marker = in.get() & 0xff;
    }
    return marker;
  }

  private static void skipCodes(ByteBuffer in) {
    int at = in.position();
    while (true) {
      if ((in.get(at) & 0xff) == MARKER) {
        int marker = in.get(at + 1) & 0xff;
        boolean code = marker == 0 || marker >= FIRST_RESTART && marker <= LAST_RESTART;
        if (!code && marker != MARKER) {
          in.position(at);
          return;
        }
      }
      at++;
    }
  }

  private void note(int marker, ByteBuffer data) throws BrokenPictureException {
    if (marker == APP0) {
      jfif |= starts(data, "JFIF\0");
    } else if (marker == APP1 && exif.isEmpty()) {
      exif = Optional.of(Orientation.withoutName(data)).filter(found -> found != data);
    } else if (marker == APP14 && starts(data, "Adobe") && data.limit() >= ADOBE_BYTES) {
      adobe = data.get(ADOBE_BYTES - 1) & 0xff;
    } else if (marker == SCAN) {
      scan(data);
    } else if (marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != TABLES
        && marker != EXTENSION
        && marker != ARITHMETIC) {
      frame(marker, data);
    }
  }

  private static boolean starts(ByteBuffer data, String text) {
    ByteBuffer expected = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    return data.limit() >= expected.limit() && data.slice(0, expected.limit()).equals(expected);
  }

  private void frame(int marker, ByteBuffer data) throws BrokenPictureException {
    if (marker > PROGRESSIVE) {
      throw new BrokenPictureException(
          "is a lossless, hierarchical or arithmetically coded JPEG, which is not supported;"
              + " convert it to PNG");
    }
    if (data.get(0) != Byte.SIZE) {
      throw new BrokenPictureException(
          "is a JPEG of " + data.get(0) + " bits, expected 8; convert it to PNG");
    }
    progressive = marker == PROGRESSIVE;
    components = new byte[data.get(5) & 0xff];
    missingBits = new int[components.length][COEFFICIENTS];
    for (int i = 0; i < components.length; i++) {
      components[i] = data.get(6 + 3 * i);
      Arrays.fill(missingBits[i], Byte.SIZE);
    }
  }

  private void scan(ByteBuffer data) {
    int count = data.get(0);
    int first = 0;
    int last = COEFFICIENTS - 1;
    int bits = 0;
    if (progressive) {
      first = data.get(1 + 2 * count);
      last = data.get(2 + 2 * count);
      bits = data.get(3 + 2 * count) & 0xf;
    }
    for (int i = 0; i < count; i++) {
      for (int component = 0; component < components.length; component++) {
        if (components[component] == data.get(1 + 2 * i)) {
          Arrays.fill(missingBits[component], first, last + 1, bits);
        }
      }
    }
  }

  private void checkComplete() throws BrokenPictureException {
    for (int[] bits : missingBits) {
      if (Arrays.stream(bits).anyMatch(missing -> missing > 0)) {
        throw new BrokenPictureException("is cut short: scans are missing");
      }
    }
  }

  Optional<ByteBuffer> exif() {
    return exif;
  }

  /**
   * What the components are, as libjpeg decides it.
   *
   * @throws BrokenPictureException if the file does not tell
   */
  JpegColours colours() throws BrokenPictureException {
    switch (components.length) {
      case 1:
        return JpegColours.GREY;
      case 3:
        boolean named = Arrays.equals(components, new byte[] {'R', 'G', 'B'});
        boolean rgb = !jfif && (adobe == NONE ? named : adobe == 0);
        return rgb ? JpegColours.RGB : JpegColours.YCBCR;
      case 4:
        if (adobe == NONE) {
          throw new BrokenPictureException(
              "is a CMYK JPEG without Adobe's marker, so that inverted colours cannot be told from"
                  + " others; convert it to RGB");
        }
        return adobe == 0 ? JpegColours.CMYK : JpegColours.YCCK;
      default:
        throw new BrokenPictureException(
            "is a JPEG of " + components.length + " components, expected grey, RGB or CMYK");
    }
  }
}
