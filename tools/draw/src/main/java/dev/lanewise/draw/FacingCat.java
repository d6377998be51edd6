// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Shape;

/** A cat's face and shoulders, close up. */
final class FacingCat implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Coat coat = Coat.random(dice);
    Shape shoulders = Outline.symmetric(9, 12, 26, 26, 36, 50, 38, 90);
    coat.fur(brush, shoulders, dice);
    if (coat.pattern() == Pattern.TUXEDO || coat.pattern() == Pattern.TABBY) {
      brush.solid(Outline.symmetric(8, 18, 15, 34, 12, 70), coat.light());
    }
    brush.glow(0, 28, 30, 12, Tint.veil(Tint.rgb(0, 0, 0), 0.5));
    if (dice.chance(0.25)) {
      collar(brush, dice);
    }
    CatHead head = new CatHead(brush, dice, coat);
    brush.posed(0, 2, dice.around(0, 0.12), 1.08, 1.08, () -> head.paint(true));
  }

  private static void collar(Brush brush, Dice dice) {
    brush.line(
        Outline.curve(-25, 27, -12, 35, 12, 35, 25, 27), 4.5, Tint.hsv(dice.unit(), 0.8, 0.75));
    brush.round(Outline.ellipse(0, 38, 4, 4), Tint.rgb(232, 190, 70));
  }
}
