package dev.lanewise.kernel;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/**
 * Gives kernels the floats of any matrix, a few columns at a time: a float matrix as it is; of any
 * other, copies in a panel that is small enough to stay in the cache until it has been used.
 *
 * <p>A stage belongs to one thread at a time. It allocates nothing once it is made.
 */
public final class Stage {

  // A panel is to stay in the second-level cache from here until it was used for the last time.
  private static final int PANEL_BYTES = 192 * 1024;

  // Kernels work best on so many columns at once. Where a column is longer than any cache, panels
  // are to take little memory.
  private static final int STEP = 8;
  private static final int MOST = 256;
  private static final int LONG_COLUMN = 1 << 22;

  private final Kernels kernels;
  private final SampleMatrix x;
  private final FloatMatrix floats;

  /** What was copied from a mapping and is not widened yet; else null. */
  private final ByteMatrix bytes;

  /**
   * A stage of the width that suits a pass over X.
   *
   * @param arena owns the memory of the panel
   * @param kernels what turns bytes into floats; changes no bit
   * @param x X, d x m
   */
  public Stage(Arena arena, Kernels kernels, SampleMatrix x) {
    this(arena, kernels, x, panelColumns(x));
  }

  /**
   * A stage.
   *
   * @param arena owns the memory of the panel
   * @param kernels what turns bytes into floats; changes no bit
   * @param x X, d x m
   * @param columns how many columns it is to hold at once
   */
  public Stage(Arena arena, Kernels kernels, SampleMatrix x, int columns) {
    this.kernels = kernels;
    this.x = x;
    int held = Math.min(columns, x.columns());
    this.floats = x instanceof FloatMatrix all ? all : FloatMatrix.allocate(arena, x.rows(), held);
    this.bytes =
        x instanceof MappedMatrix mapped && mapped.isBytes()
            ? ByteMatrix.allocate(arena, x.rows(), held, mapped.scale())
            : null;
  }

  /**
   * The memory that a stage of the width that suits a pass takes.
   *
   * @param x X, d x m
   * @return the size in bytes
   */
  public static long byteSize(SampleMatrix x) {
    return byteSize(x, panelColumns(x));
  }

  /**
   * The memory that a stage takes.
   *
   * @param x X, d x m
   * @param columns how many columns it is to hold at once
   * @return the size in bytes
   */
  public static long byteSize(SampleMatrix x, int columns) {
    if (x instanceof FloatMatrix) {
      return 0;
    }
    int held = Math.min(columns, x.columns());
    return FloatMatrix.byteSize(x.rows(), held) + ByteMatrix.byteSize(x.rows(), held);
  }

  private static int panelColumns(SampleMatrix x) {
    long columnBytes = Float.BYTES * (long) x.paddedRows();
    long steps = PANEL_BYTES / (STEP * columnBytes);
    return columnBytes > LONG_COLUMN ? 1 : Math.clamp(steps * STEP, STEP, MOST);
  }

  /**
   * How many columns the stage gives at once.
   *
   * @return all columns of X, where they need not be copied
   */
  public int width() {
    return floats.columns();
  }

  /**
   * Some columns.
   *
   * @param from the first sample
   * @param to the sample after the last, at most {@link #width()} more
   * @return a matrix that has these samples under their own numbers, until the next call
   */
  public FloatMatrix columns(int from, int to) {
    return columns(from, to, 0, x.paddedRows());
  }

  /**
   * Some features of some columns; the others are not to be read.
   *
   * @param from the first sample
   * @param to the sample after the last, at most {@link #width()} more
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @return a matrix that has these samples under their own numbers, until the next call
   */
  public FloatMatrix columns(int from, int to, int fromRow, int toRow) {
    if (x == floats) {
      return floats;
    }
    floats.moveTo(from);
    if (x instanceof ByteMatrix unwidened) {
      kernels.widen(unwidened, from, to, fromRow, toRow, floats);
    } else if (bytes != null) {
      bytes.moveTo(from);
      ((MappedMatrix) x).copy(from, to, fromRow, toRow, bytes);
      kernels.widen(bytes, from, to, fromRow, toRow, floats);
    } else {
      ((MappedMatrix) x).copy(from, to, fromRow, toRow, floats);
    }
    return floats;
  }

  /**
   * To be called by a thread that took columns before it hands on what it made of them: throws if
   * their file was cut meanwhile.
   *
   * @throws InternalError if a part of a mapping had gone away
   * @throws RuntimeException if a mapped file is shorter than it was
   */
  public void settle() {
    if (x instanceof MappedMatrix mapped) {
      mapped.settle();
    }
  }
}
