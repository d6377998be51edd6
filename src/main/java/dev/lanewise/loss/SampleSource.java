// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.Compute;
import dev.lanewise.matrix.Workspace;
import java.util.function.Supplier;

/** Where the samples of a problem are: gives the sums over them. */
public interface SampleSource {

  /** The samples are in the memory of this process: those of the problem. */
  SampleSource LOCAL =
      new SampleSource() {
        @Override
        public SampleSums sums(
            Workspace workspace,
            Compute compute,
            Problem problem,
            Supplier<double[]> classWeights) {
          return new LocalSums(workspace, compute, problem);
        }

        @Override
        public boolean isLocal() {
          return true;
        }
      };

  /**
   * Prepares the sums of a problem.
   *
   * @param workspace gives the memory; of a dry run nothing is computed
   * @param compute computes what is computed in this process
   * @param problem what is minimised
   * @param classWeights what the weight of a sample is multiplied with, for each class; those of
   *     the problem are multiplied already
   * @return the sums
   */
  SampleSums sums(
      Workspace workspace, Compute compute, Problem problem, Supplier<double[]> classWeights);

  /**
   * Tells whether the samples themselves can be read in this process.
   *
   * @return false if there are only sums over them
   */
  boolean isLocal();
}
