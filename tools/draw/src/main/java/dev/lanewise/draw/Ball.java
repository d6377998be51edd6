// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** A ball with coloured segments, bands, spots or a seam. */
final class Ball implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    double radius = dice.between(22, 34);
    double y = 36 - radius;
    Color skin = Tint.hsv(dice.unit(), dice.between(0.2, 0.9), dice.between(0.55, 0.95));
    Color other = Tint.mix(Tint.hsv(dice.unit(), 0.8, 0.85), Color.WHITE, dice.between(0, 0.8));
    brush.shadow(0, 36, radius * 0.95, 5.5);
    Shape ball = Outline.ellipse(0, y, radius, radius);
    brush.flat(ball, skin);
    brush.within(
        ball,
        () ->
            brush.posed(
                0, y, dice.between(0, 6.28), radius, radius, () -> mark(brush, dice, other)));
    brush.dusk(ball);
    brush.glow(
        -radius * 0.35,
        y - radius * 0.4,
        radius * 0.35,
        radius * 0.28,
        Tint.veil(Color.WHITE, 0.6));
  }

  /** Paints on a ball of radius 1 about the origin. */
  private static void mark(Brush brush, Dice dice, Color color) {
    switch (dice.below(4)) {
      case 0 -> {
        double x = dice.around(0, 0.4);
        for (int i = 0; i < 4; i++) {
          double from = StrictMath.PI * i / 2;
          double to = from + StrictMath.PI / 4;
          brush.flat(
              Outline.polygon(
                  x,
                  0,
                  2 * StrictMath.cos(from),
                  2 * StrictMath.sin(from),
                  2 * StrictMath.cos(to),
                  2 * StrictMath.sin(to)),
              color);
        }
        brush.flat(Outline.ellipse(x, 0, 0.14, 0.14), Color.WHITE);
      }
      case 1 -> {
        brush.line(Outline.curve(-1.1, -0.3, 0, 0.1, 1.1, -0.3), 0.34, color);
        brush.line(Outline.curve(-1.1, 0.5, 0, 0.8, 1.1, 0.5), 0.12, color);
      }
      case 2 -> {
        for (int i = 0; i < 13; i++) {
          double angle = 2.4 * i;
          double far = 0.28 * StrictMath.sqrt(i);
          brush.flat(
              Outline.ellipse(far * StrictMath.cos(angle), far * StrictMath.sin(angle), 0.13, 0.13),
              color);
        }
      }
      default -> {
        brush.line(Outline.curve(-0.75, -0.8, -0.25, 0, -0.75, 0.8), 0.09, color);
        brush.line(Outline.curve(0.75, -0.8, 0.25, 0, 0.75, 0.8), 0.09, color);
      }
    }
  }
}
