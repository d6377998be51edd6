// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** The light over a whole finished scene: its colour, its fall across the picture, its edges. */
final class Mood {

  private static final Shape EVERYTHING = Outline.box(-75, -75, 150, 150);

  private Mood() {}

  static void paint(Brush brush, Dice dice) {
    Color cast = Tint.hsv(dice.unit(), dice.between(0.3, 0.7), dice.between(0.15, 0.6));
    brush.flat(EVERYTHING, Tint.veil(cast, dice.between(0, 0.14)));
    Color dim = Tint.rgb(8, 6, 16);
    brush.posed(
        0,
        0,
        dice.between(0, 2 * StrictMath.PI),
        1,
        1,
        () -> brush.fade(EVERYTHING, Tint.veil(dim, 0), Tint.veil(dim, dice.between(0, 0.42))));
    if (dice.chance(0.3)) {
      double x = dice.between(-45, 45);
      double y = dice.between(-50, 10);
      Color beam = Tint.veil(Tint.hsv(dice.between(0.08, 0.17), 0.3, 1), dice.between(0.1, 0.3));
      brush.glow(x, y, 55, 55, beam);
    }
  }
}
