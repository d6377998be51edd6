// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.util.Arrays;

/**
 * Undoes LZF, the quick compression that h5py offers.
 *
 * <p>A control byte below 32 is followed by so many literal bytes and one more. Any other begins a
 * repetition: its upper three bits and, where they are all set, the next byte give the length less
 * two; its lower five bits and the next byte give the distance less one.
 */
final class Lzf {

  private Lzf() {}

  /**
   * Undoes the compression of a chunk.
   *
   * @param data as it is in the file
   * @param most the most bytes that may come out
   * @throws IllegalArgumentException if the data are damaged
   */
  static byte[] decode(byte[] data, int most) {
    byte[] out = new byte[most];
    int from = 0;
    int to = 0;
    try {
      while (from < data.length) {
        int control = data[from++] & 0xff;
        if (control < 32) {
          System.arraycopy(data, from, out, to, control + 1);
          from += control + 1;
          to += control + 1;
        } else {
          int length = (control >> 5) + 2;
          if (length == 9) {
            length += data[from++] & 0xff;
          }
          int distance = ((control & 31) << 8 | data[from++] & 0xff) + 1;
          // Byte by byte: a repetition may repeat itself.
          for (int i = 0; i < length; i++, to++) {
            out[to] = out[to - distance];
          }
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("an LZF chunk is damaged", e);
    }
    return Arrays.copyOf(out, to);
  }
}
