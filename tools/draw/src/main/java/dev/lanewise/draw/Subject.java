// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/** Something that can stand in a picture. */
interface Subject {

  /**
   * Paints one example, fitted to about -45 to 45 in both directions with y pointing down.
   *
   * <p>An implementation keeps no state: all its variety comes from the dice.
   */
  void paint(Brush brush, Dice dice);

  /** The subject that pictures of a kind show. */
  static Subject of(Kind kind) {
    // Not a field of the kind: naming a kind must not load Java2D before it is set headless.
    return switch (kind) {
      case CAT_FACE -> new FacingCat();
      case CAT_SITTING -> new SittingCat();
      case CAT_LYING -> new LyingCat();
      case CAT_SLEEPING -> new SleepingCat();
      case DOG -> new Dog();
      case BIRD -> new Bird();
      case FISH -> new Fish();
      case HOUSE -> new House();
      case TREE -> new Tree();
      case CAR -> new Car();
      case BOAT -> new Boat();
      case FLOWER -> new Flower();
      case FRUIT -> new Fruit();
      case CUP -> new Cup();
      case BALL -> new Ball();
      case LANDSCAPE -> new Landscape();
      case LAMP -> new Lamp();
      case BOOKS -> new Books();
    };
  }
}
