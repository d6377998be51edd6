// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A photographer's backdrop: a lit screen, lights out of focus, or folds of cloth. */
final class Studio implements Backdrop {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color color = Tint.hsv(dice.unit(), dice.between(0.1, 0.65), dice.between(0.2, 0.7));
    brush.solid(Outline.box(-75, -75, 150, 150), color);
    switch (dice.below(3)) {
      case 0 ->
          brush.glow(
              dice.around(0, 25),
              dice.around(0, 25),
              60,
              60,
              Tint.veil(Tint.lighter(color, 0.5), 0.7));
      case 1 -> blur(brush, dice, color);
      default -> folds(brush, dice, color);
    }
  }

  private static void blur(Brush brush, Dice dice, Color color) {
    double hue = dice.unit();
    for (int spot = 0; spot < 26; spot++) {
      double radius = dice.between(4, 14);
      Color light =
          Tint.mix(Tint.hsv(hue + dice.around(0, 0.2), 0.5, 0.9), color, dice.between(0.1, 0.7));
      brush.flat(
          Outline.ellipse(dice.between(-52, 52), dice.between(-52, 52), radius, radius),
          Tint.veil(light, dice.between(0.15, 0.45)));
    }
  }

  private static void folds(Brush brush, Dice dice, Color color) {
    brush.posed(
        0,
        0,
        dice.between(0, StrictMath.PI),
        1,
        1,
        () -> {
          for (double y = -75; y < 75; y += dice.between(5, 12)) {
            Color crease = Tint.mix(color, dice.chance(0.6) ? Color.BLACK : Color.WHITE, 0.35);
            brush.line(
                Outline.curve(
                    -80,
                    y + dice.around(0, 6),
                    -30,
                    y + dice.around(0, 6),
                    25,
                    y + dice.around(0, 6),
                    80,
                    y + dice.around(0, 6)),
                dice.between(1.5, 5),
                Tint.veil(crease, 0.5));
          }
        });
  }
}
