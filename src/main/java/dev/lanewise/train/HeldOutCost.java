// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.util.List;

/**
 * What samples that were held out of training said: the weights are those they cost least with. Of
 * one versus the rest the mean cost over the classes, and the last of their best epochs.
 *
 * @param samples how many were held out
 * @param bestEpoch after which epoch their cost was lowest; 0 for before the first
 * @param cost their cost then, weighed, without penalties
 * @param costs their cost before the first epoch (0) and after each one; without those that were
 *     not finite, and those before a checkpoint of an earlier version
 */
public record HeldOutCost(int samples, int bestEpoch, double cost, List<CostPoint> costs) {

  /** A cost; the list is copied. */
  public HeldOutCost {
    costs = List.copyOf(costs);
  }
}
