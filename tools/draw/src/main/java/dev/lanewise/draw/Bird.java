// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A songbird from the side, on a branch or on the ground. */
final class Bird implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color plumage = Tint.hsv(dice.unit(), dice.between(0.35, 0.85), dice.between(0.4, 0.9));
    Color breast = Tint.mix(Tint.hsv(dice.unit(), 0.6, 0.85), Tint.rgb(240, 232, 214), dice.unit());
    if (dice.chance(0.65)) {
      branch(brush, dice);
    } else {
      brush.shadow(0, 35, 22, 4);
    }
    Color leg = Tint.rgb(150, 96, 60);
    brush.line(Outline.open(-2, 22, -4, 34), 1.6, leg);
    brush.line(Outline.open(5, 22, 4, 34), 1.6, leg);
    double drop = dice.between(4, 18);
    brush.solid(
        Outline.polygon(16, 6, 42, 12 + drop, 37, 18 + drop, 12, 18), Tint.darker(plumage, 0.35));
    brush.round(
        Outline.blob(-22, -26, -30, -14, -25, 6, -14, 22, 4, 26, 20, 14, 18, 0, 2, -10, -8, -24),
        plumage);
    brush.round(Outline.blob(-27, -8, -22, 8, -10, 21, 3, 24, -4, 8, -16, -6), breast);
    wing(brush, dice, plumage);
    brush.posed(
        -26,
        -18,
        dice.around(0, 0.3),
        1,
        1,
        () -> {
          brush.solid(Outline.polygon(0, -4, -15, 1, 0, 4), Tint.rgb(226, 160, 50));
          brush.line(Outline.open(0, 0.4, -12, 1), 0.6, Tint.rgb(120, 76, 30));
        });
    brush.flat(Outline.ellipse(-19, -20, 3.4, 3.4), Tint.rgb(238, 236, 228));
    brush.flat(Outline.ellipse(-19.4, -20, 2.5, 2.6), Tint.rgb(16, 14, 16));
    brush.flat(Outline.ellipse(-20.3, -21, 0.9, 0.9), Color.WHITE);
  }

  private static void wing(Brush brush, Dice dice, Color plumage) {
    Color color = Tint.mix(plumage, dice.chance(0.5) ? Color.BLACK : Color.WHITE, 0.3);
    double lift = dice.chance(0.3) ? dice.between(0.5, 1.1) : dice.around(0, 0.1);
    brush.posed(
        -12,
        -2,
        -lift,
        1,
        1,
        () -> {
          brush.solid(Outline.blob(0, -4, 16, -3, 36, 12, 20, 15, 6, 12), color);
          for (int feather = 0; feather < 3; feather++) {
            brush.line(
                Outline.curve(6 + 3 * feather, 9 - 3.4 * feather, 18, 10 - 3 * feather, 30, 11),
                0.8,
                Tint.darker(color, 0.4));
          }
        });
  }

  private static void branch(Brush brush, Dice dice) {
    Color bark = Tint.hsv(0.07, 0.45, dice.between(0.25, 0.45));
    brush.limb(
        Outline.curve(-70, 40 + dice.around(0, 6), -20, 35, 15, 36, 70, 32 + dice.around(0, 8)),
        5,
        bark);
    for (int leaf = 0; leaf < 6; leaf++) {
      double x = dice.sign() * dice.between(14, 50);
      brush.posed(
          x,
          36,
          dice.between(0, 6.28),
          1,
          1,
          () ->
              brush.solid(
                  Outline.blob(0, 0, 5, -3, 11, 0, 5, 3),
                  Tint.hsv(dice.between(0.2, 0.36), 0.6, dice.between(0.4, 0.65))));
    }
  }
}
