// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/** What a drawn picture shows. */
public enum Kind {
  /** A cat's face from the front. */
  CAT_FACE(true, Setting.ANYWHERE),
  /** A cat that sits, seen from the front or half from the side. */
  CAT_SITTING(true, Setting.ANYWHERE),
  /** A cat that lies with its paws tucked in. */
  CAT_LYING(true, Setting.ANYWHERE),
  /** A cat curled up asleep. */
  CAT_SLEEPING(true, Setting.ANYWHERE),
  /** A dog's face: near a cat's in all but ears, muzzle and eyes. */
  DOG(false, Setting.ANYWHERE),
  /** A bird on a branch. */
  BIRD(false, Setting.ANYWHERE),
  /** A fish, in the sea or in a bowl. */
  FISH(false, Setting.ANYWHERE),
  /** A house with door, windows and chimney. */
  HOUSE(false, Setting.OUTDOORS),
  /** A tree, leafy or conifer. */
  TREE(false, Setting.OUTDOORS),
  /** A car from the side. */
  CAR(false, Setting.OUTDOORS),
  /** A sailing boat on water. */
  BOAT(false, Setting.OUTDOORS),
  /** A flower, wild or in a pot. */
  FLOWER(false, Setting.ANYWHERE),
  /** An apple, an orange or a pear. */
  FRUIT(false, Setting.ANYWHERE),
  /** A cup with a handle. */
  CUP(false, Setting.INDOORS),
  /** A striped or spotted ball. */
  BALL(false, Setting.ANYWHERE),
  /** Mountains under a sun or a moon. */
  LANDSCAPE(false, Setting.OUTDOORS),
  /** A table lamp, lit. */
  LAMP(false, Setting.INDOORS),
  /** A pile of books. */
  BOOKS(false, Setting.INDOORS);

  private final boolean cat;
  private final Setting setting;

  Kind(boolean cat, Setting setting) {
    this.cat = cat;
    this.setting = setting;
  }

  /**
   * Whether this is a cat.
   *
   * @return true for the cats, whose label is 1
   */
  public boolean isCat() {
    return cat;
  }

  Setting setting() {
    return setting;
  }
}
