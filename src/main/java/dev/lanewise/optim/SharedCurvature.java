// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.nn.ParameterSpace;

/**
 * The inverse of a second derivative that Newton's method made for one problem and begins the next
 * with, on the same samples with another penalty say: near enough, it spares the making of another,
 * which takes as long as many passes. Where it is not, the method makes its own after a step. So it
 * decides bits, but not the optimum.
 *
 * <p>For one run at a time.
 */
public final class SharedCurvature {

  private Preconditioner kept;
  private int features;
  private int outputs;

  /** Of no problem yet. */
  public SharedCurvature() {}

  /** What was kept, for an objective; null if there is nothing for parameters of that shape. */
  Preconditioner of(ConvexObjective objective, ParameterSpace space) {
    boolean fits = kept != null && features == space.features() && outputs == space.outputs();
    return fits ? kept.in(objective) : null;
  }

  /** Keeps what needs no memory but the heap's, and so outlives a run. */
  void keep(Preconditioner preconditioner, ParameterSpace space) {
    kept = preconditioner;
    features = space.features();
    outputs = space.outputs();
  }
}
