// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.libsvm;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetPart;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.matrix.NumberMatrix;
import java.lang.foreign.Arena;
import java.util.function.Consumer;

/** Makes parts of lines whose number is known, and passes each on when it is full. */
final class PartFiller implements SvmLines.Listener, AutoCloseable {

  private final Origin origin;
  private final int width;
  private final int firstIndex;
  private final int total;
  private final int most;
  private final boolean exact;
  private final Consumer<DatasetPart> listener;

  /** The part that is being filled; null where the next sample begins another. */
  private Arena arena;

  private NumberMatrix matrix;
  private int first;
  private int begun;

  PartFiller(
      Origin origin,
      int width,
      int firstIndex,
      int total,
      int most,
      boolean exact,
      Consumer<DatasetPart> listener) {
    this.origin = origin;
    this.width = width;
    this.firstIndex = firstIndex;
    this.total = total;
    this.most = most;
    this.exact = exact;
    this.listener = listener;
  }

  @Override
  public void sample(String label, long line) {
    if (begun == total) {
      throw changed();
    }
    if (arena != null && begun - first == matrix.columns()) {
      passOn();
    }
    if (arena == null) {
      first = begun;
      arena = Arena.ofShared();
      matrix = NumberMatrix.allocate(arena, width, Math.min(total - first, most), exact);
    }
    begun++;
  }

  @Override
  public void value(int index, double value, long line) {
    if (index < firstIndex || index - firstIndex >= width) {
      throw changed();
    }
    matrix.put(index - firstIndex, begun - 1 - first, value);
  }

  /** Passes the last part on. */
  void finish() {
    if (begun != total) {
      throw changed();
    }
    passOn();
  }

  private void passOn() {
    Arena full = arena;
    // From here on the data set closes it.
    arena = null;
    try (Dataset part =
        new Dataset(
            full, matrix, null, Schema.UNNAMED, FeatureShape.of(width), Scaling.NONE, origin)) {
      listener.accept(new DatasetPart(part, first, total));
    }
  }

  private DataException changed() {
    return new DataException(
        origin.source(), "was changed while it was being read, expected the same lines to the end");
  }

  @Override
  public void close() {
    if (arena != null) {
      arena.close();
    }
  }
}
