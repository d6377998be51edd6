// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * G = X'X, the products of the samples. Rectangles of it share nothing, so whichever worker
 * computes one changes no bit.
 */
final class GramMatrix {

  private final Kernels kernels;
  private final SampleMatrix x;
  private final WorkerPool pool;
  private final FloatMatrix g;
  private final FloatMatrix[] lanes;
  // For the samples j and the samples k of a rectangle.
  private final Stage[] rows;
  private final Stage[] columns;
  private final int tiles;
  private final AtomicInteger next = new AtomicInteger();

  GramMatrix(Workspace workspace, Kernels kernels, WorkerPool pool, SampleMatrix x) {
    this.kernels = kernels;
    this.pool = pool;
    this.x = x;
    this.g = workspace.floats(x.columns(), x.columns());
    this.tiles = (x.columns() - 1) / Kernels.GRAM_SIDE + 1;
    // Of the same arena as the rest: the JVM discards code that meets two kinds of arenas in turn.
    this.lanes = new FloatMatrix[pool.size()];
    this.rows = new Stage[pool.size()];
    this.columns = new Stage[pool.size()];
    for (int worker = 0; worker < pool.size(); worker++) {
      rows[worker] = Stage.sections(workspace, kernels, x, Kernels.GRAM_SECTION, Kernels.GRAM_SIDE);
      columns[worker] =
          Stage.sections(workspace, kernels, x, Kernels.GRAM_SECTION, Kernels.GRAM_SIDE);
      lanes[worker] = kernels.gramScratch(workspace);
    }
  }

  /** G before it is computed. */
  FloatMatrix unmade() {
    return g;
  }

  /** Computes G. */
  FloatMatrix compute() {
    pool.run(this::rectangles);
    return g;
  }

  // Columns of rectangles as they are free: those further right are shorter.
  private void rectangles(int worker) {
    for (int column = next.getAndIncrement(); column < tiles; column = next.getAndIncrement()) {
      for (int row = column; row < tiles; row++) {
        rectangle(row, column, rows[worker], columns[worker], lanes[worker]);
      }
    }
    columns[worker].settle();
  }

  // Section by section, so that what a stage copies is still in the second-level cache.
  private void rectangle(int row, int column, Stage ofRows, Stage ofColumns, FloatMatrix sums) {
    int rowFrom = from(row);
    int rowTo = to(row);
    int columnFrom = from(column);
    int columnTo = to(column);
    sums.clear();
    for (int from = 0, to; from < x.paddedRows(); from = to) {
      to = Math.min(x.paddedRows() - from, ofColumns.height()) + from;
      FloatMatrix xk = ofColumns.columns(columnFrom, columnTo, from, to);
      FloatMatrix xj = row == column ? xk : ofRows.columns(rowFrom, rowTo, from, to);
      kernels.gram(xj, rowFrom, rowTo, xk, columnFrom, columnTo, from, to, sums);
    }
    kernels.fold(rowFrom, rowTo, columnFrom, columnTo, sums, g);
  }

  private static int from(int tile) {
    return tile * Kernels.GRAM_SIDE;
  }

  private int to(int tile) {
    return Math.min(from(tile) + Kernels.GRAM_SIDE, x.columns());
  }
}
