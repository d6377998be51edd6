// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.nn.ParameterSpace;

/**
 * The preconditioner that Newton's method computed for one problem and uses first in the next one,
 * for instance on the same samples with another penalty. If it is close enough, no other one is
 * computed, which would take as long as many passes. If it is not, the method computes its own
 * after a step. So it changes bits, but not the optimum.
 *
 * <p>For one run at a time.
 */
public final class SharedCurvature {

  private Preconditioner kept;
  private int features;
  private int outputs;

  /** Of no problem yet. */
  public SharedCurvature() {}

  /**
   * The preconditioner that was kept, for an objective; null if there is none for parameters of
   * that shape.
   */
  Preconditioner of(ConvexObjective objective, ParameterSpace space) {
    boolean fits = kept != null && features == space.features() && outputs == space.outputs();
    return fits ? kept.in(objective) : null;
  }

  /** Keeps a preconditioner whose memory is on the heap and therefore outlives a run. */
  void keep(Preconditioner preconditioner, ParameterSpace space) {
    kept = preconditioner;
    features = space.features();
    outputs = space.outputs();
  }
}
