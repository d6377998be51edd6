// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import static dev.lanewise.draw.Kind.CAT_FACE;
import static dev.lanewise.draw.Kind.CAT_LYING;
import static dev.lanewise.draw.Kind.CAT_SITTING;
import static dev.lanewise.draw.Kind.CAT_SLEEPING;

import java.util.Arrays;
import java.util.List;

/**
 * Decides what each picture of a part shows.
 *
 * <p>Pictures 2j and 2j + 1 are always one cat and one other thing in random order, and the kinds
 * are dealt from shuffled decks. So even a small set is balanced, while the kind of a picture still
 * depends on its own number only.
 */
final class Roster {

  private static final long ORDER = 1;
  private static final long CATS = 2;
  private static final long OTHERS = 3;

  private static final List<Kind> CAT_DECK =
      List.of(
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_FACE,
          CAT_SITTING,
          CAT_SITTING,
          CAT_LYING,
          CAT_SLEEPING);

  private static final List<Kind> OTHER_DECK =
      Arrays.stream(Kind.values()).filter(kind -> !kind.isCat()).toList();

  private final long seed;
  private final Part part;

  Roster(long seed, Part part) {
    this.seed = seed;
    this.part = part;
  }

  Kind kind(int index) {
    int pair = index / 2;
    boolean evenIsCat = Dice.of(seed, part, ORDER, pair).chance(0.5);
    boolean isCat = (index % 2 == 0) == evenIsCat;
    return isCat ? deal(CAT_DECK, CATS, pair) : deal(OTHER_DECK, OTHERS, pair);
  }

  private Kind deal(List<Kind> deck, long purpose, int turn) {
    Kind[] cards = deck.toArray(new Kind[0]);
    Dice dice = Dice.of(seed, part, purpose, turn / cards.length);
    for (int last = cards.length - 1; last > 0; last--) {
      int other = dice.below(last + 1);
      Kind card = cards[last];
      cards[last] = cards[other];
      cards[other] = card;
    }
    return cards[turn % cards.length];
  }
}
