// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.cluster.ClusterPlan;
import dev.lanewise.cluster.Storage;
import java.io.Serial;
import java.io.Serializable;

/** What the shards of a training have in common. */
final class ShardForm implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final ClusterPlan plan;
  private final int features;
  private final Storage storage;
  private final float scale;
  private final boolean weighted;
  private final boolean requireVector;

  ShardForm(
      ClusterPlan plan,
      int features,
      Storage storage,
      float scale,
      boolean weighted,
      boolean requireVector) {
    this.plan = plan;
    this.features = features;
    this.storage = storage;
    this.scale = scale;
    this.weighted = weighted;
    this.requireVector = requireVector;
  }

  ClusterPlan plan() {
    return plan;
  }

  int features() {
    return features;
  }

  Storage storage() {
    return storage;
  }

  float scale() {
    return scale;
  }

  boolean weighted() {
    return weighted;
  }

  boolean requireVector() {
    return requireVector;
  }

  /** Returns the memory of the samples of a shard. */
  long byteSize(int number) {
    return plan.samplesOf(number) * storage.bytes(features);
  }
}
