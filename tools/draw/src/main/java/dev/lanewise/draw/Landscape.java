// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** Mountains and a lake under a sun or a moon. */
final class Landscape implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    boolean day = dice.chance(0.7);
    Color orb =
        day
            ? Tint.hsv(dice.between(0.08, 0.16), dice.between(0.3, 0.7), 1)
            : Tint.rgb(226, 226, 210);
    double x = dice.around(0, 34);
    double y = dice.between(-38, -18);
    double radius = dice.between(6, 12);
    brush.glow(x, y, 3.4 * radius, 3.4 * radius, Tint.veil(orb, 0.6));
    brush.round(Outline.ellipse(x, y, radius, radius), orb);
    Color rock = Tint.hsv(dice.between(0.55, 0.75), dice.between(0.1, 0.4), dice.between(0.3, 0.6));
    int peaks = 2 + dice.below(3);
    for (int i = 0; i < peaks; i++) {
      mountain(brush, dice, dice.between(-45, 45), dice.between(-26, -4), rock);
    }
    if (dice.chance(0.6)) {
      Color water = Tint.hsv(dice.between(0.5, 0.6), 0.5, dice.between(0.4, 0.65));
      brush.fade(
          Outline.ellipse(dice.around(0, 20), 34, dice.between(30, 60), 13),
          Tint.lighter(water, 0.3),
          Tint.darker(water, 0.3));
      for (int i = 0; i < 7; i++) {
        double glint = dice.around(x * 0.5, 16);
        double line = 26 + 2.6 * i;
        brush.line(Outline.open(glint - 6, line, glint + 6, line), 0.9, Tint.veil(orb, 0.6));
      }
    }
    pines(brush, dice);
  }

  private static void mountain(Brush brush, Dice dice, double x, double top, Color rock) {
    double half = dice.between(28, 44);
    double base = 24;
    brush.solid(
        Outline.polygon(
            x,
            top,
            x + half * 0.4,
            top + 20,
            x + half,
            base,
            x - half,
            base,
            x - half * 0.5,
            top + 19),
        rock);
    brush.flat(
        Outline.polygon(
            x,
            top,
            x + half * 0.4,
            top + 20,
            x + half,
            base,
            x + half * 0.2,
            base,
            x - 2,
            top + 16),
        Tint.veil(Color.BLACK, 0.3));
    double line = dice.between(7, 13);
    double snow = half * 0.4 * line / 20;
    brush.solid(
        Outline.polygon(
            x,
            top,
            x + snow,
            top + line,
            x + snow * 0.4,
            top + line * 0.8,
            x,
            top + line * 1.2,
            x - snow * 0.5,
            top + line * 0.8,
            x - snow * 1.2,
            top + line),
        Tint.rgb(236, 240, 246));
  }

  private static void pines(Brush brush, Dice dice) {
    int count = dice.below(9);
    for (int i = 0; i < count; i++) {
      double x = dice.sign() * dice.between(16, 50);
      double foot = dice.between(26, 40);
      double height = dice.between(10, 18);
      Color needle = Tint.hsv(dice.between(0.3, 0.42), 0.55, dice.between(0.2, 0.35));
      for (int tier = 0; tier < 3; tier++) {
        double bottom = foot - height * 0.28 * tier;
        double half = height * (0.3 - 0.06 * tier);
        brush.solid(
            Outline.polygon(x - half, bottom, x + half, bottom, x, bottom - height * 0.45), needle);
      }
    }
  }
}
