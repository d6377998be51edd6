// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import dev.lanewise.bench.Shape;
import dev.lanewise.bench.Storage;
import dev.lanewise.data.Dataset;
import java.util.HashMap;
import java.util.Map;

/** Data sets by shape and storage, each made once, so that both sides read the same memory. */
public final class Problems implements AutoCloseable {

  private final Map<String, Dataset> made = new HashMap<>();

  /** None yet. */
  public Problems() {}

  /**
   * A data set.
   *
   * @param shape its size
   * @param storage how it lies in memory
   * @return the data set; stays this object's
   */
  public Dataset get(Shape shape, Storage storage) {
    return made.computeIfAbsent(shape + " " + storage, name -> storage.dataset(shape));
  }

  @Override
  public void close() {
    made.values().forEach(Dataset::close);
    made.clear();
  }
}
