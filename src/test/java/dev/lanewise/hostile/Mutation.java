// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damages files as accidents do, and as people do who know how files are built. */
final class Mutation {

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    7,
    8,
    16,
    255,
    256,
    1000,
    65_535,
    65_536,
    1 << 20,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2,
    -8,
    Integer.MAX_VALUE - 7L,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 7,
    0x3fffffffL,
    0x40000000L,
    0x55555555L
  };
  private static final String[] WORDS = {
    "nan", "inf", "-inf", "1e999", "1e38", "-1", "0x1p3", "", ",", "\"", "\n", "\r\n", "\0", "1.",
        "9999999999",
    "999999999999999999999999", " ", "\t", ":", "'", "{", "}", "(", "[[[[", "#", "1:1", "0:1",
        "\u00ff", "True", "L"
  };

  private final Random random;

  Mutation(long seed) {
    this.random = new Random(seed);
  }

  /** A damaged copy: one to four wounds. */
  byte[] of(byte[] whole) {
    byte[] damaged = whole.clone();
    int wounds = 1 + random.nextInt(random.nextBoolean() ? 1 : 4);
    for (int i = 0; i < wounds; i++) {
      damaged = wound(damaged);
    }
    return damaged;
  }

  private byte[] wound(byte[] in) {
    if (in.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    byte[] out = in.clone();
    int at = place(in.length);
    switch (random.nextInt(14)) {
      case 0: // cut short
        return Arrays.copyOf(in, at);
      case 1: // longer
        return Arrays.copyOf(in, in.length + 1 + random.nextInt(64));
      case 2, 3: // a bit
        out[at] ^= (byte) (1 << random.nextInt(8));
        return out;
      case 4: // a byte
        out[at] = (byte) random.nextInt();
        return out;
      case 5, 6: // a number
        return number(out, at, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 7: // a number that is about as large as the file: an address, a length
        return number(out, at, random.nextInt(2 * in.length));
      case 8: // one that is a little off
        return number(out, at, numberAt(in, at) + random.nextInt(17) - 8);
      case 9: // an address or a length of another place
        return number(out, at, numberAt(in, place(in.length)));
      case 10: // a part over another
        int length = 1 + random.nextInt(Math.min(in.length, 64));
        System.arraycopy(
            in,
            random.nextInt(in.length - length + 1),
            out,
            random.nextInt(in.length - length + 1),
            length);
        return out;
      case 11: // a part twice, or left out
        return spliced(in, at, random.nextInt(in.length + 1));
      case 12: // a word
        return inserted(in, at, WORDS[random.nextInt(WORDS.length)].getBytes());
      default: // a run of one byte
        Arrays.fill(
            out,
            at,
            Math.min(out.length, at + 1 + random.nextInt(32)),
            (byte) (random.nextInt(3) - 1));
        return out;
    }
  }

  // Half of the time where headers are.
  private int place(int length) {
    return random.nextInt(random.nextBoolean() ? Math.min(length, 128) : length);
  }

  private byte[] number(byte[] out, int at, long value) {
    ByteOrder order = random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int width = 1 << random.nextInt(4);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(order).putLong(0, value);
    int from = order == ByteOrder.BIG_ENDIAN ? Long.BYTES - width : 0;
    for (int i = 0; i < width && at + i < out.length; i++) {
      out[at + i] = bytes.get(from + i);
    }
    return out;
  }

  private static long numberAt(byte[] in, int at) {
    byte[] padded = Arrays.copyOfRange(in, at, at + Long.BYTES);
    return ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static byte[] spliced(byte[] in, int at, int on) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in, 0, at);
    out.write(in, on, in.length - on);
    return out.toByteArray();
  }

  private static byte[] inserted(byte[] in, int at, byte[] word) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in, 0, at);
    out.writeBytes(word);
    out.write(in, at, in.length - at);
    return out.toByteArray();
  }
}
