// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.util.List;

/** A wall and a floor, with some of a home's clutter. */
final class Room implements Backdrop {

  private static final List<Color> WOODS =
      List.of(
          Tint.rgb(120, 82, 52),
          Tint.rgb(152, 112, 72),
          Tint.rgb(84, 58, 42),
          Tint.rgb(130, 122, 112));

  @Override
  public void paint(Brush brush, Dice dice) {
    Color wall = Tint.hsv(dice.unit(), dice.between(0.1, 0.5), dice.between(0.3, 0.75));
    double edge = dice.around(22, 16);
    brush.solid(Outline.box(-75, -75, 150, 150), wall);
    paper(brush, dice, wall);
    int clutter = 1 + dice.below(3);
    for (int i = 0; i < clutter; i++) {
      double x = dice.between(-48, 48);
      switch (dice.below(5)) {
        case 0 -> window(brush, dice, x);
        case 1 -> frame(brush, dice, x);
        case 2 -> plant(brush, dice, x, edge);
        case 3 -> shelf(brush, dice, x);
        default -> sofa(brush, dice, x, edge);
      }
    }
    floor(brush, dice, edge);
  }

  private static void paper(Brush brush, Dice dice, Color wall) {
    Color print =
        Tint.veil(
            Tint.mix(wall, dice.chance(0.5) ? Color.BLACK : Color.WHITE, dice.between(0.2, 0.4)),
            0.6);
    double step = dice.between(7, 14);
    int style = dice.below(4);
    for (double x = -70; x < 70; x += step) {
      if (style == 0) {
        brush.flat(Outline.box(x, -75, step / 2, 150), print);
      } else if (style == 1) {
        for (double y = -70; y < 70; y += step) {
          brush.flat(Outline.ellipse(x, y, step / 6, step / 6), print);
        }
      } else if (style == 2) {
        for (double y = -70; y < 70; y += step / 2) {
          boolean odd = StrictMath.round((y + 70) / (step / 2)) % 2 == 1;
          double left = odd ? x + step / 2 : x;
          brush.flat(Outline.box(left + 0.4, y + 0.4, step - 0.8, step / 2 - 0.8), print);
        }
      }
    }
  }

  private static void window(Brush brush, Dice dice, double x) {
    double width = dice.between(22, 34);
    double top = dice.between(-52, -36);
    Color frame = Tint.hsv(0.09, dice.between(0, 0.5), dice.between(0.4, 0.8));
    Color pane = Tint.hsv(dice.between(0.5, 0.65), 0.35, dice.between(0.35, 0.95));
    brush.flat(Outline.box(x - width / 2 - 2, top - 2, width + 4, 44), frame);
    brush.fade(Outline.box(x - width / 2, top, width, 40), pane, Tint.lighter(pane, 0.4));
    brush.flat(Outline.box(x - 1, top, 2, 40), frame);
    brush.flat(Outline.box(x - width / 2, top + 18, width, 2), frame);
  }

  private static void frame(Brush brush, Dice dice, double x) {
    double width = dice.between(14, 26);
    double height = dice.between(12, 24);
    double top = dice.between(-48, -28);
    Color art = Tint.hsv(dice.unit(), 0.5, dice.between(0.4, 0.8));
    brush.solid(Outline.box(x - width / 2, top, width, height), dice.pick(WOODS));
    brush.fade(
        Outline.box(x - width / 2 + 2, top + 2, width - 4, height - 4),
        Tint.lighter(art, 0.5),
        art);
    brush.round(Outline.ellipse(x, top + height * 0.6, width / 5, height / 5), art);
  }

  private static void plant(Brush brush, Dice dice, double x, double edge) {
    double base = edge + 4;
    Color leaf = Tint.hsv(dice.between(0.25, 0.4), 0.6, dice.between(0.3, 0.55));
    for (int i = 0; i < 9; i++) {
      double lean = dice.around(0, 1.2);
      double length = dice.between(16, 34);
      brush.posed(
          x,
          base - 12,
          lean,
          1,
          1,
          () ->
              brush.solid(
                  Outline.blob(0, 0, 3, -length / 2, 0, -length, -3, -length / 2),
                  Tint.mix(leaf, Color.BLACK, dice.between(0, 0.35))));
    }
    brush.solid(
        Outline.polygon(x - 7, base - 13, x + 7, base - 13, x + 5, base, x - 5, base),
        Tint.hsv(dice.unit(), 0.5, 0.6));
  }

  private static void shelf(Brush brush, Dice dice, double x) {
    double y = dice.between(-34, -10);
    for (double at = x - 20; at < x + 18; at += 4) {
      double height = dice.between(8, 14);
      brush.solid(
          Outline.box(at, y - height, 3.6, height),
          Tint.hsv(dice.unit(), dice.between(0.2, 0.6), dice.between(0.3, 0.7)));
    }
    brush.solid(Outline.box(x - 22, y, 44, 3), dice.pick(WOODS));
  }

  private static void sofa(Brush brush, Dice dice, double x, double edge) {
    Color cloth = Tint.hsv(dice.unit(), dice.between(0.2, 0.6), dice.between(0.3, 0.65));
    brush.solid(Outline.roundBox(x - 40, edge - 30, 80, 40, 8), cloth);
    brush.solid(Outline.roundBox(x - 46, edge - 16, 16, 28, 7), Tint.lighter(cloth, 0.08));
    brush.solid(Outline.roundBox(x + 30, edge - 16, 16, 28, 7), Tint.lighter(cloth, 0.08));
    brush.line(Outline.open(x, edge - 28, x, edge), 0.8, Tint.darker(cloth, 0.4));
  }

  private static void floor(Brush brush, Dice dice, double edge) {
    Color wood = dice.pick(WOODS);
    brush.fade(Outline.box(-75, edge, 150, 100), Tint.darker(wood, 0.35), wood);
    if (dice.chance(0.5)) {
      double vanish = dice.around(0, 30);
      for (double x = -160; x < 160; x += 14) {
        brush.line(
            Outline.open(vanish + (x - vanish) * 0.35, edge, x, 75), 0.6, Tint.darker(wood, 0.45));
      }
      brush.flat(Outline.box(-75, edge - 2.5, 150, 2.5), Tint.lighter(wood, 0.2));
    } else {
      Color rug = Tint.hsv(dice.unit(), dice.between(0.2, 0.6), dice.between(0.3, 0.65));
      double x = dice.around(0, 25);
      brush.flat(Outline.ellipse(x, edge + 30, 56, 22), Tint.darker(rug, 0.3));
      brush.solid(Outline.ellipse(x, edge + 30, 52, 19), rug);
      brush.line(Outline.ellipse(x, edge + 30, 42, 14), 1.4, Tint.lighter(rug, 0.3));
    }
  }
}
