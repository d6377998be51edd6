// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A table lamp that is lit. */
final class Lamp implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color shade = Tint.hsv(dice.unit(), dice.between(0.15, 0.6), dice.between(0.65, 0.95));
    Color stand = Tint.hsv(dice.unit(), dice.between(0.2, 0.7), dice.between(0.25, 0.7));
    Color glow = Tint.rgb(255, 226, 150);
    double top = dice.between(-42, -34);
    double bottom = dice.between(-10, 0);
    double wide = dice.between(22, 32);
    double narrow = wide * dice.between(0.45, 0.9);
    brush.solid(Outline.box(-100, 38, 200, 7), Tint.rgb(96, 66, 44));
    brush.fade(Outline.box(-100, 45, 200, 60), Tint.rgb(70, 48, 32), Tint.rgb(44, 30, 22));
    brush.glow(0, (top + bottom) / 2, 62, 56, Tint.veil(glow, 0.5));
    brush.line(Outline.open(0, bottom - 2, 0, 34), 2.2, Tint.darker(stand, 0.3));
    double belly = dice.between(5, 14);
    if (dice.chance(0.7)) {
      brush.round(Outline.symmetric(3, bottom + 8, belly, 18, belly * 0.6, 32, 4, 36), stand);
    }
    brush.solid(Outline.roundBox(-12, 34, 24, 5, 2), stand);
    brush.fade(
        Outline.polygon(-narrow, top, narrow, top, wide, bottom, -wide, bottom),
        shade,
        Tint.mix(shade, glow, 0.7));
    if (dice.chance(0.5)) {
      for (int pleat = -3; pleat <= 3; pleat++) {
        brush.line(
            Outline.open(narrow * pleat / 4, top, wide * pleat / 4, bottom),
            0.5,
            Tint.veil(Tint.darker(shade, 0.5), 0.6));
      }
    }
    brush.line(Outline.open(-wide, bottom, wide, bottom), 1.6, Tint.darker(shade, 0.25));
    brush.line(Outline.open(-narrow, top, narrow, top), 1.3, Tint.darker(shade, 0.25));
    brush.glow(0, bottom + 1, wide * 0.9, 6, Tint.veil(Tint.rgb(255, 246, 210), 0.8));
    double pull = bottom + dice.between(8, 16);
    brush.line(Outline.open(wide * 0.4, bottom, wide * 0.4, pull), 0.7, Tint.darker(stand, 0.2));
    brush.flat(Outline.ellipse(wide * 0.4, pull, 1.4, 1.4), Tint.rgb(220, 190, 110));
  }
}
