// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.util.List;

/** A house from the front. */
final class House implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color wall = Tint.hsv(dice.unit(), dice.between(0.05, 0.45), dice.between(0.5, 0.9));
    Color roof = Tint.hsv(dice.around(0.03, 0.12), dice.between(0.3, 0.7), dice.between(0.3, 0.6));
    Color trim = Tint.hsv(dice.unit(), dice.between(0.2, 0.6), dice.between(0.3, 0.8));
    Color pane = dice.chance(0.4) ? Tint.rgb(250, 214, 110) : Tint.rgb(104, 136, 160);
    double half = dice.between(24, 34);
    double eaves = dice.between(-12, 2);
    double ridge = eaves - dice.between(16, 30);
    brush.shadow(0, 38, half + 8, 6);
    double chimney = dice.sign() * half * 0.5;
    brush.solid(Outline.box(chimney - 4, ridge - 3, 8, 24), Tint.darker(roof, 0.2));
    if (dice.chance(0.5)) {
      smoke(brush, dice, chimney, ridge - 6);
    }
    brush.solid(Outline.box(-half, eaves - 1, 2 * half, 39 - eaves), wall);
    for (double y = eaves + 4; y < 38; y += 5) {
      brush.line(Outline.open(-half, y, half, y), 0.4, Tint.veil(Tint.darker(wall, 0.5), 0.5));
    }
    double flat = dice.chance(0.4) ? half * dice.between(0.3, 0.7) : 0;
    brush.solid(
        Outline.polygon(
            -half - 6, eaves + 2, -flat - 1, ridge, flat + 1, ridge, half + 6, eaves + 2),
        roof);
    brush.line(
        Outline.open(-half - 6, eaves + 2, half + 6, eaves + 2), 1.6, Tint.darker(roof, 0.4));
    double door = dice.pick(List.of(-0.5, 0.0, 0.5)) * half;
    brush.solid(Outline.roundBox(door - 6, 16, 12, 26, 2), Tint.darker(trim, 0.3));
    brush.solid(Outline.box(door - 5, 18, 10, 20), trim);
    brush.flat(Outline.ellipse(door + 3, 29, 1, 1), Tint.rgb(240, 210, 110));
    for (int column = -1; column <= 1; column++) {
      double x = column * half * 0.62;
      if (StrictMath.abs(x - door) > 13) {
        window(brush, x, 14, trim, pane);
      }
      if (eaves < -6) {
        window(brush, x, eaves + 5, trim, pane);
      }
    }
  }

  private static void window(Brush brush, double x, double y, Color trim, Color pane) {
    brush.flat(Outline.box(x - 5.5, y - 1, 11, 12), trim);
    brush.fade(Outline.box(x - 4.5, y, 9, 10), Tint.darker(pane, 0.15), Tint.lighter(pane, 0.3));
    brush.line(Outline.open(x, y, x, y + 10), 0.9, trim);
    brush.line(Outline.open(x - 4.5, y + 5, x + 4.5, y + 5), 0.9, trim);
  }

  private static void smoke(Brush brush, Dice dice, double x, double y) {
    double wind = dice.around(0, 4);
    for (int puff = 0; puff < 6; puff++) {
      brush.glow(
          x + wind * puff,
          y - 4 * puff,
          3 + puff,
          3 + puff,
          Tint.veil(Tint.rgb(225, 225, 228), 0.6));
    }
  }
}
