// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.awt.Shape;

/** A cup with a handle, on its saucer or alone, often steaming. */
final class Cup implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color clay = Tint.hsv(dice.unit(), dice.between(0.05, 0.75), dice.between(0.5, 0.95));
    Color print = Tint.mix(Tint.hsv(dice.unit(), 0.7, 0.8), clay, 0.2);
    double top = dice.between(-22, -10);
    double mouth = dice.between(22, 30);
    double foot = mouth * dice.between(0.55, 0.98);
    brush.shadow(0, 34, 34, 6);
    if (dice.chance(0.5)) {
      brush.round(Outline.ellipse(0, 33, 40, 8), Tint.darker(clay, 0.1));
      brush.round(Outline.ellipse(0, 32, 30, 5), Tint.darker(clay, 0.3));
    }
    brush.limb(
        Outline.curve(mouth - 2, top + 10, mouth + 14, top + 9, mouth + 13, 16, foot, 20),
        5.5,
        clay);
    Shape body =
        Outline.polygon(
            -mouth, top, mouth, top, foot, 28, foot * 0.8, 33, -foot * 0.8, 33, -foot, 28);
    brush.solid(body, clay);
    brush.within(body, () -> decorate(brush, dice, print, top));
    brush.within(
        body,
        () ->
            brush.posed(
                -mouth * 0.62,
                0,
                0,
                1,
                1,
                () -> brush.flat(Outline.box(-2, top, 4, 60), Tint.veil(Color.WHITE, 0.25))));
    brush.solid(Outline.ellipse(0, top, mouth, mouth * 0.24), Tint.lighter(clay, 0.2));
    brush.solid(Outline.ellipse(0, top + 0.8, mouth * 0.9, mouth * 0.19), Tint.rgb(82, 50, 30));
    if (dice.chance(0.6)) {
      for (int wisp = -1; wisp <= 1; wisp++) {
        double x = wisp * 9;
        double sway = dice.around(0, 5);
        brush.line(
            Outline.curve(x, top - 3, x + sway, top - 11, x - sway, top - 18, x + sway, top - 26),
            2.4,
            Tint.veil(Tint.rgb(240, 240, 244), 0.4));
      }
    }
  }

  private static void decorate(Brush brush, Dice dice, Color print, double top) {
    switch (dice.below(4)) {
      case 0 -> {
        brush.flat(Outline.box(-50, top + 12, 100, 6), print);
        brush.flat(Outline.box(-50, top + 21, 100, 2.5), print);
      }
      case 1 -> {
        for (int dot = 0; dot < 24; dot++) {
          brush.flat(
              Outline.ellipse(
                  -30 + 11.0 * (dot % 6) + 5 * (dot / 6 % 2), top + 10 + 9.0 * (dot / 6), 2.4, 2.4),
              print);
        }
      }
      case 2 ->
          brush.flat(Outline.blob(0, 24, -11, 12, -10, 3, -4, 2, 0, 6, 4, 2, 10, 3, 11, 12), print);
      default -> {}
    }
  }
}
