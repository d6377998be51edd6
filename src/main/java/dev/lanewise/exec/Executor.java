// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.nn.Layout;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import java.util.function.IntConsumer;

/**
 * Evaluates block functions over all samples. Its callers do not know which thread computes which
 * block: the sums are those of the {@link dev.lanewise.reduce.BlockTree}, bit for bit.
 */
public interface Executor {

  /** Work on each weight of a layout that depends on no other weight. */
  interface WeightTask {

    /**
     * Does the work for some weights, by lines of 16: {@link Layout#lines}.
     *
     * @param fromLine the first line
     * @param toLine the line after the last
     */
    void run(int fromLine, int toLine);
  }

  /**
   * Allocates the memory for functions of a shape. Without this their first evaluation does so.
   *
   * @param shape of the partials
   */
  void reserve(PartialShape shape);

  /**
   * Evaluates a function on all samples.
   *
   * @param function what is summed
   * @return the sums of the root, until the next function of this shape is evaluated
   */
  default Partial run(BlockFunction function) {
    return run(function, 1);
  }

  /**
   * Evaluates a function on a subset: the first samples of each block. The blocks and the tree are
   * those of all samples.
   *
   * @param function what is summed
   * @param fraction n, to use one sample in n: 1, or a power of two up to {@link
   *     dev.lanewise.reduce.BlockTree#BLOCK}
   * @return the sums of the root, until the next function of this shape is evaluated
   */
  Partial run(BlockFunction function, int fraction);

  /**
   * Runs a task for all weights, perhaps for several ranges at once.
   *
   * @param layout of the weights
   * @param task is given ranges that share nothing and together are all lines
   */
  void weights(Layout layout, WeightTask task);

  /**
   * Runs tasks that share nothing, perhaps several at once.
   *
   * @param count how many
   * @param task is given each number from 0 on
   */
  void each(int count, IntConsumer task);
}
