// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Locale;

/** How the numbers of a file become features. It is kept in a model and applied again. */
public enum Scaling {
  /** Unsigned bytes times the float nearest 1/255: pixels from 0 to 1. */
  PIXELS("unsigned bytes times 1/255"),
  /** Numbers of any type but unsigned bytes as they are, rounded to float32. */
  NONE("numbers as they are"),
  /** Unsigned bytes as they are: tables of small whole numbers. */
  BYTES("unsigned bytes as they are"),
  /**
   * Numbers from 0 to 255 of any type but unsigned bytes, times the float nearest 1/255: pixels
   * that are not stored as bytes.
   */
  LEVELS("numbers times 1/255");

  /** The float nearest 1/255. */
  public static final float PIXEL_FACTOR = 1f / 255f;

  private final String description;

  Scaling(String description) {
    this.description = description;
  }

  /**
   * How unsigned bytes become features if nobody says otherwise.
   *
   * @param shape of a sample: a table has one dimension, a picture more
   * @return {@link #BYTES} for a table, {@link #PIXELS} for pictures
   */
  public static Scaling ofBytes(FeatureShape shape) {
    return shape.dimensions().size() == 1 ? BYTES : PIXELS;
  }

  /**
   * The feature that a pixel becomes.
   *
   * @param pixel from 0 to 255
   * @return {@code pixel * PIXEL_FACTOR}, one rounding
   */
  public static float pixel(int pixel) {
    return pixel * PIXEL_FACTOR;
  }

  /**
   * Whether the features are pixels from 0 to 1.
   *
   * @return true for numbers that are multiplied by {@link #PIXEL_FACTOR}
   */
  public boolean isPixels() {
    return this == PIXELS || this == LEVELS;
  }

  /**
   * What a number is multiplied by.
   *
   * @return {@link #PIXEL_FACTOR} or 1
   */
  public float factor() {
    return isPixels() ? PIXEL_FACTOR : 1f;
  }

  /**
   * Whether samples scaled another way are scaled like those of a model that has this scaling.
   *
   * @param other the scaling of the samples
   * @return true for the same factor; but bytes as they are do not go with {@link #NONE}: those
   *     that a model learned from may have been pixels divided by 255
   */
  boolean accepts(Scaling other) {
    return other.isPixels() == isPixels() && !(this == NONE && other == BYTES);
  }

  /**
   * The name in files and on the command line.
   *
   * @return {@code pixels}, {@code none}, {@code bytes} or {@code levels}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What the features are, for people.
   *
   * @return for instance {@code unsigned bytes times 1/255}
   */
  public String description() {
    return description;
  }

  /**
   * The scaling of that name.
   *
   * @param id as {@link #id()} gives it
   * @return the scaling
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Scaling of(String id) {
    for (Scaling scaling : values()) {
      if (scaling.id().equals(id)) {
        return scaling;
      }
    }
    throw new IllegalArgumentException("no scaling is called '" + id + "'");
  }
}
