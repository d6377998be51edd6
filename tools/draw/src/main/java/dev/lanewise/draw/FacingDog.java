// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** A dog's face and shoulders: the thing most like a cat. */
final class FacingDog {

  private FacingDog() {}

  static void paint(Brush brush, Dice dice, Color coat) {
    Color pale = Tint.mix(coat, Tint.rgb(236, 226, 210), dice.between(0.3, 0.85));
    Color ears = Tint.darker(coat, dice.between(0.15, 0.45));
    brush.round(Outline.symmetric(10, 12, 25, 26, 36, 50, 38, 90), coat);
    brush.solid(Outline.symmetric(7, 20, 14, 36, 12, 70), pale);
    brush.glow(0, 30, 26, 12, Tint.veil(Color.BLACK, 0.5));
    if (dice.chance(0.5)) {
      brush.line(
          Outline.curve(-23, 29, -10, 37, 10, 37, 23, 29), 5, Tint.hsv(dice.unit(), 0.8, 0.7));
      brush.round(Outline.ellipse(0, 40, 3.6, 3.6), Tint.rgb(232, 190, 70));
    }
    double turn = dice.around(0, 6);
    brush.posed(
        0,
        0,
        dice.around(0, 0.15),
        1,
        1,
        () -> {
          head(brush, dice, coat, pale, turn);
          double length = dice.between(24, 40);
          ear(brush, ears, length, -1);
          ear(brush, ears, length, 1);
        });
  }

  private static void head(Brush brush, Dice dice, Color coat, Color pale, double turn) {
    Shape skull = Outline.symmetric(12, -34, 23, -27, 28, -10, 24, 8, 18, 22, 8, 31);
    brush.round(skull, coat);
    if (dice.chance(0.4)) {
      brush.within(
          skull,
          () ->
              brush.solid(
                  Outline.blob(
                      turn - 4, -36, turn + 4, -36, turn + 4, -8, turn + 9, 10, turn - 9, 10,
                      turn - 4, -8),
                  pale));
    }
    if (dice.chance(0.3)) {
      brush.glow(turn + 11 * dice.sign(), -8, 10, 11, Tint.darker(coat, 0.6));
    }
    double x = turn * 1.3;
    if (dice.chance(0.6)) {
      brush.solid(
          Outline.blob(x - 5, 22, x + 5, 22, x + 5, 33, x, 38, x - 5, 33), Tint.rgb(220, 112, 120));
      brush.line(Outline.open(x, 24, x, 33), 0.7, Tint.rgb(170, 70, 84));
    }
    brush.round(
        Outline.blob(x, 2, x + 11, 8, x + 15, 19, x + 7, 26, x - 7, 26, x - 15, 19, x - 11, 8),
        pale);
    Color lip = Tint.rgb(44, 30, 30);
    brush.line(Outline.open(x, 12, x, 19), 1.1, lip);
    brush.line(Outline.curve(x, 19, x + 5, 23, x + 12, 20), 1.2, lip);
    brush.line(Outline.curve(x, 19, x - 5, 23, x - 12, 20), 1.2, lip);
    brush.round(
        Outline.blob(x - 6.5, 7, x, 5, x + 6.5, 7, x + 3, 13, x - 3, 13), Tint.rgb(34, 28, 30));
    brush.glow(x - 2, 7.5, 2, 1.2, Tint.veil(Color.WHITE, 0.8));
    for (int side = -1; side <= 1; side += 2) {
      eye(brush, turn + side * 11, side, coat);
    }
  }

  private static void eye(Brush brush, double x, int side, Color coat) {
    brush.flat(Outline.ellipse(x, -7, 5, 5), Tint.darker(coat, 0.7));
    brush.round(Outline.ellipse(x, -7, 4.2, 4.4), Tint.rgb(92, 56, 30));
    brush.flat(Outline.ellipse(x, -7, 2.6, 2.8), Tint.rgb(14, 10, 10));
    brush.flat(Outline.ellipse(x - 1.3, -8.8, 1.3, 1.3), Color.WHITE);
    brush.line(
        Outline.curve(x - 4 * side, -14.5, x, -16, x + 5 * side, -14),
        1.8,
        Tint.veil(Tint.darker(coat, 0.5), 0.7));
  }

  private static void ear(Brush brush, Color color, double length, int side) {
    double tip = -24 + length;
    brush.solid(
        Outline.blob(
            side * 13, -33,
            side * 24, -32,
            side * 34, -12,
            side * 37, tip - 6,
            side * 31, tip,
            side * 25, tip - 9,
            side * 22, -14),
        color);
  }
}
