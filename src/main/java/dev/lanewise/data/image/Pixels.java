// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The pixels of one picture, stored the way they lie in the file. One implementation for each kind
 * of file.
 *
 * <p>A constructor checks what the file's structure shows: that it is whole, and of a kind whose
 * pixels are read exactly. Methods may throw any runtime exception where a file is damaged.
 */
interface Pixels extends AutoCloseable {

  /** Columns that are stored. */
  int width() throws IOException;

  /** Rows that are stored. */
  int height() throws IOException;

  /** The EXIF data, from their byte order on, if there are any. */
  default Optional<ByteBuffer> exif() {
    return Optional.empty();
  }

  /**
   * Decodes the pixels. Colour profiles are not applied.
   *
   * @throws BrokenPictureException if the file does not hold all pixels
   */
  BufferedImage decode() throws IOException, BrokenPictureException;

  @Override
  default void close() {}
}
