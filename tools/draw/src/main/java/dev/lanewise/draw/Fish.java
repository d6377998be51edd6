// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** A fish, in open water or in a bowl. */
final class Fish implements Subject {

  private static final Shape EVERYWHERE = Outline.box(-90, -90, 180, 180);

  @Override
  public void paint(Brush brush, Dice dice) {
    Color water =
        Tint.hsv(dice.between(0.47, 0.62), dice.between(0.4, 0.75), dice.between(0.45, 0.75));
    if (dice.chance(0.5)) {
      bowl(brush, dice, water);
    } else {
      sea(brush, dice, water);
    }
  }

  private static void sea(Brush brush, Dice dice, Color water) {
    brush.fade(EVERYWHERE, Tint.veil(water, 0.9), Tint.veil(Tint.darker(water, 0.65), 0.97));
    for (int weed = 0; weed < 6; weed++) {
      double x = dice.between(-50, 50);
      double sway = dice.around(0, 7);
      double top = dice.between(2, 32);
      brush.line(
          Outline.curve(x, 62, x + sway, 45, x - sway, (45 + top) / 2, x + sway, top),
          dice.between(1.5, 3.5),
          Tint.veil(Tint.hsv(dice.between(0.25, 0.45), 0.6, 0.45), 0.8));
    }
    swim(brush, dice, dice.between(0.85, 1.1), 0);
    bubbles(brush, dice, 40);
  }

  private static void bowl(Brush brush, Dice dice, Color water) {
    brush.shadow(0, 40, 34, 6);
    Shape glass = Outline.symmetric(24, -36, 36, -18, 40, 4, 32, 28, 18, 39);
    brush.flat(glass, Tint.veil(Tint.rgb(225, 240, 245), 0.3));
    brush.within(
        glass,
        () -> {
          brush.fade(
              Outline.box(-50, -22, 100, 70),
              Tint.veil(water, 0.75),
              Tint.veil(Tint.darker(water, 0.4), 0.9));
          brush.solid(Outline.ellipse(0, 42, 40, 10), Tint.rgb(200, 170, 120));
          swim(brush, dice, dice.between(0.55, 0.7), 4);
          bubbles(brush, dice, 22);
        });
    brush.line(glass, 1.6, Tint.veil(Tint.rgb(235, 245, 250), 0.7));
    brush.line(Outline.curve(-31, -16, -34, 0, -30, 14), 2.4, Tint.veil(Color.WHITE, 0.6));
    brush.line(Outline.curve(-22, -22, 0, -20, 22, -22), 1, Tint.veil(Color.WHITE, 0.6));
  }

  private static void swim(Brush brush, Dice dice, double size, double y) {
    Color scale = Tint.hsv(dice.around(0.08, 0.2), dice.between(0.5, 0.9), dice.between(0.6, 0.95));
    Color fin = Tint.mix(scale, Tint.hsv(dice.unit(), 0.7, 0.9), 0.4);
    brush.posed(
        dice.around(0, 4),
        y,
        dice.around(0, 0.4),
        size,
        size,
        () -> {
          double sway = dice.around(0, 6);
          brush.solid(
              Outline.blob(20, 0, 32, -12 + sway, 42, -19 + sway, 37, sway, 42, 17 + sway, 30, 10),
              fin);
          double dorsal = dice.between(22, 32);
          brush.solid(Outline.blob(-12, -12, 0, -dorsal, 12, -dorsal * 0.8, 16, -8), fin);
          Shape body =
              Outline.blob(-36, 2, -24, -12, -4, -18, 14, -10, 26, 0, 14, 10, -4, 17, -24, 13);
          brush.round(body, scale);
          int style = dice.below(3);
          brush.within(body, () -> mark(brush, dice, style, scale));
          brush.solid(Outline.blob(-8, 6, 2, 2, 10, 14, 0, 16), Tint.darker(fin, 0.15));
          brush.flat(Outline.ellipse(-25, -3, 4, 4), Tint.rgb(240, 238, 230));
          brush.flat(Outline.ellipse(-26, -3, 2.3, 2.3), Tint.rgb(14, 14, 18));
          brush.line(Outline.curve(-36, 4, -32, 6, -29, 5), 0.9, Tint.darker(scale, 0.6));
        });
  }

  private static void mark(Brush brush, Dice dice, int style, Color scale) {
    Color mark = style == 0 ? Tint.rgb(240, 236, 226) : Tint.darker(scale, 0.5);
    if (style == 2) {
      for (int i = 0; i < 26; i++) {
        double x = -16 + 6.0 * (i % 7);
        double y = -12 + 6.0 * (i / 7);
        brush.line(Outline.curve(x, y - 3, x + 2.5, y, x, y + 3), 0.7, Tint.veil(mark, 0.6));
      }
    } else {
      int bands = 2 + dice.below(3);
      for (int i = 0; i < bands; i++) {
        double x = -14 + 34.0 * i / bands;
        brush.line(Outline.curve(x, -22, x + 3, 0, x, 22), 26.0 / bands * 0.45, mark);
      }
    }
  }

  private static void bubbles(Brush brush, Dice dice, double reach) {
    for (int i = 0; i < 7; i++) {
      double radius = dice.between(0.8, 2.6);
      brush.line(
          Outline.ellipse(dice.between(-reach, reach), dice.between(-reach, 0), radius, radius),
          0.6,
          Tint.veil(Color.WHITE, 0.65));
    }
  }
}
