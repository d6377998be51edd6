// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Color;
import java.util.List;

/** A dog, close up or standing. */
final class Dog implements Subject {

  private static final List<Color> COATS =
      List.of(
          Tint.rgb(150, 100, 58),
          Tint.rgb(206, 164, 104),
          Tint.rgb(54, 46, 44),
          Tint.rgb(224, 216, 204),
          Tint.rgb(110, 72, 50),
          Tint.rgb(130, 128, 128));

  @Override
  public void paint(Brush brush, Dice dice) {
    Color coat = Tint.darker(dice.pick(COATS), dice.between(0, 0.2));
    if (dice.chance(0.35)) {
      FacingDog.paint(brush, dice, coat);
    } else {
      brush.posed(2, 2, 0, 0.88, 0.88, () -> StandingDog.paint(brush, dice, coat));
    }
  }
}
