// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/** Arrays that one thread's scalar kernels compute on; they grow to what is asked of them. */
final class Scratch {

  // So many floats at once stay in the second-level cache, and a copy of them costs little to call.
  private static final int FLOATS = 1 << 16;

  /** How many rows of four columns are as many floats. */
  static final int ROWS = FLOATS / 4;

  private float[] first = new float[0];
  private float[] second = new float[0];
  private float[] third = new float[0];
  private byte[] bytes = new byte[0];

  /** How many columns of a matrix are copied at once. */
  static int columns(int stride) {
    return Math.max(1, FLOATS / stride);
  }

  float[] first(int length) {
    if (first.length < length) {
      first = new float[length];
    }
    return first;
  }

  float[] second(int length) {
    if (second.length < length) {
      second = new float[length];
    }
    return second;
  }

  float[] third(int length) {
    if (third.length < length) {
      third = new float[length];
    }
    return third;
  }

  byte[] bytes(int length) {
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    return bytes;
  }
}
