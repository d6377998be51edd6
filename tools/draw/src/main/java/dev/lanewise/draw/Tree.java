// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;

/** A tree, leafy or a conifer. */
final class Tree implements Subject {

  @Override
  public void paint(Brush brush, Dice dice) {
    Color bark = Tint.hsv(dice.between(0.04, 0.1), dice.between(0.3, 0.6), dice.between(0.25, 0.5));
    brush.shadow(0, 41, 24, 4.5);
    if (dice.chance(0.6)) {
      leafy(brush, dice, bark);
    } else {
      conifer(brush, dice, bark);
    }
  }

  private static void leafy(Brush brush, Dice dice, Color bark) {
    double half = dice.between(3.5, 6);
    brush.solid(
        Outline.polygon(
            -half * 0.7, -8, half * 0.7, -8, half, 32, half * 1.8, 42, -half * 1.8, 42, -half, 32),
        bark);
    brush.limb(Outline.curve(0, 12, -8, 2, -17, -8), 3, bark);
    brush.limb(Outline.curve(0, 8, 9, -2, 16, -10), 3, bark);
    double hue = dice.chance(0.25) ? dice.between(0.02, 0.13) : dice.between(0.2, 0.38);
    double value = dice.between(0.35, 0.6);
    double reach = dice.between(20, 28);
    boolean fruits = dice.chance(0.3);
    for (int puff = 0; puff < 22; puff++) {
      double angle = dice.between(0, 2 * StrictMath.PI);
      double far = StrictMath.sqrt(dice.unit()) * reach;
      double radius = dice.between(8, 13);
      double x = far * StrictMath.cos(angle) * 1.15;
      double y = -17 + far * StrictMath.sin(angle) * 0.72;
      brush.round(
          Outline.ellipse(x, y, radius, radius * 0.9),
          Tint.hsv(hue + dice.around(0, 0.03), 0.6, value * (1 - 0.012 * (y + 17))));
      if (fruits) {
        brush.flat(Outline.ellipse(x, y + 3, 1.7, 1.7), Tint.rgb(206, 50, 44));
      }
    }
  }

  private static void conifer(Brush brush, Dice dice, Color bark) {
    brush.solid(Outline.box(-3.5, 26, 7, 16), bark);
    Color needle = Tint.hsv(dice.between(0.3, 0.45), 0.55, dice.between(0.28, 0.5));
    int tiers = 3 + dice.below(3);
    double spread = dice.between(22, 30);
    boolean snow = dice.chance(0.3);
    for (int tier = tiers - 1; tier >= 0; tier--) {
      double top = -46 + 64.0 * tier / tiers;
      double bottom = top + 76.0 / tiers + 6;
      double half = spread * (tier + 1.6) / (tiers + 0.6);
      brush.solid(
          Outline.polygon(
              0,
              top,
              half * 0.6,
              bottom - 5,
              half,
              bottom,
              half * 0.4,
              bottom - 1.5,
              0,
              bottom + 1,
              -half * 0.4,
              bottom - 1.5,
              -half,
              bottom,
              -half * 0.6,
              bottom - 5),
          needle);
      if (snow) {
        brush.solid(
            Outline.polygon(0, top, half * 0.4, top + 11, 0, top + 8, -half * 0.4, top + 11),
            Tint.rgb(234, 238, 244));
      }
    }
  }
}
