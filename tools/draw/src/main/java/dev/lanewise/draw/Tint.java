// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** Makes colours out of colours. */
final class Tint {

  private Tint() {}

  static Color rgb(int red, int green, int blue) {
    return new Color(red, green, blue);
  }

  /** A colour by hue in turns (any real number), saturation and value in [0, 1]. */
  static Color hsv(double hue, double saturation, double value) {
    double sixth = (hue - StrictMath.floor(hue)) * 6;
    return new Color(
        channel(sixth, 0, saturation, value),
        channel(sixth, 4, saturation, value),
        channel(sixth, 2, saturation, value));
  }

  private static int channel(double sixth, int phase, double saturation, double value) {
    double distance = StrictMath.abs((sixth + phase) % 6 - 3) - 1;
    double full = StrictMath.clamp(distance, 0.0, 1.0);
    return level(value * (1 - saturation + saturation * full) * 255);
  }

  /** The colour on the way from one to the other, with the first one's opacity. */
  static Color mix(Color from, Color to, double share) {
    return new Color(
        level(from.getRed() + (to.getRed() - from.getRed()) * share),
        level(from.getGreen() + (to.getGreen() - from.getGreen()) * share),
        level(from.getBlue() + (to.getBlue() - from.getBlue()) * share),
        from.getAlpha());
  }

  static Color lighter(Color color, double share) {
    return mix(color, Color.WHITE, share);
  }

  static Color darker(Color color, double share) {
    return mix(color, Color.BLACK, share);
  }

  /** The colour at an opacity in [0, 1]. */
  static Color veil(Color color, double opacity) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), level(opacity * 255));
  }

  private static int level(double value) {
    return StrictMath.clamp(StrictMath.round(value), 0, 255);
  }
}
