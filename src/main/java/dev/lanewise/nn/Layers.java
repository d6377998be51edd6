// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.options.Activation;
import java.lang.foreign.MemorySegment;

/**
 * The layers of a network at work: computes what each of them makes of some samples (contract,
 * section 21). Several threads may compute other samples. Allocates nothing once it is made.
 */
public final class Layers {

  private final Kernels kernels;
  private final Layout layout;
  private final Activation activation;

  /** The weights of each layer as the kernels read them. */
  private final FloatMatrix[] panels;

  /** Of hidden layers the activations, of the last layer z; units x samples. */
  private final FloatMatrix[] units;

  /**
   * Allocates the memory.
   *
   * @param workspace gives it
   * @param kernels compute
   * @param layout of the parameters
   * @param activation of the hidden units
   * @param samples how many are kept at once
   */
  public Layers(
      Workspace workspace, Kernels kernels, Layout layout, Activation activation, int samples) {
    this.kernels = kernels;
    this.layout = layout;
    this.activation = activation;
    int count = layout.layers().size();
    this.panels = new FloatMatrix[count];
    this.units = new FloatMatrix[count];
    for (int l = 0; l < count; l++) {
      Layout.Dense layer = layout.layers().get(l);
      panels[l] = kernels.panels(workspace, layer.inputs(), layer.outputs());
      units[l] = workspace.floats(layer.outputs(), samples);
    }
  }

  /**
   * Takes over the weights of some units.
   *
   * @param at the parameters
   * @param fromUnit the first of the units of the layout with padding, a multiple of 16
   * @param toUnit the unit after the last, a multiple of 16
   */
  public void pack(Parameters at, int fromUnit, int toUnit) {
    for (int l = 0; l < panels.length; l++) {
      int from = layout.unitOf(l, fromUnit);
      int to = layout.unitOf(l, toUnit);
      if (from < to) {
        kernels.pack(at.weights(l), from, to, panels[l]);
      }
    }
  }

  /**
   * Keeps other samples from now on, in the same memory.
   *
   * @param first the number of the first of them
   */
  public void moveTo(int first) {
    for (FloatMatrix matrix : units) {
      matrix.moveTo(first);
    }
  }

  /**
   * Computes a layer: equation (1), and of a hidden one its activation.
   *
   * @param layer from 0
   * @param at the parameters, of which the weights have been packed
   * @param x X, of which layer 0 reads the samples
   * @param from the first sample
   * @param to the sample after the last
   */
  public void forward(int layer, Parameters at, FloatMatrix x, int from, int to) {
    FloatMatrix inputs = layer == 0 ? x : units[layer - 1];
    kernels.outputs(panels[layer], at.biases(layer), inputs, from, to, units[layer]); // (1)
    if (layer < units.length - 1) {
      activate(units[layer], from, to);
    }
  }

  private void activate(FloatMatrix z, int from, int to) {
    switch (activation) {
      case RELU -> kernels.relu(z, from, to);
      case TANH -> kernels.tanh(z, from, to);
      case SIGMOID -> kernels.sigmoids(z, from, to);
      case IDENTITY -> {}
    }
  }

  /**
   * Multiplies errors with the slope of the activation.
   *
   * @param layer a hidden one
   * @param from the first sample
   * @param to the sample after the last
   * @param errors units x samples, overwritten
   */
  public void slope(int layer, int from, int to, FloatMatrix errors) {
    FloatMatrix a = units[layer];
    switch (activation) {
      case RELU -> kernels.reluSlope(a, from, to, errors);
      case TANH -> kernels.tanhSlope(a, from, to, errors);
      case SIGMOID -> kernels.sigmoidSlope(a, from, to, errors);
      case IDENTITY -> {}
    }
  }

  /**
   * Returns what a layer made of the samples.
   *
   * @param layer from 0
   * @return units x samples: the activations of a hidden layer, z of the last
   */
  public FloatMatrix units(int layer) {
    return units[layer];
  }

  /**
   * Returns the number of layers.
   *
   * @return the hidden layers and one
   */
  public int count() {
    return units.length;
  }

  /**
   * Writes z of the last layer to columns.
   *
   * @param from the first sample
   * @param to the sample after the last
   * @param columns receives z_jk in row j of column k, m x K
   */
  public void copyOutputs(int from, int to, FloatMatrix columns) {
    FloatMatrix z = units[units.length - 1];
    MemorySegment source = z.segment();
    MemorySegment target = columns.segment();
    for (int k = 0; k < columns.columns(); k++) {
      long column = columns.columnOffset(k);
      for (int j = from; j < to; j++) {
        float value = source.get(JAVA_FLOAT, z.columnOffset(j) + (long) k * Float.BYTES);
        target.set(JAVA_FLOAT, column + (long) j * Float.BYTES, value);
      }
    }
  }
}
