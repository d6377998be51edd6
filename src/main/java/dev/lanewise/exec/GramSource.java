// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;

/** Where a run gets G = X'X from. */
public interface GramSource {

  /** Each run makes its own. */
  GramSource OWN = Compute::gram;

  /**
   * Returns G of all samples of a run.
   *
   * @param compute computes what is new
   * @param workspace gives the memory of what is new; of a dry run the memory is only counted
   * @param x X, d x m
   * @return G, m x m, only to be read
   */
  FloatMatrix gram(Compute compute, Workspace workspace, SampleMatrix x);
}
