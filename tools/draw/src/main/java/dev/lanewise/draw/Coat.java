// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A cat's fur.
 *
 * @param base the fur's main colour
 * @param dark its stripes, or the mask, ears, paws and tail of a pointed cat
 * @param light its muzzle and chest
 * @param pattern how it is marked
 */
record Coat(Color base, Color dark, Color light, Pattern pattern) {

  private static final Color WHITE = Tint.rgb(232, 228, 222);
  private static final Color GINGER = Tint.rgb(212, 128, 56);
  private static final Color BLACK = Tint.rgb(40, 36, 40);

  private static final List<Coat> COATS =
      List.of(
          new Coat(GINGER, Tint.rgb(150, 74, 24), Tint.rgb(240, 206, 160), Pattern.TABBY),
          new Coat(GINGER, Tint.rgb(160, 84, 30), WHITE, Pattern.TABBY),
          new Coat(
              Tint.rgb(140, 110, 80), Tint.rgb(62, 46, 34), Tint.rgb(205, 182, 150), Pattern.TABBY),
          new Coat(
              Tint.rgb(150, 150, 152),
              Tint.rgb(68, 68, 74),
              Tint.rgb(222, 222, 224),
              Pattern.TABBY),
          new Coat(
              Tint.rgb(116, 124, 138),
              Tint.rgb(84, 90, 104),
              Tint.rgb(150, 158, 170),
              Pattern.PLAIN),
          new Coat(BLACK, Tint.rgb(22, 20, 24), Tint.rgb(66, 60, 64), Pattern.PLAIN),
          new Coat(WHITE, Tint.rgb(190, 184, 178), Tint.rgb(246, 243, 240), Pattern.PLAIN),
          new Coat(
              Tint.rgb(226, 196, 150),
              Tint.rgb(190, 150, 100),
              Tint.rgb(244, 228, 204),
              Pattern.PLAIN),
          new Coat(BLACK, Tint.rgb(22, 20, 24), WHITE, Pattern.TUXEDO),
          new Coat(Tint.rgb(112, 116, 126), Tint.rgb(74, 78, 88), WHITE, Pattern.TUXEDO),
          new Coat(WHITE, BLACK, WHITE, Pattern.CALICO),
          new Coat(
              Tint.rgb(222, 204, 178),
              Tint.rgb(74, 52, 44),
              Tint.rgb(98, 72, 60),
              Pattern.POINTED));

  /** One of the usual coats in a shade of its own. */
  static Coat random(Dice dice) {
    Coat coat = dice.pick(COATS);
    Color toward = dice.chance(0.5) ? Color.BLACK : Tint.rgb(200, 170, 140);
    double share = dice.between(0, 0.2);
    return new Coat(
        Tint.mix(coat.base, toward, share),
        Tint.mix(coat.dark, toward, share),
        Tint.mix(coat.light, toward, share),
        coat.pattern);
  }

  /** The colour of ears, tail and, but for a tuxedo, paws. */
  Color tip() {
    return pattern == Pattern.POINTED ? dark : base;
  }

  Color paw() {
    return pattern == Pattern.TUXEDO ? light : Tint.lighter(tip(), 0.06);
  }

  /** Paints a shape as fur, markings included. */
  void fur(Brush brush, Shape shape, Dice dice) {
    brush.round(shape, base);
    Rectangle2D box = shape.getBounds2D();
    brush.within(
        shape,
        () -> {
          switch (pattern) {
            case TABBY -> stripes(brush, box, dice);
            case CALICO -> patches(brush, box, dice);
            case PLAIN, TUXEDO, POINTED -> {}
          }
          hairs(brush, box, dice);
        });
  }

  /** Paints a tail along a path. */
  void tail(Brush brush, double width, Dice dice, double... points) {
    Shape path = Outline.curve(points);
    brush.limb(path, width, tip());
    int last = points.length - 2;
    if (pattern == Pattern.TABBY) {
      for (int i = 2; i < last; i += 2) {
        double angle =
            StrictMath.atan2(points[i + 3] - points[i - 1], points[i + 2] - points[i - 2]);
        brush.posed(
            points[i],
            points[i + 1],
            angle,
            1,
            1,
            () ->
                brush.line(
                    Outline.open(0, -0.35 * width, 0, 0.35 * width),
                    width * dice.between(0.2, 0.4),
                    Tint.veil(dark, 0.8)));
      }
    } else if (pattern == Pattern.TUXEDO) {
      brush.flat(Outline.ellipse(points[last], points[last + 1], width / 2, width / 2), light);
    } else if (pattern == Pattern.CALICO) {
      brush.limb(
          Outline.curve(points[last - 2], points[last - 1], points[last], points[last + 1]),
          width,
          dark);
    }
  }

  private void stripes(Brush brush, Rectangle2D box, Dice dice) {
    int count = 5 + dice.below(3);
    double step = box.getWidth() / count;
    for (int i = 0; i <= count; i++) {
      double x = box.getMinX() + (i + dice.around(0, 0.25)) * step;
      double bend = dice.around(0, 0.4) * step + (i - count / 2.0) * step * 0.25;
      double end = box.getMinY() + box.getHeight() * dice.between(0.3, 0.62);
      brush.line(
          Outline.curve(x - bend, box.getMinY(), x, (box.getMinY() + end) / 2, x - 0.6 * bend, end),
          step * dice.between(0.18, 0.34),
          Tint.veil(dark, 0.7));
    }
  }

  private void patches(Brush brush, Rectangle2D box, Dice dice) {
    int count = 3 + dice.below(2);
    for (int i = 0; i < count; i++) {
      double x = box.getMinX() + box.getWidth() * dice.unit();
      double y = box.getMinY() + box.getHeight() * dice.between(0, 0.6);
      double reach = 0.26 * StrictMath.min(box.getWidth(), box.getHeight());
      brush.round(
          Outline.blob(
              x - reach * dice.between(0.7, 1.3),
              y,
              x,
              y - reach * dice.between(0.7, 1.3),
              x + reach * dice.between(0.7, 1.3),
              y,
              x,
              y + reach * dice.between(0.7, 1.3)),
          i % 2 == 0 ? GINGER : dark);
    }
  }

  private void hairs(Brush brush, Rectangle2D box, Dice dice) {
    for (int i = 0; i < 90; i++) {
      double x = box.getMinX() + box.getWidth() * dice.unit();
      double y = box.getMinY() + box.getHeight() * dice.unit();
      double reach = dice.between(1.5, 4);
      double lean = (x - box.getCenterX()) / box.getWidth() * 4;
      Color hair = Tint.mix(base, dice.chance(0.5) ? Color.BLACK : Color.WHITE, 0.4);
      brush.line(
          Outline.open(x, y, x + lean + dice.around(0, 1), y + reach), 0.5, Tint.veil(hair, 0.28));
    }
  }
}
