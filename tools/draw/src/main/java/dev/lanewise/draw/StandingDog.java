// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** A dog on its four legs, from the side. */
final class StandingDog {

  private StandingDog() {}

  static void paint(Brush brush, Dice dice, Color coat) {
    Color far = Tint.darker(coat, 0.35);
    Color patch = Tint.mix(coat, dice.chance(0.5) ? Color.WHITE : Color.BLACK, 0.5);
    double leg = dice.between(30, 38);
    double stride = dice.around(0, 5);
    brush.shadow(4, leg + 3, 36, 5);
    limb(brush, -8, -10 + stride, leg - 1.5, far);
    limb(brush, 26, 23 - stride, leg - 1.5, far);
    double wag = dice.between(-10, 8);
    brush.limb(Outline.curve(28, 2, 36, -4, 42, -14 + wag, 40, -22 + wag), 5, coat);
    Shape body =
        Outline.blob(-24, -12, -10, -6, 10, -5, 28, -6, 34, 6, 28, 18, 12, 17, -8, 22, -20, 14);
    brush.round(body, coat);
    boolean patched = dice.chance(0.5);
    if (patched) {
      double x = dice.between(0, 22);
      brush.within(
          body, () -> brush.round(Outline.blob(x - 9, -2, x, -14, x + 10, -3, x + 3, 10), patch));
    }
    limb(brush, -14, -15 - stride, leg, coat);
    limb(brush, 22, 27 + stride, leg, coat);
    brush.limb(Outline.curve(-14, 2, -24, -16), 14, coat);
    brush.line(Outline.curve(-26, -4, -19, -1, -13, -7), 3.4, Tint.hsv(dice.unit(), 0.8, 0.75));
    brush.posed(
        -26,
        -20,
        dice.around(0, 0.3),
        1.1,
        1.1,
        () -> head(brush, dice, coat, patched ? patch : Tint.darker(coat, 0.35)));
  }

  private static void limb(Brush brush, double hip, double foot, double ground, Color color) {
    brush.limb(Outline.curve(hip, 10, hip + 1, 22, foot, ground), 6.5, color);
    brush.round(Outline.ellipse(foot - 2, ground + 1.5, 5, 2.8), color);
  }

  private static void head(Brush brush, Dice dice, Color coat, Color ear) {
    if (dice.chance(0.5)) {
      brush.solid(Outline.blob(-14, 6, -9, 7, -10, 16, -14, 15), Tint.rgb(220, 112, 120));
    }
    brush.round(
        Outline.blob(10, -2, 4, -13, -6, -12, -11, -4, -22, -1, -23, 6, -12, 10, 2, 12, 9, 8),
        coat);
    brush.round(Outline.ellipse(-22, -0.5, 3.2, 2.8), Tint.rgb(30, 26, 28));
    brush.line(Outline.curve(-21, 5.5, -15, 6.5, -9, 4), 0.9, Tint.darker(coat, 0.65));
    brush.flat(Outline.ellipse(-7, -5, 2.4, 2.4), Tint.rgb(20, 14, 12));
    brush.flat(Outline.ellipse(-7.8, -5.8, 0.9, 0.9), Color.WHITE);
    brush.solid(Outline.blob(-1, -11, 7, -10, 11, 2, 8, 12, 2, 8), ear);
  }
}
