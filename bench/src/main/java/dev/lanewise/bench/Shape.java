// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a problem is.
 *
 * @param d the features of a sample
 * @param m the samples
 */
public record Shape(int d, int m) {

  /** The tutorial's 209 pictures of 64 x 64 pixels in three colours. */
  public static final String TUTORIAL = "12288x209";

  /** Ten iterations in double on this many numbers take the reference a second. */
  private static final long SMALL = 1 << 24;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})x([0-9]{1,9})");

  /** A shape that has at least one feature and one sample. */
  public Shape {
    if (d < 1 || m < 1) {
      throw new IllegalArgumentException("a shape is at least 1x1, not " + d + "x" + m);
    }
  }

  /**
   * Reads a shape.
   *
   * @param text as {@code 12288x209}: features, then samples
   * @return the shape
   */
  public static Shape of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "shape is features x samples, as " + TUTORIAL + ", not '" + text + "'");
    }
    return new Shape(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether the reference computes a sample of the results only. */
  boolean isLarge() {
    return (long) d * m > SMALL;
  }

  @Override
  public String toString() {
    return d + "x" + m;
  }
}
