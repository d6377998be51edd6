// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.RowScores;
import dev.lanewise.options.Activation;
import java.util.List;

/**
 * A network that computes one sample at a time on arrays, with the bits of the kernels. Any number
 * of threads may use it; it allocates nothing after the first call of a thread.
 */
final class RowNetwork {

  /** Of each layer the weights, input after input: those of all units for input 0 first. */
  private final float[][] weights;

  private final float[][] biases;
  private final Activation activation;
  private final ThreadLocal<float[][]> units;

  RowNetwork(List<DenseLayer> layers, Activation activation) {
    this.activation = activation;
    this.weights = layers.stream().map(RowNetwork::byInputs).toArray(float[][]::new);
    this.biases = layers.stream().map(DenseLayer::biases).toArray(float[][]::new);
    // The numbers of each layer, and behind them room for its partial sums.
    this.units =
        ThreadLocal.withInitial(
            () ->
                layers.stream().map(layer -> new float[2 * layer.units()]).toArray(float[][]::new));
  }

  private static float[] byInputs(DenseLayer layer) {
    int units = layer.units();
    float[] all = new float[Math.multiplyExact(units, layer.inputs())];
    for (int k = 0; k < units; k++) {
      float[] column = layer.weights()[k];
      for (int i = 0; i < column.length; i++) {
        all[i * units + k] = column[i];
      }
    }
    return all;
  }

  private float activate(float z) {
    return switch (activation) {
      case RELU -> Math.max(z, 0f);
      case TANH -> Functions.tanh(z);
      case SIGMOID -> Functions.sigmoid(z);
      case IDENTITY -> z;
    };
  }

  /** Returns z of the last layer; the thread's own, longer than there are outputs. */
  float[] outputs(float[] x) {
    float[][] all = units.get();
    float[] below = x;
    for (int l = 0; l < all.length; l++) {
      int count = biases[l].length;
      RowScores.layer(below, weights[l].length / count, weights[l], biases[l], all[l]);
      for (int k = 0; l < all.length - 1 && k < count; k++) {
        all[l][k] = activate(all[l][k]);
      }
      below = all[l];
    }
    return below;
  }
}
