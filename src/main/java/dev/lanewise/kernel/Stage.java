// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;

/**
 * Gives kernels the columns of any matrix, a few at a time: what is in memory as it is, if that
 * will do; else copies in a panel that is small enough to stay in the cache until it has been used.
 *
 * <p>{@link #floats} gives floats whatever X holds; {@link #forPass} leaves long columns of bytes
 * bytes.
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

  /** How many features a panel holds. */
  private final int height;

  /** X itself, or where its columns become floats; null if bytes stay bytes. */
  private final FloatMatrix floats;

  /** X itself, or where its columns are copied from a mapping as bytes; null if they are none. */
  private final ByteMatrix bytes;

  private Stage(
      Workspace workspace,
      Kernels kernels,
      SampleMatrix x,
      int height,
      int columns,
      boolean widen) {
    this.kernels = kernels;
    this.x = x;
    this.height = height;
    int held = Math.min(columns, x.columns());
    if (x instanceof ByteMatrix all) {
      this.bytes = all;
    } else if (x instanceof MappedMatrix mapped && mapped.isBytes()) {
      this.bytes = workspace.bytes(height, held, mapped.scale());
    } else {
      this.bytes = null;
    }
    if (x instanceof FloatMatrix all) {
      this.floats = all;
    } else if (widen || bytes == null) {
      this.floats = workspace.floats(height, held);
    } else {
      this.floats = null;
    }
  }

  /**
   * A stage that gives floats.
   *
   * @param workspace gives the memory of the panel
   * @param kernels what turns bytes into floats; changes no bit
   * @param x X, d x m
   * @return the stage
   */
  public static Stage floats(Workspace workspace, Kernels kernels, SampleMatrix x) {
    return floats(workspace, kernels, x, panelColumns(x, Float.BYTES));
  }

  /**
   * A stage that gives floats.
   *
   * @param workspace gives the memory of the panel
   * @param kernels what turns bytes into floats; changes no bit
   * @param x X, d x m
   * @param columns how many columns it is to hold at once
   * @return the stage
   */
  public static Stage floats(Workspace workspace, Kernels kernels, SampleMatrix x, int columns) {
    return new Stage(workspace, kernels, x, x.rows(), columns, true);
  }

  /**
   * A stage that gives floats, of some features at a time where they are not in memory as floats:
   * {@link #height}.
   *
   * @param workspace gives the memory of the panel
   * @param kernels what turns bytes into floats; changes no bit
   * @param x X, d x m
   * @param features how many features a panel is to hold at once, a multiple of 16
   * @param columns how many columns it is to hold at once
   * @return the stage
   */
  public static Stage sections(
      Workspace workspace, Kernels kernels, SampleMatrix x, int features, int columns) {
    return new Stage(workspace, kernels, x, Math.min(features, x.rows()), columns, true);
  }

  /**
   * A stage that suits a pass, which reads each column twice for each column of weights: floats,
   * where so many columns as kernels take at once are no more than a panel. Longer columns of bytes
   * stay bytes with one column of weights: their floats would drive everything else from the cache.
   * With several they become floats, since else they would for each anew.
   *
   * @param workspace gives the memory of the panel
   * @param kernels what turns bytes into floats; changes no bit
   * @param x X, d x m
   * @param columnsOfWeights K, 1 for one neuron
   * @return the stage
   */
  public static Stage forPass(
      Workspace workspace, Kernels kernels, SampleMatrix x, int columnsOfWeights) {
    int columns = panelColumns(x, elementBytes(x, columnsOfWeights));
    boolean widen = !staysBytes(x, columnsOfWeights);
    return new Stage(workspace, kernels, x, x.rows(), columns, widen);
  }

  /**
   * How much an element takes in what a stage {@link #forPass} gives.
   *
   * @param x X, d x m
   * @param columnsOfWeights K, 1 for one neuron
   * @return in bytes
   */
  public static int elementBytes(SampleMatrix x, int columnsOfWeights) {
    return staysBytes(x, columnsOfWeights) ? 1 : Float.BYTES;
  }

  private static boolean staysBytes(SampleMatrix x, int columnsOfWeights) {
    boolean bytes = x instanceof ByteMatrix || x instanceof MappedMatrix mapped && mapped.isBytes();
    boolean isLong = (long) STEP * Float.BYTES * x.paddedRows() > PANEL_BYTES;
    return bytes && isLong && columnsOfWeights == 1;
  }

  private static int panelColumns(SampleMatrix x, int elementBytes) {
    long columnBytes = elementBytes * (long) x.paddedRows();
    long steps = PANEL_BYTES / (STEP * columnBytes);
    return columnBytes > LONG_COLUMN ? 1 : Math.clamp(steps * STEP, STEP, MOST);
  }

  /**
   * How many columns the stage gives at once.
   *
   * @return all columns of X, where they need not be copied
   */
  public int width() {
    return floats == null ? bytes.columns() : floats.columns();
  }

  /**
   * How many features {@link #columns(int, int, int, int)} gives at once.
   *
   * @return all rows of X with their padding, where they need not be copied or all are
   */
  public int height() {
    return x == floats || height == x.rows() ? x.paddedRows() : height;
  }

  /**
   * Some columns, as floats.
   *
   * @param from the first sample
   * @param to the sample after the last, at most {@link #width()} more
   * @return a matrix that has these samples under their own numbers, until the next call
   */
  public FloatMatrix columns(int from, int to) {
    return columns(from, to, 0, x.paddedRows());
  }

  /**
   * Some features of some columns, as floats; the others are not to be read.
   *
   * @param from the first sample
   * @param to the sample after the last, at most {@link #width()} more
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16, at most {@link #height()} more
   * @return a matrix that has these samples and features under their own numbers, until the next
   *     call
   */
  public FloatMatrix columns(int from, int to, int fromRow, int toRow) {
    if (x == floats) {
      return floats;
    }
    floats.moveTo(from, firstRow(fromRow));
    if (bytes != null) {
      kernels.widen(bytes(from, to, fromRow, toRow), from, to, fromRow, toRow, floats);
    } else {
      if (leavesPadding(toRow)) {
        floats.clear();
      }
      if (x instanceof DoubleMatrix doubles) {
        doubles.copy(from, to, fromRow, toRow, floats);
      } else {
        ((MappedMatrix) x).copy(from, to, fromRow, toRow, floats);
      }
    }
    return floats;
  }

  private int firstRow(int fromRow) {
    return height == x.rows() ? 0 : fromRow;
  }

  // Where another section has been, there are no zeros for padding.
  private boolean leavesPadding(int toRow) {
    return height < x.rows() && toRow > x.rows();
  }

  /**
   * Some features of some columns, as the stage gives them; the others are not to be read.
   *
   * @param from the first sample
   * @param to the sample after the last, at most {@link #width()} more
   * @param fromRow the first feature, a multiple of 16
   * @param toRow the feature after the last, a multiple of 16
   * @return a {@link FloatMatrix} or a {@link ByteMatrix} that has these samples under their own
   *     numbers, until the next call
   */
  public SampleMatrix samples(int from, int to, int fromRow, int toRow) {
    return floats == null ? bytes(from, to, fromRow, toRow) : columns(from, to, fromRow, toRow);
  }

  /**
   * {@link #samples(int, int, int, int)} with all features.
   *
   * @param from the first sample
   * @param to the sample after the last, at most {@link #width()} more
   * @return a {@link FloatMatrix} or a {@link ByteMatrix} that has these samples under their own
   *     numbers, until the next call
   */
  public SampleMatrix samples(int from, int to) {
    return samples(from, to, 0, x.paddedRows());
  }

  private ByteMatrix bytes(int from, int to, int fromRow, int toRow) {
    if (x != bytes) {
      bytes.moveTo(from, firstRow(fromRow));
      if (leavesPadding(toRow)) {
        bytes.clear();
      }
      ((MappedMatrix) x).copy(from, to, fromRow, toRow, bytes);
    }
    return bytes;
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
