// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

/**
 * Two things to be timed in turn; their ratio is the time of the yardstick over that of ours, so
 * that more is better.
 *
 * @param name what is compared, also in the baseline and on the command line
 * @param ours what is to be fast
 * @param yardstick what it is compared with
 */
public record Comparison(String name, Side.Maker ours, Side.Maker yardstick) {

  @Override
  public String toString() {
    return name;
  }
}
