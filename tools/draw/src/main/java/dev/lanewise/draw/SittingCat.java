// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A cat that sits with its tail beside it, square on or half turned. */
final class SittingCat implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Coat coat = Coat.random(dice);
    brush.shadow(4, 40, 32, 6);
    if (dice.chance(0.55)) {
      front(brush, dice, coat);
    } else {
      half(brush, dice, coat);
    }
  }

  private static void front(Brush brush, Dice dice, Coat coat) {
    double curl = dice.between(-6, 12);
    coat.tail(brush, 6.5, dice, 14, 37, 26, 38, 34, 31, 35, 20, 31 + curl / 2, 12 - curl / 2);
    coat.fur(brush, Outline.symmetric(7, -10, 13, 0, 19, 16, 24, 31, 20, 40, 8, 41), dice);
    chest(brush, coat, 0);
    for (int side = -1; side <= 1; side += 2) {
      leg(brush, coat, side * 6, 14, side * 6.5, 38);
    }
    head(brush, dice, coat, 0, -12);
  }

  private static void half(Brush brush, Dice dice, Coat coat) {
    double lift = dice.between(0, 26);
    coat.tail(brush, 6, dice, 20, 36, 32, 36, 38, 28 - lift / 3, 36, 16 - lift / 2, 40, 8 - lift);
    coat.fur(
        brush,
        Outline.blob(-10, -12, -15, 4, -13, 24, -8, 40, 20, 41, 27, 30, 22, 12, 10, -6),
        dice);
    brush.round(Outline.ellipse(15, 29, 12, 12), coat.base());
    chest(brush, coat, -8);
    leg(brush, coat, -3, 12, -3, 38);
    leg(brush, coat, -11, 12, -12, 38);
    brush.round(Outline.ellipse(12, 38.5, 8, 3.6), coat.paw());
    head(brush, dice, coat, -4, -12);
  }

  private static void chest(Brush brush, Coat coat, double x) {
    if (coat.pattern() != Pattern.PLAIN && coat.pattern() != Pattern.POINTED) {
      brush.solid(
          Outline.blob(x, -8, x + 8, 2, x + 6, 16, x, 22, x - 6, 16, x - 8, 2), coat.light());
    }
  }

  private static void leg(
      Brush brush, Coat coat, double fromX, double fromY, double toX, double toY) {
    Color fur =
        coat.pattern() == Pattern.POINTED ? Tint.mix(coat.base(), coat.dark(), 0.4) : coat.base();
    brush.limb(Outline.curve(fromX, fromY, toX, toY), 8, fur);
    brush.round(Outline.ellipse(toX, toY + 0.5, 5.4, 3.6), coat.paw());
  }

  private static void head(Brush brush, Dice dice, Coat coat, double x, double y) {
    CatHead head = new CatHead(brush, dice, coat);
    double size = dice.between(0.76, 0.88);
    brush.glow(x, y + 16, 14, 7, Tint.veil(Color.BLACK, 0.45));
    brush.posed(x, y, dice.around(0, 0.25), size, size, () -> head.paint(true));
  }
}
