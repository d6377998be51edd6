// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;

/**
 * Copies samples of any positions side by side as floats, so that kernels can use them as a matrix.
 */
final class Panel {

  // Kernels work best on this many columns at once.
  private static final int STEP = 8;

  private final FloatMatrix columns;

  /** A buffer for each worker, in which one column is converted to floats. */
  private final Stage[] stages;

  Panel(Workspace workspace, Kernels kernels, SampleMatrix x, int most, int workers, int bytes) {
    this.columns = workspace.floats(x.rows(), width(x, most, bytes));
    this.stages = new Stage[workers];
    for (int worker = 0; worker < workers; worker++) {
      stages[worker] = Stage.floats(workspace, kernels, x, 1);
    }
  }

  private static int width(SampleMatrix x, int most, int bytes) {
    long steps = bytes / ((long) STEP * Float.BYTES * x.paddedRows());
    return (int) Math.min(Math.max(steps, 1) * STEP, most);
  }

  /** How many samples the panel holds at once. */
  int width() {
    return columns.columns();
  }

  /** Makes the samples of the panel those from position {@code first} on. */
  void moveTo(int first) {
    columns.moveTo(first);
  }

  FloatMatrix columns() {
    return columns;
  }

  /**
   * Copies samples to their places.
   *
   * @param worker the worker that copies
   * @param numbers of samples of X
   * @param offset the index in {@code numbers} of the sample for position 0
   * @param from the first place
   * @param to the place after the last
   */
  void gather(int worker, int[] numbers, int offset, int from, int to) {
    Stage stage = stages[worker];
    long bytes = (long) columns.paddedRows() * Float.BYTES;
    for (int place = from; place < to; place++) {
      int j = numbers[offset + place];
      FloatMatrix staged = stage.columns(j, j + 1);
      MemorySegment.copy(
          staged.segment(),
          staged.columnOffset(j),
          columns.segment(),
          columns.columnOffset(place),
          bytes);
    }
    stage.settle();
  }
}
