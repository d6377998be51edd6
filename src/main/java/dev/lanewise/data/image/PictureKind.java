// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The kinds of pictures, told by their first bytes. */
enum PictureKind {
  PNG,
  JPEG,
  GIF,
  BMP,
  WEBP;

  private static final Set<Integer> BMP_HEADERS = Set.of(12, 40, 52, 56, 64, 108, 124);

  /** How many bytes {@link #of} looks at. */
  static final int START_BYTES = 18;

  /** The kind of a picture, or empty if these are no picture's first bytes. */
  static Optional<PictureKind> of(byte[] start) {
    return Arrays.stream(values()).filter(kind -> kind.matches(start)).findFirst();
  }

  private boolean matches(byte[] start) {
    switch (this) {
      case PNG:
        return has(start, 0, "\u0089PNG\r\n\u001a\n");
      case JPEG:
        return has(start, 0, "\u00ff\u00d8\u00ff");
      case GIF:
        return has(start, 0, "GIF87a") || has(start, 0, "GIF89a");
      case BMP:
        return has(start, 0, "BM")
            && start.length >= START_BYTES
            && has(start, 15, "\0\0\0")
            && BMP_HEADERS.contains(start[14] & 0xff);
      default:
        return has(start, 0, "RIFF") && has(start, 8, "WEBP");
    }
  }

  private static boolean has(byte[] bytes, int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + expected.length
        && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }

  /**
   * The pixels of a file of this kind.
   *
   * @param file all its bytes, which are not to be used otherwise
   * @throws BrokenPictureException if the structure of the file shows that its pixels cannot be
   *     read as they are
   */
  Pixels pixels(byte[] file) throws BrokenPictureException {
    switch (this) {
      case PNG:
        return new PngPixels(file);
      case JPEG:
        return new JpegPixels(file);
      case GIF:
        return new GifPixels(file);
      case BMP:
        return new BmpPixels(file);
      default:
        return new WebpPixels(file);
    }
  }
}
