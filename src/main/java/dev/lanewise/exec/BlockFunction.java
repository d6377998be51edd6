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
 * changing a bit: {@link #forward}, one chain a sample; {@link #backward}, one chain a row, its
 * samples in ascending order; and {@link #finish}, one chain. A phase begins when the samples that
 * it is given have passed the phase before. What they need of the parameters alone is computed in
 * {@link #prepare}.
 */
public interface BlockFunction {

  /**
   * Returns what its partials hold.
   *
   * @return the shape, always the same one
   */
  PartialShape shape();

  /**
   * Returns how many units {@link #prepare} works on.
   *
   * @return a multiple of 16; 0 if nothing is prepared
   */
  default int preparedUnits() {
    return 0;
  }

  /**
   * Phase 0: computes from the parameters what the next phase reads. Several threads call it at
   * once for other units.
   *
   * @param fromUnit the first unit, a multiple of 16
   * @param toUnit the unit after the last, a multiple of 16
   */
  default void prepare(int fromUnit, int toUnit) {}

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
   * Phase 2: adds some samples to the sums of some rows. Several threads call it at once for other
   * rows, or for other partials. Not called if nothing is summed for each row.
   *
   * @param x has these samples
   * @param from the first sample
   * @param to the sample after the last
   * @param fromRow the first of the rows of the shape, {@link PartialShape#rows}, a multiple of 16.
   *     The first rows are the features
   * @param toRow the row after the last, a multiple of 16
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
