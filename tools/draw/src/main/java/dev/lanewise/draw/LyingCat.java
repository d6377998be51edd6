// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A cat that lies like a loaf, head up and paws tucked in. */
final class LyingCat implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Coat coat = Coat.random(dice);
    brush.shadow(2, 37, 42, 7);
    double rise = dice.around(0, 4);
    coat.fur(
        brush,
        Outline.blob(-30, 36, -31, 20, -18, 4, 6, -2 + rise, 28, 6 + rise, 38, 22, 35, 36, 0, 38),
        dice);
    brush.line(Outline.curve(14, 34, 14, 24, 22, 17, 31, 18), 1.2, Tint.veil(coat.dark(), 0.7));
    coat.tail(brush, 6.5, dice, 35, 26, 39, 33, 30, 37.5, 16, 37.5, 4, 37);
    for (int paw = 0; paw < 2; paw++) {
      brush.round(Outline.ellipse(-22 + 14 * paw, 36, 7.5, 4), coat.paw());
    }
    if (coat.pattern() == Pattern.TUXEDO || coat.pattern() == Pattern.TABBY) {
      brush.solid(Outline.ellipse(-13, 22, 8, 11), coat.light());
    }
    brush.glow(-12, 16, 22, 8, Tint.veil(Color.BLACK, 0.5));
    CatHead head = new CatHead(brush, dice, coat);
    double size = dice.between(0.78, 0.9);
    boolean awake = dice.chance(0.8);
    brush.posed(-8, -4, dice.around(0, 0.2), size, size, () -> head.paint(awake));
  }
}
