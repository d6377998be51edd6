// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;
import java.util.List;

/** A cat's head from the front, about 64 wide and centred on the face, for every cat to wear. */
final class CatHead {

  private static final Color PINK = Tint.rgb(214, 140, 138);

  private static final List<Color> IRISES =
      List.of(
          Tint.rgb(132, 186, 72),
          Tint.rgb(206, 186, 60),
          Tint.rgb(224, 152, 44),
          Tint.rgb(92, 168, 206),
          Tint.rgb(170, 204, 120));

  private final Brush brush;
  private final Dice dice;
  private final Coat coat;
  private final double width;
  private final double height;

  /** How far the features are moved sideways because the head is turned. */
  private final double turn;

  CatHead(Brush brush, Dice dice, Coat coat) {
    this.brush = brush;
    this.dice = dice;
    this.coat = coat;
    this.width = dice.between(30, 34.5);
    this.height = dice.between(25, 28);
    this.turn = dice.around(0, 6);
  }

  void paint(boolean awake) {
    double earHeight = dice.between(19, 26);
    double earLean = dice.between(0, 5);
    ear(-1, earHeight, earLean);
    ear(1, earHeight, earLean);
    skull();
    mask();
    muzzle();
    Color iris = coat.pattern() == Pattern.POINTED ? IRISES.get(3) : dice.pick(IRISES);
    double gap = dice.between(12, 14.5);
    double openness = dice.between(0.75, 1);
    double slit = dice.between(0.2, 0.6);
    for (int side = -1; side <= 1; side += 2) {
      if (awake) {
        eye(turn + side * gap, side, iris, openness, slit);
      } else {
        shutEye(turn + side * gap);
      }
    }
    nose();
    whiskers();
  }

  private void ear(int side, double earHeight, double lean) {
    double outer = side * width * 0.9;
    double inner = side * width * 0.2;
    double tipX = side * (width * 0.68 + lean);
    double tipY = -height * 0.62 - earHeight;
    Shape ear = Outline.polygon(outer, -height * 0.2, tipX, tipY, inner, -height * 0.85, inner, 0);
    brush.solid(ear, coat.tip());
    brush.line(ear, 1.6, coat.tip());
    Shape shell =
        Outline.polygon(
            side * width * 0.8,
            -height * 0.45,
            tipX - side * 0.4,
            tipY + earHeight * 0.28,
            side * width * 0.38,
            -height * 0.78);
    brush.solid(shell, Tint.mix(PINK, coat.tip(), 0.35));
    brush.line(
        Outline.curve(
            inner,
            -height * 0.8,
            side * width * 0.5,
            -height * 0.85,
            tipX - side * 3,
            tipY + earHeight * 0.5),
        1.2,
        Tint.veil(coat.light(), 0.6));
  }

  private void skull() {
    Shape head =
        Outline.symmetric(
            width * 0.22,
            -height * 0.98,
            width * 0.62,
            -height * 0.8,
            width * 0.93,
            -height * 0.25,
            width,
            height * 0.25,
            width * 0.78,
            height * 0.68,
            width * 0.36,
            height * 0.98);
    coat.fur(brush, head, dice);
    if (coat.pattern() == Pattern.TABBY) {
      forehead();
    }
  }

  /** The tabby's letter on the forehead and the lines on its cheeks. */
  private void forehead() {
    Color color = Tint.veil(coat.dark(), 0.85);
    for (int line = -1; line <= 1; line++) {
      double x = turn * 0.6 + line * 5.5;
      brush.line(
          Outline.curve(x * 1.5, -height * 0.95, x * 1.2, -height * 0.7, x * 0.8, -height * 0.42),
          2,
          color);
    }
    for (int side = -1; side <= 1; side += 2) {
      for (int line = 0; line < 2; line++) {
        double y = 2 + 6 * line;
        brush.line(
            Outline.curve(
                side * width * 0.94, y - 2, side * width * 0.8, y + 1, side * width * 0.66, y),
            1.7,
            color);
      }
    }
  }

  private void mask() {
    if (coat.pattern() == Pattern.POINTED) {
      brush.glow(turn * 1.2, 4, width * 0.85, height * 0.95, coat.dark());
      brush.glow(turn * 1.2, 6, width * 0.6, height * 0.8, coat.dark());
    } else if (coat.pattern() == Pattern.TUXEDO) {
      double top = dice.between(-0.9, -0.2) * height;
      brush.flat(
          Outline.blob(
              turn,
              top,
              turn + 5,
              0,
              turn + 14,
              12,
              turn + 8,
              height * 0.95,
              turn - 8,
              height * 0.95,
              turn - 14,
              12,
              turn - 5,
              0),
          coat.light());
    }
  }

  private void muzzle() {
    double x = turn * 1.25;
    Color pale = Tint.mix(coat.light(), coat.base(), 0.15);
    brush.round(Outline.ellipse(x, 18, 7, 5.5), Tint.darker(pale, 0.12));
    brush.round(Outline.ellipse(x - 6, 12.5, 8, 6.5), pale);
    brush.round(Outline.ellipse(x + 6, 12.5, 8, 6.5), pale);
  }

  private void eye(double x, int side, Color iris, double openness, double slit) {
    double radius = 6.6;
    double y = -3;
    double tall = radius * openness;
    Shape lid =
        Outline.blob(
            x - radius,
            y + side * 1.2,
            x - radius * 0.4,
            y - tall * 0.85,
            x + radius * 0.5,
            y - tall * 0.85,
            x + radius,
            y - side * 1.2,
            x + radius * 0.4,
            y + tall * 0.85,
            x - radius * 0.5,
            y + tall * 0.85);
    brush.line(lid, 2, Tint.darker(coat.dark(), 0.6));
    brush.fade(lid, Tint.darker(iris, 0.3), Tint.lighter(iris, 0.25));
    brush.within(
        lid,
        () -> {
          brush.flat(
              Outline.ellipse(x + turn * 0.15, y, radius * slit, tall * 0.95),
              Tint.rgb(12, 12, 16));
          brush.flat(
              Outline.ellipse(x + turn * 0.15 - 1.8, y - tall * 0.42, 1.5, 1.5), Color.WHITE);
        });
  }

  private void shutEye(double x) {
    Color line = Tint.darker(coat.dark(), 0.65);
    brush.line(Outline.curve(x - 6.5, -3, x - 3, 0, x + 3, 0, x + 6.5, -3), 1.8, line);
  }

  private void nose() {
    double x = turn * 1.35;
    Color lip = Tint.darker(coat.dark(), 0.55);
    brush.line(Outline.open(x, 8, x, 12.5), 1, lip);
    brush.line(Outline.curve(x, 12.5, x - 3, 15.5, x - 7, 14.5), 1, lip);
    brush.line(Outline.curve(x, 12.5, x + 3, 15.5, x + 7, 14.5), 1, lip);
    Color color =
        coat.pattern() == Pattern.POINTED || dice.chance(0.25) ? Tint.rgb(70, 48, 48) : PINK;
    brush.solid(Outline.blob(x - 4, 5.4, x, 4.8, x + 4, 5.4, x + 1.2, 9, x - 1.2, 9), color);
  }

  private void whiskers() {
    Color color = Tint.veil(Tint.rgb(245, 245, 240), 0.75);
    double droop = dice.around(1, 5);
    for (int side = -1; side <= 1; side += 2) {
      for (int hair = -1; hair <= 1; hair++) {
        double y = 12 + 2.4 * hair;
        brush.line(
            Outline.curve(
                turn * 1.25 + side * 9,
                y,
                side * 24 + turn,
                y + hair * 2 - 1.5,
                side * 42 + turn * 0.7,
                y + hair * 5 + droop),
            0.6,
            color);
      }
    }
  }
}
