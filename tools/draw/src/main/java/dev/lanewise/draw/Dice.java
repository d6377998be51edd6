// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A reproducible source of choices, one per picture and purpose. */
final class Dice {

  // Named, because the platform's default generator may change between releases.
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final RandomGenerator random;

  private Dice(long seed) {
    random = FACTORY.create(seed);
  }

  /** Dice that depend on all four numbers and on nothing else. */
  static Dice of(long seed, Part part, long purpose, long index) {
    return new Dice(mix(mix(mix(mix(seed) + part.stream()) + purpose) + index));
  }

  /** Spreads each bit of its argument over all 64, so that near seeds give unlike dice. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Evenly spread in [0, 1); made here from 53 bits so as not to hang on a library's recipe. */
  double unit() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** Bell-shaped about the middle and never further from it than the reach. */
  double around(double middle, double reach) {
    return middle + reach * ((unit() + unit() + unit()) / 1.5 - 1);
  }

  /** A whole number in [0, bound). */
  int below(int bound) {
    return (int) (unit() * bound);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** -1 or 1. */
  int sign() {
    return chance(0.5) ? -1 : 1;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** 64 fresh random bits. */
  long bits() {
    return random.nextLong();
  }
}
