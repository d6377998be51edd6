// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.matrix.FloatMatrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parameters of a network of dense layers lie in one flat vector: layer after layer, of
 * each the weights and then the biases. Gradients, the state of optimizers and checkpoints use the
 * same layout.
 *
 * <p>A matrix of weights is inputs x outputs, one column for each output. Each column is padded as
 * that of a {@link FloatMatrix}; padding is +0 and takes part in the arithmetic.
 *
 * @param layers from the features to the outputs, at least one
 */
public record Layout(List<Dense> layers) implements Serializable {

  /**
   * A dense layer: z = W'x + b.
   *
   * @param inputs the rows of W, at least 1
   * @param outputs the columns of W and the number of biases, at least 1
   */
  public record Dense(int inputs, int outputs) implements Serializable {

    int paddedInputs() {
      return padded(inputs);
    }

    private static int padded(int count) {
      return (count + FloatMatrix.LANES - 1) & -FloatMatrix.LANES;
    }

    long weightBytes() {
      return FloatMatrix.byteSize(inputs, outputs);
    }

    long byteSize() {
      return weightBytes() + FloatMatrix.byteSize(outputs, 1);
    }
  }

  /**
   * A layout; the list is copied.
   *
   * @throws IllegalArgumentException if there is no layer, or the outputs of one are not the inputs
   *     of the next
   */
  public Layout {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network has at least one layer");
    }
    for (int l = 1; l < layers.size(); l++) {
      if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
        throw new IllegalArgumentException(
            "layer " + l + " does not take what the layer before it gives: " + layers);
      }
    }
  }

  /**
   * Returns the layout of one dense layer: logistic regression with one output, softmax regression
   * with one for each class.
   *
   * @param features d, at least 1
   * @param outputs K, at least 1
   * @return the layout of d x K weights and K biases
   */
  public static Layout dense(int features, int outputs) {
    return new Layout(List.of(new Dense(features, outputs)));
  }

  /**
   * Returns the layout of a network with hidden layers.
   *
   * @param features d, at least 1
   * @param hidden the units of each hidden layer, from the features on; may be empty
   * @param outputs K, at least 1
   * @return the layers, one more than there are hidden ones
   */
  public static Layout network(int features, List<Integer> hidden, int outputs) {
    List<Dense> layers = new ArrayList<>();
    int inputs = features;
    for (int units : hidden) {
      layers.add(new Dense(inputs, units));
      inputs = units;
    }
    layers.add(new Dense(inputs, outputs));
    return new Layout(layers);
  }

  /**
   * Returns the number of weights and biases.
   *
   * @return the sum over all layers, without padding
   */
  public long parameters() {
    return layers.stream().mapToLong(layer -> (layer.inputs() + 1L) * layer.outputs()).sum();
  }

  /**
   * Returns the number of features.
   *
   * @return the inputs of the first layer
   */
  public int features() {
    return layers.getFirst().inputs();
  }

  /**
   * Returns the number of outputs.
   *
   * @return the outputs of the last layer
   */
  public int outputs() {
    return layers.getLast().outputs();
  }

  /**
   * Returns how many rows the matrices of weights have together, with padding. Rows of different
   * numbers share no weight, so several threads may work on ranges of them.
   *
   * @return the sum over the layers
   */
  public int rows() {
    int rows = 0;
    for (int l = 0; l < layers.size(); l++) {
      rows += layers.get(l).paddedInputs();
    }
    return rows;
  }

  /**
   * Returns where a range of {@link #rows} begins or ends in a layer.
   *
   * @param layer from 0
   * @param row the first row of a range, or the row after the last, from 0 to {@link #rows}
   * @return the row of the layer, from 0 to the rows of its weights with padding
   */
  public int rowOf(int layer, int row) {
    int left = row;
    for (int l = 0; l < layer; l++) {
      left -= layers.get(l).paddedInputs();
    }
    return Math.clamp(left, 0, layers.get(layer).paddedInputs());
  }

  /**
   * Returns how many units all layers have together, where those of each layer are padded. Units of
   * different numbers share no weight.
   *
   * @return a multiple of 16
   */
  public int paddedUnits() {
    int units = 0;
    for (int l = 0; l < layers.size(); l++) {
      units += Dense.padded(layers.get(l).outputs());
    }
    return units;
  }

  /**
   * Returns where a range of {@link #paddedUnits} begins or ends in a layer.
   *
   * @param layer from 0
   * @param unit the first unit of a range, or the unit after the last
   * @return the unit of the layer, from 0 to its outputs
   */
  public int unitOf(int layer, int unit) {
    int left = unit;
    for (int l = 0; l < layer; l++) {
      left -= Dense.padded(layers.get(l).outputs());
    }
    return Math.clamp(left, 0, layers.get(layer).outputs());
  }

  /**
   * Returns how many lines of 16 numbers the matrices of weights have together, as they lie in
   * memory. What is done to each weight alone can be done to any range of them.
   *
   * @return the sum over the layers
   */
  public int lines() {
    long lines = 0;
    for (int l = 0; l < layers.size(); l++) {
      lines += layers.get(l).weightBytes() / FloatMatrix.ALIGNMENT;
    }
    return Math.toIntExact(lines);
  }

  /**
   * Returns how many weights all layers have, and so how many multiply-adds the outputs of a sample
   * take.
   *
   * @return the sum of inputs times outputs of the layers
   */
  public long weights() {
    return layers.stream().mapToLong(layer -> (long) layer.inputs() * layer.outputs()).sum();
  }

  /**
   * Returns how many units all layers have together, and so how many biases there are.
   *
   * @return the sum of the outputs of the layers
   */
  public int units() {
    int units = 0;
    for (int l = 0; l < layers.size(); l++) {
      units += layers.get(l).outputs();
    }
    return units;
  }

  /**
   * Returns the size of the flat vector.
   *
   * @return the size in bytes, with padding
   */
  public long byteSize() {
    return layers.stream().mapToLong(Dense::byteSize).sum();
  }

  /**
   * Returns the name of a layer's weights in files.
   *
   * @param layer from 0
   * @return {@code weights} in a network of one layer, else with the layer's number from 1
   */
  public String weightsName(int layer) {
    return name("weights", layer);
  }

  /**
   * Returns the name of a layer's biases in files.
   *
   * @param layer from 0
   * @return {@code bias} in a network of one layer, else with the layer's number from 1
   */
  public String biasName(int layer) {
    return name("bias", layer);
  }

  private String name(String what, int layer) {
    return layers.size() == 1 ? what : what + "_" + (layer + 1);
  }
}
