// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** A car or a van from the side. */
final class Car implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color paint = Tint.hsv(dice.unit(), dice.between(0.1, 0.9), dice.between(0.3, 0.9));
    Color glass = Tint.rgb(120, 156, 176);
    if (dice.chance(0.6)) {
      brush.flat(Outline.box(-100, 18, 200, 26), Tint.rgb(78, 78, 82));
      for (double x = -96; x < 96; x += 18) {
        brush.flat(Outline.box(x, 35, 9, 1.6), Tint.rgb(214, 206, 170));
      }
    }
    brush.shadow(0, 26, 46, 5);
    boolean van = dice.chance(0.3);
    double roof = van ? -26 : dice.between(-20, -14);
    Shape cabin =
        van
            ? Outline.polygon(-38, 0, -30, roof, 40, roof, 42, 0)
            : Outline.blob(-24, 2, -14, roof + 2, 0, roof - 1, 14, roof, 22, roof + 6, 32, 2);
    brush.solid(cabin, paint);
    windows(brush, roof, van, glass);
    brush.solid(
        van
            ? Outline.roundBox(-44, -2, 88, 24, 5)
            : Outline.blob(-45, 8, -42, 0, -24, -3, 30, -3, 43, 1, 46, 10, 44, 20, 0, 21, -44, 20),
        paint);
    brush.line(Outline.open(-42, 10, 43, 10), 1, Tint.darker(paint, 0.4));
    brush.line(Outline.open(2, -2, 2, 17), 0.8, Tint.darker(paint, 0.5));
    brush.flat(Outline.box(5, 3, 5, 1.6), Tint.darker(paint, 0.6));
    brush.glow(-42, 7, 4, 3, Tint.rgb(255, 240, 180));
    brush.flat(Outline.ellipse(43, 7, 1.8, 3), Tint.rgb(200, 40, 36));
    for (int side = -1; side <= 1; side += 2) {
      wheel(brush, side * 25, 20, dice.between(8.2, 8.8));
    }
  }

  private static void windows(Brush brush, double roof, boolean van, Color glass) {
    if (van) {
      for (int pane = 0; pane < 4; pane++) {
        double slant = pane == 0 ? 5 : 0;
        double x = -31 + 17.5 * pane;
        brush.solid(
            Outline.polygon(
                x - slant / 2, -5, x + slant / 2 + 1, roof + 5, x + 13, roof + 5, x + 13, -5),
            glass);
      }
    } else {
      brush.solid(Outline.polygon(-18, -2, -10, roof + 5, 0, roof + 3, 0, -2), glass);
      brush.solid(Outline.polygon(4, -2, 4, roof + 3, 15, roof + 4.5, 24, -2), glass);
    }
  }

  private static void wheel(Brush brush, double x, double y, double radius) {
    brush.flat(Outline.ellipse(x, y, radius, radius), Tint.rgb(26, 26, 28));
    brush.round(Outline.ellipse(x, y, radius * 0.6, radius * 0.6), Tint.rgb(170, 172, 178));
    brush.flat(Outline.ellipse(x, y, radius * 0.2, radius * 0.2), Tint.rgb(60, 60, 64));
  }
}
