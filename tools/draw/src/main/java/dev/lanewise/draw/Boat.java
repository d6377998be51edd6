// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A sailing boat on water. */
final class Boat implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color water =
        Tint.hsv(dice.between(0.5, 0.62), dice.between(0.4, 0.7), dice.between(0.35, 0.6));
    brush.fade(Outline.box(-110, 18, 220, 90), Tint.lighter(water, 0.2), Tint.darker(water, 0.5));
    Color hull = Tint.hsv(dice.unit(), dice.between(0.2, 0.8), dice.between(0.35, 0.8));
    Color sail =
        Tint.mix(Tint.hsv(dice.unit(), 0.7, 0.9), Tint.rgb(240, 234, 220), dice.between(0.3, 1));
    double heel = dice.around(0, 0.18);
    brush.posed(
        0,
        24,
        heel,
        1,
        1,
        () -> {
          double top = dice.between(-66, -54);
          brush.line(Outline.open(0, 0, 0, top), 1.6, Tint.rgb(96, 66, 40));
          brush.solid(Outline.polygon(2, top + 2, 3, -6, dice.between(24, 34), -6), sail);
          if (dice.chance(0.8)) {
            brush.solid(
                Outline.polygon(-2, top + 8, -2, -6, dice.between(-28, -18), -6),
                Tint.darker(sail, 0.12));
          }
          brush.flat(
              Outline.polygon(0, top, 0, top + 6, dice.sign() * 9, top + 3),
              Tint.hsv(dice.unit(), 0.8, 0.8));
          brush.solid(Outline.blob(-36, -3, 0, -1, 38, -4, 28, 11, 0, 13, -26, 11), hull);
          brush.line(Outline.curve(-34, -1, 0, 1.5, 36, -2), 1.6, Tint.lighter(hull, 0.5));
          brush.line(Outline.curve(-30, 6, 0, 8.5, 31, 5), 0.7, Tint.darker(hull, 0.4));
        });
    for (int wave = 0; wave < 18; wave++) {
      double x = dice.between(-52, 52);
      double y = dice.between(32, 56);
      double half = dice.between(3, 9);
      brush.line(
          Outline.curve(x - half, y, x, y - 1.5, x + half, y),
          0.9,
          Tint.veil(Tint.lighter(water, 0.5), 0.6));
    }
    brush.flat(
        Outline.blob(-34, 34, 0, 31.5, 34, 34, 0, 38), Tint.veil(Tint.lighter(water, 0.3), 0.75));
  }
}
