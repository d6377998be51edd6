// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

/** Where a subject may stand, so that no house stands in a living room. */
enum Setting {
  OUTDOORS,
  INDOORS,
  ANYWHERE
}
