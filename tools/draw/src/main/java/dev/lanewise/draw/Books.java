// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A pile of books, or one open book. */
final class Books implements Subject {

  private static final Color PAPER = Tint.rgb(232, 222, 198);

  @Override
  public void paint(Brush brush, Dice dice) {
    if (dice.chance(0.55)) {
      pile(brush, dice);
    } else {
      open(brush, dice);
    }
  }

  private static void pile(Brush brush, Dice dice) {
    brush.shadow(0, 37, 40, 5.5);
    int count = 3 + dice.below(4);
    double bottom = 37;
    for (int i = 0; i < count; i++) {
      double thick = dice.between(8, 14);
      double half = dice.between(24, 36);
      double middle = dice.around(0, 6);
      double top = bottom - thick;
      Color cover = Tint.hsv(dice.unit(), dice.between(0.3, 0.8), dice.between(0.3, 0.8));
      brush.posed(
          middle,
          0,
          dice.around(0, 0.03),
          1,
          1,
          () -> {
            brush.solid(Outline.roundBox(-half, top, 2 * half, thick, 2), cover);
            brush.solid(Outline.box(-half + 9, top + 1.6, 2 * half - 8, thick - 3.2), PAPER);
            for (double y = top + 3; y < top + thick - 2; y += 1.6) {
              brush.line(Outline.open(-half + 9, y, half, y), 0.3, Tint.darker(PAPER, 0.35));
            }
            brush.solid(Outline.roundBox(-half, top, 12, thick, 2), Tint.darker(cover, 0.12));
            brush.line(
                Outline.open(-half + 6, top + 2, -half + 6, top + thick - 2),
                1.4,
                Tint.rgb(226, 190, 100));
          });
      bottom = top;
    }
  }

  private static void open(Brush brush, Dice dice) {
    Color cover = Tint.hsv(dice.unit(), dice.between(0.3, 0.8), dice.between(0.3, 0.7));
    brush.shadow(0, 30, 46, 8);
    brush.posed(
        0,
        4,
        dice.around(0, 0.2),
        1,
        dice.between(0.8, 1.1),
        () -> {
          brush.solid(Outline.polygon(-44, -16, 0, -12, 44, -16, 46, 26, 0, 30, -46, 26), cover);
          for (int side = -1; side <= 1; side += 2) {
            page(brush, dice, side);
          }
          brush.line(Outline.open(0, -16, 0, 26), 1, Tint.darker(PAPER, 0.5));
          if (dice.chance(0.5)) {
            brush.line(Outline.curve(6, -17, 7, 10, 5, 36), 2, Tint.hsv(dice.unit(), 0.8, 0.7));
          }
        });
  }

  private static void page(Brush brush, Dice dice, int side) {
    brush.solid(
        Outline.blob(
            0, -16, side * 10, -22, side * 26, -21, side * 41, -18, side * 43, 22, side * 26, 19,
            side * 10, 20, 0, 26),
        PAPER);
    boolean picture = dice.chance(0.35);
    if (picture) {
      brush.solid(
          Outline.box(side * 23 - 12, -14, 24, 15),
          Tint.hsv(dice.unit(), 0.5, dice.between(0.4, 0.8)));
    }
    for (double y = picture ? 5 : -13; y < 16; y += 3.6) {
      double end = side * dice.between(28, 36);
      brush.line(
          Outline.curve(side * 7, y + 0.5, side * 20, y - 1.5, end, y - 0.5),
          0.8,
          Tint.veil(Tint.rgb(60, 56, 56), 0.7));
    }
  }
}
