package dev.lanewise.pass;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;

/**
 * What one pass over the samples is for: what becomes of a sample between the forward pass and the
 * gradient, and what becomes of the sums. Members of a team call it at once, each for samples and
 * features of its own.
 */
public interface Step {

  /**
   * Carries some samples forward: finds what each is to be multiplied with on the way back.
   *
   * @param columns has these samples: a {@link FloatMatrix} or a {@link
   *     dev.lanewise.matrix.ByteMatrix}
   * @param from the first sample
   * @param to the sample after the last
   */
  void forward(SampleMatrix columns, int from, int to);

  /**
   * Adds some samples to the sums of some features, in ascending order: equation (6), or its like.
   *
   * @param columns has these samples
   * @param from the first sample
   * @param to the sample after the last
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @param sum g, d x K, added to
   */
  void back(SampleMatrix columns, int from, int to, int fromRow, int toRow, FloatMatrix sum);

  /**
   * A block's part of the sums of numbers: (4), (7), or whatever the step is for. It may run while
   * others {@link #complete} some features.
   *
   * @param from the first sample of the block
   * @param to the sample after the last
   * @param sums receives the numbers
   */
  void sumNumbers(int from, int to, Sums sums);

  /**
   * Uses the sums of some features, which are complete.
   *
   * @param sum g, d x K
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   */
  void complete(FloatMatrix sum, int fromRow, int toRow);
}
