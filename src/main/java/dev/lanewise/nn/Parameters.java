// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parameters of a network, or a direction or a gradient among them: one flat vector of float32
 * off the heap, with views by its {@link Layout}.
 *
 * <p>The arena of the workspace owns the memory. Reading from many threads is safe; writing is not
 * synchronised.
 */
public final class Parameters {

  private final Layout layout;
  private final MemorySegment vector;
  private final FloatMatrix[] weights;
  private final FloatMatrix[] biases;

  /** The weights as they lie in memory: one column, or several where one would be too long. */
  private final FloatMatrix[] stretches;

  /** The line that each of them begins with, and the number of all lines. */
  private final int[] firstLine;

  /**
   * Allocates zeros.
   *
   * @param workspace gives the memory
   * @param layout where the parameters lie
   */
  public Parameters(Workspace workspace, Layout layout) {
    this.layout = layout;
    this.vector = workspace.memory(layout.byteSize());
    int layers = layout.layers().size();
    this.weights = new FloatMatrix[layers];
    this.biases = new FloatMatrix[layers];
    long offset = 0;
    for (int l = 0; l < layers; l++) {
      Layout.Dense layer = layout.layers().get(l);
      weights[l] = view(offset, layer.weightBytes(), layer.inputs(), layer.outputs());
      biases[l] =
          view(
              offset + layer.weightBytes(),
              layer.byteSize() - layer.weightBytes(),
              layer.outputs(),
              1);
      offset += layer.byteSize();
    }
    this.stretches =
        Arrays.stream(weights).flatMap(Parameters::stretches).toArray(FloatMatrix[]::new);
    this.firstLine = new int[stretches.length + 1];
    for (int s = 0; s < stretches.length; s++) {
      firstLine[s + 1] = firstLine[s] + stretches[s].rows() / FloatMatrix.LANES;
    }
  }

  private static Stream<FloatMatrix> stretches(FloatMatrix weights) {
    int stride = weights.stride();
    int most = Math.max(1, FloatMatrix.MAX_ROWS / stride);
    return IntStream.iterate(0, first -> first < weights.columns(), first -> first + most)
        .mapToObj(first -> stretch(weights, first, Math.min(most, weights.columns() - first)));
  }

  private static FloatMatrix stretch(FloatMatrix weights, int first, int columns) {
    int rows = columns * weights.stride();
    MemorySegment memory = weights.segment();
    return FloatMatrix.on(
        memory.byteSize() == 0
            ? memory
            : memory.asSlice(weights.columnOffset(first), (long) rows * Float.BYTES),
        rows,
        1);
  }

  private FloatMatrix view(long offset, long size, int rows, int columns) {
    MemorySegment memory = vector.byteSize() == 0 ? vector : vector.asSlice(offset, size);
    return FloatMatrix.on(memory, rows, columns);
  }

  /**
   * Returns where the parameters lie.
   *
   * @return the layout
   */
  public Layout layout() {
    return layout;
  }

  /**
   * Returns the flat vector itself.
   *
   * @return {@link Layout#byteSize()} bytes of float32 in native byte order, with padding
   */
  public MemorySegment vector() {
    return vector;
  }

  /**
   * Returns the weights of a layer.
   *
   * @param layer from 0
   * @return a view, inputs x outputs
   */
  public FloatMatrix weights(int layer) {
    return weights[layer];
  }

  /**
   * Returns the biases of a layer.
   *
   * @param layer from 0
   * @return a view, outputs x 1
   */
  public FloatMatrix biases(int layer) {
    return biases[layer];
  }

  /**
   * Returns how many columns the weights of all layers are as they lie in memory.
   *
   * @return at least one for each layer
   */
  public int stretches() {
    return stretches.length;
  }

  /**
   * Returns weights as they lie in memory, for what is done to each weight alone.
   *
   * @param stretch from 0
   * @return a view, one column with the padding
   */
  public FloatMatrix stretch(int stretch) {
    return stretches[stretch];
  }

  /**
   * Returns where a range of {@link Layout#lines} begins or ends in a stretch.
   *
   * @param stretch from 0
   * @param line the first line of a range, or the line after the last
   * @return the row of the stretch, from 0 to its rows
   */
  public int rowOf(int stretch, int line) {
    int lines = firstLine[stretch + 1] - firstLine[stretch];
    return Math.clamp(line - firstLine[stretch], 0, lines) * FloatMatrix.LANES;
  }

  /**
   * Returns the weights of the first layer, which is the only one of a linear model.
   *
   * @return a view, d x K
   */
  public FloatMatrix weights() {
    return weights[0];
  }

  /**
   * Returns the biases of the first layer, which is the only one of a linear model.
   *
   * @return a view, K x 1
   */
  public FloatMatrix biases() {
    return biases[0];
  }

  /**
   * Returns a bias of the first layer.
   *
   * @param output from 0 to K - 1
   * @return b_k
   */
  public float bias(int output) {
    return biases[0].get(output, 0);
  }

  /**
   * Sets a bias of the first layer.
   *
   * @param output from 0 to K - 1
   * @param value b_k
   */
  public void setBias(int output, float value) {
    biases[0].set(output, 0, value);
  }

  /**
   * Returns how many outputs the first layer has.
   *
   * @return K
   */
  public int outputs() {
    return biases[0].rows();
  }

  /** Sets every parameter to +0. */
  public void clear() {
    vector.fill((byte) 0);
  }

  /**
   * Copies all parameters from others of the same layout.
   *
   * @param from where they come from
   */
  public void copy(Parameters from) {
    MemorySegment.copy(from.vector, 0, vector, 0, vector.byteSize());
  }

  /**
   * Tells whether all parameters are finite. Allocates nothing.
   *
   * @return false if one is infinite or NaN
   */
  public boolean isFinite() {
    return layerNotFinite() < 0;
  }

  /**
   * Returns the first layer with a parameter that is not finite. Allocates nothing.
   *
   * @return from 0; -1 if all parameters are finite
   */
  public int layerNotFinite() {
    for (int l = 0; l < weights.length; l++) {
      if (!Vectors.isFinite(weights[l]) || !Vectors.isFinite(biases[l])) {
        return l;
      }
    }
    return -1;
  }
}
