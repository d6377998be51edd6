// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/**
 * A function of a block of samples and of parameters, whose values are summed over all blocks. It
 * reads the samples and the parameters, and writes the partial and its own numbers for each sample;
 * nothing else. Its value on a block does not depend on other blocks.
 *
 * <p>It has three phases of independent chains, so that several workers can share one block without
 * changing a bit: {@link #forward}, one chain a sample; {@link #backward}, one chain a feature, its
 * samples in ascending order; and {@link #finish}, one chain. A phase begins when the samples that
 * it is given have passed the phase before.
 */
public interface BlockFunction {

  /**
   * Returns what its partials hold.
   *
   * @return the shape, always the same one
   */
  PartialShape shape();

  /**
   * Phase 1: finds the numbers of some samples. Several threads call it at once for other samples.
   *
   * @param x has these samples under their own numbers: a {@link dev.lanewise.matrix.FloatMatrix}
   *     or a {@link dev.lanewise.matrix.ByteMatrix}
   * @param from the first sample
   * @param to the sample after the last
   */
  default void forward(SampleMatrix x, int from, int to) {}

  /**
   * Phase 2: adds some samples to the sums of some features. Several threads call it at once for
   * other features, or for other partials. Not called if nothing is summed for each feature.
   *
   * @param x has these samples
   * @param from the first sample
   * @param to the sample after the last
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @param partial its gradient and its columns are added to
   */
  default void backward(
      SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {}

  /**
   * Phase 3: sets the numbers of a whole block.
   *
   * @param from the first sample of the block
   * @param to the sample after the last
   * @param partial its numbers are set
   */
  default void finish(int from, int to, Partial partial) {}
}
