// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The sums of a block function over one node of the {@link BlockTree}: a gradient in the layout of
 * the parameters, columns of doubles, and numbers (losses, errors, counts). left.add(right) is the
 * only reduction, and each element of it is a sum of its own, so that several workers may add
 * different rows at once: {@link PartialShape#rows}.
 *
 * <p>Bias gradients are numbers, since the contract sums them in double. The memory of the gradient
 * belongs to the arena of the workspace. A partial is not safe for use by several threads, but for
 * methods that take a range of rows, on ranges that share none.
 */
public final class Partial {

  /** The order of bytes of a DataOutput. */
  private static final ValueLayout.OfFloat WRITTEN =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final PartialShape shape;
  private final Kernels kernels;
  private final Parameters gradient;
  private final double[][] doubles;
  private final double[] numbers;

  /**
   * Allocates zeros.
   *
   * @param workspace gives the memory
   * @param kernels add; they change no bit
   * @param shape what it holds
   */
  public Partial(Workspace workspace, Kernels kernels, PartialShape shape) {
    this.shape = shape;
    this.kernels = kernels;
    this.gradient = shape.gradient() == null ? null : new Parameters(workspace, shape.gradient());
    this.doubles = workspace.doubles(shape.doubles(), shape.features());
    this.numbers = new double[shape.numbers()];
  }

  /**
   * Returns what it holds.
   *
   * @return the shape
   */
  public PartialShape shape() {
    return shape;
  }

  /**
   * Returns the sums in float32: the terms of equation (6), not yet divided by m.
   *
   * @return in the layout of the parameters, of which the biases are unused; null if there are none
   */
  public Parameters gradient() {
    return gradient;
  }

  /**
   * Returns a column of sums in double.
   *
   * @param column from 0
   * @return one sum a feature; the partial's own
   */
  public double[] doubles(int column) {
    return doubles[column];
  }

  /**
   * Returns a number.
   *
   * @param index from 0
   * @return the sum
   */
  public double number(int index) {
    return numbers[index];
  }

  /**
   * Returns all numbers, for functions that set many.
   *
   * @return the partial's own
   */
  public double[] numbers() {
    return numbers;
  }

  /**
   * Sets a number of a block.
   *
   * @param index from 0
   * @param value the sum over the block
   */
  public void setNumber(int index, double value) {
    numbers[index] = value;
  }

  /** Sets everything to zero. */
  public void clear() {
    if (gradient != null) {
      gradient.clear();
    }
    for (double[] column : doubles) {
      Arrays.fill(column, 0);
    }
    clearNumbers();
  }

  /** Sets the numbers to zero. */
  public void clearNumbers() {
    Arrays.fill(numbers, 0);
  }

  /**
   * Sets the sums of some rows to zero.
   *
   * @param fromRow the first of the {@link PartialShape#rows}, a multiple of 16
   * @param toRow the row after the last, a multiple of 16
   */
  public void clear(int fromRow, int toRow) {
    for (int l = 0; l < layers(); l++) {
      Layout layout = shape.gradient();
      gradient.weights(l).clear(layout.rowOf(l, fromRow), layout.rowOf(l, toRow));
    }
    for (double[] column : doubles) {
      Arrays.fill(column, fromRow, Math.min(toRow, column.length), 0);
    }
  }

  /**
   * Adds the right branch of a node: left + right, element by element.
   *
   * @param right of the same shape
   */
  public void add(Partial right) {
    for (int l = 0; l < layers(); l++) {
      kernels.add(gradient.weights(l), right.gradient.weights(l));
    }
    addDoubles(right, 0, shape.features());
    addNumbers(right);
  }

  /**
   * Adds the sums of some rows of the right branch.
   *
   * @param right of the same shape
   * @param fromRow the first of the {@link PartialShape#rows}, a multiple of 16
   * @param toRow the row after the last, a multiple of 16
   */
  public void add(Partial right, int fromRow, int toRow) {
    for (int l = 0; l < layers(); l++) {
      int from = shape.gradient().rowOf(l, fromRow);
      int to = shape.gradient().rowOf(l, toRow);
      kernels.add(gradient.weights(l), right.gradient.weights(l), from, to);
    }
    addDoubles(right, fromRow, Math.min(toRow, shape.features()));
  }

  private void addDoubles(Partial right, int from, int to) {
    for (int c = 0; c < doubles.length; c++) {
      double[] left = doubles[c];
      double[] other = right.doubles[c];
      for (int i = from; i < to; i++) {
        left[i] += other[i];
      }
    }
  }

  /**
   * Adds the numbers of the right branch.
   *
   * @param right of the same shape
   */
  public void addNumbers(Partial right) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += right.numbers[i];
    }
  }

  /**
   * Writes the sums, without padding, so that another process can add them.
   *
   * @param out receives them
   * @throws IOException if it fails
   */
  public void write(DataOutput out) throws IOException {
    for (int l = 0; l < layers(); l++) {
      FloatMatrix weights = gradient.weights(l);
      byte[] column = new byte[weights.rows() * Float.BYTES];
      for (int k = 0; k < weights.columns(); k++) {
        MemorySegment.copy(
            weights.segment(),
            JAVA_FLOAT,
            weights.columnOffset(k),
            MemorySegment.ofArray(column),
            WRITTEN,
            0,
            weights.rows());
        out.write(column);
      }
    }
    for (double[] column : doubles) {
      write(out, column);
    }
    write(out, numbers);
  }

  private static void write(DataOutput out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  /**
   * Reads what a partial of the same shape wrote.
   *
   * @param in gives it
   * @throws IOException if it fails, or ends too early
   */
  public void read(DataInput in) throws IOException {
    for (int l = 0; l < layers(); l++) {
      FloatMatrix weights = gradient.weights(l);
      byte[] column = new byte[weights.rows() * Float.BYTES];
      for (int k = 0; k < weights.columns(); k++) {
        in.readFully(column);
        MemorySegment.copy(
            MemorySegment.ofArray(column),
            WRITTEN,
            0,
            weights.segment(),
            JAVA_FLOAT,
            weights.columnOffset(k),
            weights.rows());
      }
    }
    for (double[] column : doubles) {
      read(in, column);
    }
    read(in, numbers);
  }

  private static void read(DataInput in, double[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }

  private int layers() {
    return gradient == null ? 0 : shape.gradient().layers().size();
  }
}
