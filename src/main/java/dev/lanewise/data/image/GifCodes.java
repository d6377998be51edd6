// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

/** The LZW codes of a GIF frame. (GIF89a specification, appendix F.) */
final class GifCodes {

  private static final int MOST_BITS = 12;
  private static final int MOST_CODES = 1 << MOST_BITS;
  private static final int NONE = -1;

  private final byte[] codes;
  private final int leastSize;
  private long bit;

  /**
   * Codes to be decoded.
   *
   * @param codes the content of the blocks
   * @param leastSize bits of an index, from 1 to 8
   * @throws BrokenPictureException if the bits are none of these
   */
  GifCodes(byte[] codes, int leastSize) throws BrokenPictureException {
    if (leastSize < 1 || leastSize > Byte.SIZE) {
      throw new BrokenPictureException("is damaged: its codes cannot begin with " + leastSize);
    }
    this.codes = codes;
    this.leastSize = leastSize;
  }

  /**
   * Decodes the indices of a frame; codes after the last one are ignored.
   *
   * @param count how many indices the frame has
   * @throws BrokenPictureException if the codes hold fewer, or there is one that means nothing
   */
  byte[] decode(int count) throws BrokenPictureException {
    byte[] out = new byte[count];
    int clear = 1 << leastSize;
    // The string of a code is the one of its prefix and one more index; here it is where that
    // string stands in the output.
    int[] starts = new int[MOST_CODES];
    int[] lengths = new int[MOST_CODES];
    int next = clear + 2;
    int size = leastSize + 1;
    int before = NONE;
    int at = 0;
    while (at < count) {
      int code = read(size);
      if (code == clear) {
        next = clear + 2;
        size = leastSize + 1;
        before = NONE;
        continue;
      }
      if (code == NONE || code == clear + 1) {
        throw new BrokenPictureException(
            "is cut short: it holds " + at + " of " + count + " pixels");
      }
      // The code that is about to be defined may be used at once.
      if (code > next || code == next && (before == NONE || next == MOST_CODES)) {
        throw new BrokenPictureException("is damaged: a code means nothing");
      }
      int start = at;
      if (before != NONE && next < MOST_CODES) {
        // The string before and the first index of this one, which follow each other in the output.
        starts[next] = start - (before < clear ? 1 : lengths[before]);
        lengths[next] = start - starts[next] + 1;
        next++;
        if (next == 1 << size && size < MOST_BITS) {
          size++;
        }
      }
      int length = code < clear ? 1 : lengths[code];
      for (int i = 0; i < length && at < count; i++) {
        out[at++] = code < clear ? (byte) code : out[starts[code] + i];
      }
      before = code;
    }
    return out;
  }

  private int read(int size) {
    if (bit + size > (long) codes.length * Byte.SIZE) {
      return NONE;
    }
    int code = 0;
    for (int i = 0; i < size; i++, bit++) {
      code |= (codes[(int) (bit >> 3)] >> (int) (bit & 7) & 1) << i;
    }
    return code;
  }
}
