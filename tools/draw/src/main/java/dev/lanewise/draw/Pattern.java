// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/** How a cat's fur is marked. */
enum Pattern {
  /** One colour all over. */
  PLAIN,
  /** Dark stripes. */
  TABBY,
  /** White muzzle, chest and paws. */
  TUXEDO,
  /** Patches of two more colours. */
  CALICO,
  /** Dark mask, ears, paws and tail. */
  POINTED
}
