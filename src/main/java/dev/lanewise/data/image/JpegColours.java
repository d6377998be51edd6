// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

/** What the components of a JPEG file are. */
enum JpegColours {
  GREY(1),
  YCBCR(3),
  RGB(3),
  /** Cyan, magenta, yellow and black, 255 where there is no ink. */
  CMYK(4),
  /** The same with the first three as YCbCr. */
  YCCK(4);

  private final int components;

  JpegColours(int components) {
    this.components = components;
  }

  int components() {
    return components;
  }
}
