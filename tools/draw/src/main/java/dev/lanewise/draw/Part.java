// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/** Which part of a data set a picture belongs to; the parts of one seed share no pictures. */
public enum Part {
  /** Pictures to learn from. */
  TRAIN(0x7261696eL),
  /** Pictures to judge by. */
  TEST(0x74657374L);

  private final long stream;

  Part(long stream) {
    this.stream = stream;
  }

  /** The number that keeps this part's randomness apart; fixed, unlike an ordinal. */
  long stream() {
    return stream;
  }
}
