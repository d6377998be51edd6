// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a picture, as decoders want them.
 *
 * <p>Some decoders take what is missing at the end for zeros, and go on: of a few bytes they make
 * 100 million pixels in an hour. Here asking again and again for what is not there is an error that
 * no decoder expects, and so none handles.
 */
final class PictureBytes extends ImageInputStreamImpl {

  // Decoders look ahead by eight bytes or so, and may try them one by one.
  private static final int MOST_TRIES = 64;

  private final byte[] bytes;
  private int tries;

  PictureBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return left() == 0 ? end() : bytes[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, left());
    if (count == 0) {
      return end();
    }
    System.arraycopy(bytes, (int) streamPos, into, offset, count);
    streamPos += count;
    return count;
  }

  // A decoder may seek beyond the end.
  private int left() {
    return (int) Math.max(0, bytes.length - streamPos);
  }

  private int end() {
    tries++;
    if (tries > MOST_TRIES) {
      throw new IllegalStateException("its data end too soon");
    }
    return -1;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
