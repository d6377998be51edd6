// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * Draws the pictures of one part of one seed, each by its number.
 *
 * <p>A picture depends on the seed, the part and its number only, so pictures may be drawn in any
 * order and from several threads at once. Random numbers and trigonometry are the same on every
 * machine; the rest is as reproducible as the platform's Java2D.
 */
public final class PictureArtist {

  /** Rows of a picture, and columns. */
  public static final int SIDE = 64;

  /** Channels of a pixel: red, green, blue. */
  public static final int CHANNELS = 3;

  /** Bytes of a picture. */
  public static final int LENGTH = SIDE * SIDE * CHANNELS;

  private static final int FACTOR = 4;
  private static final double UNITS = 100;
  private static final long SCENE = 4;

  static {
    // Without this a set but unreachable DISPLAY would fail the first drawing.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private final long seed;
  private final Part part;
  private final Roster roster;

  /**
   * An artist for one part of one seed. Loading this class sets the system property {@code
   * java.awt.headless} to true unless it has a value.
   *
   * @param seed any number
   * @param part which part's pictures to draw
   * @throws NullPointerException if the part is null
   */
  public PictureArtist(long seed, Part part) {
    this.seed = seed;
    this.part = Objects.requireNonNull(part, "part");
    this.roster = new Roster(seed, part);
  }

  /**
   * What a picture shows.
   *
   * @param index the picture's number, at least 0
   * @return its kind
   * @throws IllegalArgumentException if the index is negative
   */
  public Kind kind(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("index must be at least 0, was " + index);
    }
    return roster.kind(index);
  }

  /**
   * Draws a picture.
   *
   * @param index the picture's number, at least 0
   * @return a new array of {@link #LENGTH} unsigned bytes, by row, column and channel (RGB)
   * @throws IllegalArgumentException if the index is negative
   */
  public byte[] draw(int index) {
    Kind kind = kind(index);
    Dice dice = Dice.of(seed, part, SCENE, index);
    BufferedImage drawing =
        new BufferedImage(SIDE * FACTOR, SIDE * FACTOR, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawing.createGraphics();
    try {
      prepare(graphics);
      paintScene(graphics, kind, dice);
    } finally {
      graphics.dispose();
    }
    return Film.random(dice).develop(AreaAverage.reduce(drawing, FACTOR), dice);
  }

  private static void prepare(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    double pixels = SIDE * FACTOR;
    graphics.translate(pixels / 2, pixels / 2);
    graphics.scale(pixels / UNITS, pixels / UNITS);
  }

  private static void paintScene(Graphics2D graphics, Kind kind, Dice dice) {
    Brush brush = new Brush(graphics, Light.random(dice));
    Backdrop.random(kind.setting(), dice).paint(brush, dice);
    double size = dice.between(0.87, 1.08);
    int facing = dice.sign();
    brush.posed(
        dice.around(0, 5.5),
        dice.around(1, 5),
        dice.around(0, 0.14),
        size * facing,
        size,
        () -> Subject.of(kind).paint(brush, dice));
    Mood.paint(brush, dice);
  }
}
