// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A cat curled up asleep, on a cushion if it has one. */
final class SleepingCat implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Coat coat = Coat.random(dice);
    brush.shadow(0, 35, 44, 9);
    if (dice.chance(0.6)) {
      Color cloth = Tint.hsv(dice.unit(), dice.between(0.3, 0.7), dice.between(0.35, 0.75));
      brush.solid(Outline.roundBox(-47, 18, 94, 22, 10), cloth);
      brush.line(Outline.curve(-42, 31, 0, 34, 42, 31), 0.8, Tint.darker(cloth, 0.4));
    }
    coat.fur(
        brush,
        Outline.blob(-36, 18, -28, -2, -6, -14, 18, -12, 35, 2, 38, 18, 28, 31, 0, 34, -28, 31),
        dice);
    brush.line(Outline.curve(10, 28, 8, 14, 18, 4, 30, 8), 1.3, Tint.veil(coat.dark(), 0.8));
    brush.glow(-12, 20, 26, 14, Tint.veil(Color.BLACK, 0.45));
    CatHead head = new CatHead(brush, dice, coat);
    double size = dice.between(0.76, 0.88);
    brush.posed(-8, 6, dice.around(-0.15, 0.3), size, size, () -> head.paint(false));
    coat.tail(brush, 7.5, dice, 36, 16, 37, 26, 26, 33, 10, 34, -6, 32);
  }
}
