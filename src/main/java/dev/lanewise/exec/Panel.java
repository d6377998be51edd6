// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;

/** Samples from anywhere laid side by side as floats, so that kernels take them for a matrix. */
final class Panel {

  // Kernels work best on so many columns at once.
  private static final int STEP = 8;

  private final FloatMatrix columns;

  /** For each worker a place where one column becomes floats. */
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

  /** Gives what the panel holds the places from {@code first} on. */
  void moveTo(int first) {
    columns.moveTo(first);
  }

  FloatMatrix columns() {
    return columns;
  }

  /**
   * Copies samples to their places.
   *
   * @param worker who does it
   * @param numbers of samples of X
   * @param offset where in {@code numbers} that for place 0 stands
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
