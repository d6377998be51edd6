package dev.lanewise.data;

/** How the numbers of a file become features. It is kept in a model and applied again. */
public enum Scaling {
  /** Unsigned bytes times the float nearest 1/255: pixels from 0 to 1. */
  PIXELS,
  /** The numbers as they stand, rounded to float32. */
  NONE;

  /** The float nearest 1/255. */
  public static final float PIXEL_FACTOR = 1f / 255f;

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
   * The name in files and on the command line.
   *
   * @return {@code pixels} or {@code none}
   */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
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
