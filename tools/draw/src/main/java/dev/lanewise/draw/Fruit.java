// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;
import java.util.List;

/** An apple, an orange or a pear, sometimes with a second one behind it. */
final class Fruit implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    if (dice.chance(0.4)) {
      brush.posed(dice.sign() * 20, 8, dice.around(0, 0.3), 0.7, 0.7, () -> one(brush, dice));
    }
    double size = dice.between(0.85, 1.1);
    brush.posed(0, 2, dice.around(0, 0.3), size, size, () -> one(brush, dice));
  }

  private static void one(Brush brush, Dice dice) {
    brush.shadow(0, 32, 30, 6);
    switch (dice.below(3)) {
      case 0 -> apple(brush, dice);
      case 1 -> orange(brush, dice);
      default -> pear(brush, dice);
    }
  }

  private static void apple(Brush brush, Dice dice) {
    Color skin =
        Tint.hsv(
            dice.pick(List.of(0.98, 0.02, 0.13, 0.24)),
            dice.between(0.65, 0.9),
            dice.between(0.6, 0.9));
    Shape body = Outline.symmetric(4, -19, 15, -26, 30, -19, 34, 0, 27, 22, 14, 33, 4, 30);
    brush.round(body, skin);
    brush.within(
        body,
        () -> {
          for (int i = 0; i < 30; i++) {
            double x = dice.between(-30, 30);
            brush.line(
                Outline.curve(x * 0.3, -22, x, 0, x * 0.7, 26),
                0.8,
                Tint.veil(Tint.hsv(dice.between(0, 0.16), 0.7, 0.9), 0.15));
          }
        });
    brush.glow(0, -20, 10, 5, Tint.veil(Color.BLACK, 0.6));
    stalk(brush, dice, -20);
    brush.glow(-13, -10, 6, 9, Tint.veil(Color.WHITE, 0.6));
  }

  private static void orange(Brush brush, Dice dice) {
    Color skin =
        Tint.hsv(dice.between(0.07, 0.14), dice.between(0.75, 0.95), dice.between(0.75, 0.95));
    brush.round(Outline.ellipse(0, 2, 31, 30), skin);
    for (int i = 0; i < 70; i++) {
      double angle = dice.between(0, 2 * StrictMath.PI);
      double far = 28 * StrictMath.sqrt(dice.unit());
      brush.flat(
          Outline.ellipse(far * StrictMath.cos(angle), 2 + far * StrictMath.sin(angle), 0.6, 0.6),
          Tint.veil(Tint.darker(skin, 0.4), 0.6));
    }
    brush.flat(Outline.ellipse(0, -23, 3, 1.6), Tint.rgb(80, 100, 40));
    if (dice.chance(0.6)) {
      stalk(brush, dice, -23);
    }
    brush.glow(-11, -10, 8, 7, Tint.veil(Color.WHITE, 0.55));
  }

  private static void pear(Brush brush, Dice dice) {
    Color skin =
        Tint.hsv(dice.between(0.13, 0.24), dice.between(0.55, 0.8), dice.between(0.6, 0.85));
    brush.round(Outline.symmetric(6, -34, 12, -20, 20, -4, 27, 12, 22, 29, 8, 33), skin);
    for (int i = 0; i < 30; i++) {
      brush.flat(
          Outline.ellipse(dice.around(0, 18), dice.between(0, 28), 0.5, 0.5),
          Tint.veil(Tint.rgb(90, 70, 30), 0.6));
    }
    stalk(brush, dice, -34);
    brush.glow(-9, 4, 6, 10, Tint.veil(Color.WHITE, 0.5));
  }

  private static void stalk(Brush brush, Dice dice, double y) {
    double lean = dice.around(0, 6);
    brush.line(Outline.curve(0, y, lean * 0.3, y - 7, lean, y - 12), 2, Tint.rgb(84, 60, 36));
    if (dice.chance(0.6)) {
      brush.posed(
          1,
          y - 5,
          dice.around(-0.3, 0.5),
          1,
          1,
          () -> brush.solid(Outline.blob(0, 0, 8, -6, 20, -3, 9, 3), Tint.rgb(86, 140, 56)));
    }
  }
}
