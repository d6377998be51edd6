// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.util.List;

/** Sky over hills and a meadow, at some hour of some season. */
final class OpenAir implements Backdrop {

  private static final List<Color[]> SKIES =
      List.of(
          new Color[] {Tint.rgb(58, 112, 190), Tint.rgb(160, 200, 225)},
          new Color[] {Tint.rgb(84, 146, 205), Tint.rgb(205, 215, 205)},
          new Color[] {Tint.rgb(70, 60, 120), Tint.rgb(238, 150, 100)},
          new Color[] {Tint.rgb(120, 80, 120), Tint.rgb(245, 190, 130)},
          new Color[] {Tint.rgb(110, 120, 130), Tint.rgb(170, 175, 175)},
          new Color[] {Tint.rgb(14, 20, 52), Tint.rgb(60, 70, 120)},
          new Color[] {Tint.rgb(40, 84, 100), Tint.rgb(150, 190, 160)});

  private static final List<Color> GROUNDS =
      List.of(
          Tint.rgb(84, 132, 52),
          Tint.rgb(60, 110, 60),
          Tint.rgb(112, 128, 50),
          Tint.rgb(160, 130, 74),
          Tint.rgb(128, 100, 66),
          Tint.rgb(70, 96, 70));

  @Override
  public void paint(Brush brush, Dice dice) {
    Color[] sky = dice.pick(SKIES);
    double horizon = dice.around(10, 16);
    brush.fade(Outline.box(-75, -75, 150, 80 + horizon), sky[0], sky[1]);
    if (dice.chance(0.5)) {
      clouds(brush, dice, Tint.lighter(sky[1], 0.4));
    }
    Color ground = Tint.mix(dice.pick(GROUNDS), sky[0], dice.between(0, 0.3));
    for (int ridge = 0; ridge < 2; ridge++) {
      Color hill = Tint.mix(ground, sky[1], dice.between(0.3, 0.6) - 0.25 * ridge);
      hills(brush, dice, Tint.darker(hill, 0.15), horizon + 4 * ridge);
    }
    brush.fade(
        Outline.box(-75, horizon, 150, 110),
        Tint.darker(ground, 0.1),
        Tint.darker(ground, dice.between(0.35, 0.6)));
    if (dice.chance(0.5)) {
      bushes(brush, dice, Tint.darker(ground, 0.3), horizon);
    }
    grass(brush, dice, ground, horizon);
  }

  private static void clouds(Brush brush, Dice dice, Color color) {
    for (int cloud = 0; cloud < 3; cloud++) {
      double x = dice.between(-50, 50);
      double y = dice.between(-48, -12);
      for (int puff = 0; puff < 5; puff++) {
        brush.glow(
            x + dice.around(0, 16),
            y + dice.around(0, 3),
            dice.between(6, 13),
            dice.between(4, 7),
            Tint.veil(color, 0.6));
      }
    }
  }

  private static void hills(Brush brush, Dice dice, Color color, double horizon) {
    double[] points = new double[24];
    for (int i = 0; i < 10; i++) {
      points[2 * i] = -80 + 160.0 * i / 9;
      points[2 * i + 1] = horizon - dice.between(0, 16);
    }
    points[20] = 90;
    points[21] = horizon + 30;
    points[22] = -90;
    points[23] = horizon + 30;
    brush.solid(Outline.blob(points), color);
  }

  private static void bushes(Brush brush, Dice dice, Color color, double horizon) {
    int count = 2 + dice.below(4);
    for (int bush = 0; bush < count; bush++) {
      double x = dice.between(-50, 50);
      double size = dice.between(5, 13);
      for (int leaf = 0; leaf < 5; leaf++) {
        double radius = size * dice.between(0.4, 0.7);
        brush.round(
            Outline.ellipse(
                x + size * dice.around(0, 1), horizon + 2 - size * dice.unit(), radius, radius),
            Tint.mix(color, Tint.rgb(150, 170, 60), dice.between(0, 0.35)));
      }
    }
  }

  private static void grass(Brush brush, Dice dice, Color ground, double horizon) {
    Color flower = Tint.hsv(dice.unit(), 0.5, 0.85);
    boolean blooms = dice.chance(0.35);
    for (int blade = 0; blade < 160; blade++) {
      double depth = dice.unit();
      double x = dice.between(-52, 52);
      double y = horizon + 2 + depth * (52 - horizon);
      double height = 1 + 3.5 * depth;
      Color color = Tint.mix(ground, dice.chance(0.5) ? Color.BLACK : Color.WHITE, 0.25);
      brush.line(
          Outline.open(x, y, x + dice.around(0, 2), y - height),
          0.3 + 0.5 * depth,
          Tint.veil(color, 0.6));
      if (blooms && dice.chance(0.12)) {
        brush.flat(Outline.ellipse(x, y - height, 0.5 + depth, 0.4 + 0.8 * depth), flower);
      }
    }
  }
}
