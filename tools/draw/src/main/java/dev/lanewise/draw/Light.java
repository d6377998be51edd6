// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/**
 * Where a scene's light comes from.
 *
 * @param x towards the light, rightwards
 * @param y towards the light, downwards (so negative: from above)
 * @param contrast how much darker the far side is, in [0, 1]
 */
record Light(double x, double y, double contrast) {

  static Light random(Dice dice) {
    double angle = dice.around(-StrictMath.PI / 2, 1.1);
    return new Light(StrictMath.cos(angle), StrictMath.sin(angle), dice.between(0.35, 0.9));
  }
}
