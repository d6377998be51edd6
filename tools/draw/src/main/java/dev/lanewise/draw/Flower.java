// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** A flower on its stem, wild or in a pot. */
final class Flower implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color petal =
        Tint.hsv(dice.around(0.95, 0.28), dice.between(0.2, 0.85), dice.between(0.65, 0.98));
    Color green = Tint.hsv(dice.between(0.24, 0.4), 0.6, dice.between(0.35, 0.6));
    double headX = dice.around(0, 8);
    double headY = dice.between(-22, -10);
    brush.shadow(0, 42, 16, 3.5);
    brush.limb(Outline.curve(headX, headY, headX * 0.4, 10, 0, 44), 3, green);
    leaf(brush, dice, green, -1);
    leaf(brush, dice, green, 1);
    brush.posed(
        headX,
        headY,
        dice.between(0, 1),
        1,
        dice.between(0.8, 1),
        () -> blossom(brush, dice, petal));
    if (dice.chance(0.4)) {
      Color clay = Tint.hsv(dice.around(0.05, 0.1), 0.6, dice.between(0.5, 0.75));
      brush.solid(Outline.polygon(-15, 26, 15, 26, 11, 46, -11, 46), clay);
      brush.solid(Outline.box(-17, 22, 34, 6), Tint.lighter(clay, 0.1));
    }
  }

  private static void leaf(Brush brush, Dice dice, Color green, int side) {
    double y = dice.between(14, 26);
    brush.posed(
        0,
        y,
        side * dice.between(0.4, 1.0),
        1,
        1,
        () -> {
          brush.solid(Outline.blob(0, 0, side * 10, -7, side * 24, -4, side * 11, 3), green);
          brush.line(
              Outline.curve(0, 0, side * 11, -3, side * 21, -4), 0.6, Tint.darker(green, 0.4));
        });
  }

  private static void blossom(Brush brush, Dice dice, Color petal) {
    int petals = 5 + dice.below(8);
    double reach = dice.between(20, 28);
    double half = reach * 2.6 / petals * dice.between(0.8, 1.1);
    Shape shape = Outline.blob(0, 0, -half, -reach * 0.6, 0, -reach, half, -reach * 0.6);
    for (int layer = 0; layer < 2; layer++) {
      double size = 1 - 0.3 * layer;
      Color color = Tint.lighter(Tint.darker(petal, 0.15), 0.25 * layer);
      for (int i = 0; i < petals; i++) {
        double angle = 2 * StrictMath.PI * (i + 0.5 * layer) / petals;
        brush.posed(
            0,
            0,
            angle,
            size,
            size,
            () -> {
              brush.fade(shape, color, Tint.darker(color, 0.45));
              brush.line(
                  Outline.open(0, -reach * 0.3, 0, -reach * 0.8),
                  0.5,
                  Tint.veil(Tint.darker(color, 0.5), 0.5));
            });
      }
    }
    double eye = reach * dice.between(0.22, 0.38);
    Color heart = dice.chance(0.6) ? Tint.rgb(232, 182, 48) : Tint.rgb(104, 66, 38);
    brush.round(Outline.ellipse(0, 0, eye, eye), heart);
    for (int i = 0; i < 14; i++) {
      double angle = dice.between(0, 2 * StrictMath.PI);
      double far = eye * 0.8 * StrictMath.sqrt(dice.unit());
      brush.flat(
          Outline.ellipse(far * StrictMath.cos(angle), far * StrictMath.sin(angle), 0.7, 0.7),
          Tint.darker(heart, 0.4));
    }
  }
}
