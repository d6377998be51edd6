// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/** What lies behind a subject. */
interface Backdrop {

  /** Fills the whole picture, -50 to 50 both ways and a little beyond. */
  void paint(Brush brush, Dice dice);

  /** A backdrop that suits a subject; subjects at home anywhere get all of them alike. */
  static Backdrop random(Setting setting, Dice dice) {
    double share = dice.unit();
    return switch (setting) {
      case OUTDOORS -> new OpenAir();
      case INDOORS -> share < 0.6 ? new Room() : new Studio();
      case ANYWHERE -> share < 0.4 ? new OpenAir() : share < 0.75 ? new Room() : new Studio();
    };
  }
}
