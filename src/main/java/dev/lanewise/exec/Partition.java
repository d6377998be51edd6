// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reduce.BlockTree;

/**
 * How X is cut up: its samples into blocks, its features into a range for each worker.
 *
 * @param kernels compute
 * @param x X, d x m
 * @param workers how many there are
 */
record Partition(Kernels kernels, SampleMatrix x, int workers) {

  int samples() {
    return x.columns();
  }

  int features() {
    return x.rows();
  }

  int blocks() {
    return BlockTree.blocks(samples());
  }

  /** The first sample of a block. */
  int from(int block) {
    return BlockTree.start(block);
  }

  /** The sample after the last of a block's subset. */
  int to(int block, int fraction) {
    return BlockTree.end(block, samples(), fraction);
  }

  /** A stage for each worker, for functions that use each sample for this many columns. */
  Stage[] stages(Workspace workspace, int columns) {
    Stage[] stages = new Stage[workers];
    for (int worker = 0; worker < workers; worker++) {
      stages[worker] = Stage.forPass(workspace, kernels, x, columns);
    }
    return stages;
  }
}
