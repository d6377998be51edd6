// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;

/**
 * Data as they were read and as they are learned from.
 *
 * @param data a copy of its own memory, or {@code raw} itself
 */
record ScaledData(Dataset raw, Dataset data) implements AutoCloseable {

  /** Frees the copy, if there is one. */
  @Override
  public void close() {
    if (data != raw) {
      data.close();
    }
  }
}
