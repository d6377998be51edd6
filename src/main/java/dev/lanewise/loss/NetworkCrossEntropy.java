// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layers;
import dev.lanewise.nn.Layout;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import java.lang.foreign.MemorySegment;

/**
 * The cross-entropy of a network with hidden layers, and its gradient by back-propagation
 * (contract, section 21). The forward phase computes the outputs of all layers and then their
 * errors, since both are chains of one sample; the backward phase adds the terms of each layer's
 * gradient.
 */
final class NetworkCrossEntropy extends CrossEntropy {

  private final Layout layout;
  private final Layers layers;

  /** The errors of each layer, units x m; null without a gradient. */
  private final FloatMatrix[] errorsOf;

  /** Null without dropout. */
  private final Dropout dropout;

  NetworkCrossEntropy(
      Workspace workspace,
      Kernels kernels,
      Loss loss,
      int samples,
      Layout layout,
      HiddenLayers hidden,
      PartialShape shape) {
    super(workspace, kernels, loss, samples, shape);
    this.layout = layout;
    this.layers = new Layers(workspace, kernels, layout, hidden.activation(), samples);
    this.errorsOf = shape.hasFeatures() ? errors(workspace, layout, samples) : null;
    boolean drops = errorsOf != null && hidden.dropout() > 0;
    this.dropout = drops ? new Dropout(workspace, layers, hidden.dropout()) : null;
  }

  private NetworkCrossEntropy(Workspace workspace, NetworkCrossEntropy withGradient) {
    super(
        workspace,
        withGradient.kernels,
        withGradient.loss,
        withGradient.losses.rows(),
        SumShapes.cost(withGradient.layout));
    this.layout = withGradient.layout;
    this.layers = withGradient.layers;
    this.errorsOf = null;
    this.dropout = null;
  }

  @Override
  CrossEntropy withoutGradient(Workspace workspace) {
    return new NetworkCrossEntropy(workspace, this);
  }

  private static FloatMatrix[] errors(Workspace workspace, Layout layout, int samples) {
    return layout.layers().stream()
        .map(layer -> workspace.floats(layer.outputs(), samples))
        .toArray(FloatMatrix[]::new);
  }

  @Override
  public void dropUnits(long seed, int epoch, int[] numbers, int first) {
    if (dropout != null) {
      dropout.draw(seed, epoch, numbers, first);
    }
  }

  @Override
  public int preparedUnits() {
    return layout.paddedUnits();
  }

  @Override
  public void prepare(int fromUnit, int toUnit) {
    layers.pack(at, fromUnit, toUnit);
  }

  @Override
  public void forward(SampleMatrix x, int from, int to) {
    for (int l = 0; l < layers.count(); l++) {
      layers.forward(l, at, (FloatMatrix) x, from, to); // (1), (2)
      if (dropout != null && l < layers.count() - 1) {
        dropout.apply(l, from, to);
      }
    }
    layers.copyOutputs(from, to, z);
    loss.compare(z, from, to, errors, losses, withLosses); // (2), (3)
    if (errorsOf != null) {
      propagate(from, to);
    }
  }

  /** Computes the errors of all layers from those of the last. */
  private void propagate(int from, int to) {
    int last = layers.count() - 1;
    copy(errors, from, to, errorsOf[last]);
    for (int l = last; l > 0; l--) {
      kernels.deltas(at.weights(l), errorsOf[l], from, to, errorsOf[l - 1]);
      if (dropout != null) {
        kernels.product(dropout.slopes(l - 1), from, to, errorsOf[l - 1]);
      } else {
        layers.slope(l - 1, from, to, errorsOf[l - 1]);
      }
    }
  }

  @Override
  public void backward(SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
    for (int l = 0; l < layers.count(); l++) {
      int first = layout.rowOf(l, fromRow);
      int end = layout.rowOf(l, toRow);
      if (first < end) {
        FloatMatrix inputs = l == 0 ? (FloatMatrix) x : layers.units(l - 1);
        kernels.slopes(
            inputs, from, to, errorsOf[l], first, end, partial.gradient().weights(l)); // (6)
      }
    }
  }

  @Override
  public void finish(int from, int to, Partial partial) {
    int unit = 0;
    for (int l = 0; l < layers.count() && errorsOf != null; l++) {
      kernels.sums(errorsOf[l], from, to, partial.numbers(), unit); // (7)
      unit += layout.layers().get(l).outputs();
    }
    finishLosses(from, to, partial);
  }

  /** M x units becomes units x m. */
  private static void copy(FloatMatrix columns, int from, int to, FloatMatrix units) {
    MemorySegment source = columns.segment();
    MemorySegment target = units.segment();
    for (int k = 0; k < columns.columns(); k++) {
      long column = columns.columnOffset(k);
      for (int j = from; j < to; j++) {
        float value = source.get(JAVA_FLOAT, column + (long) j * Float.BYTES);
        target.set(JAVA_FLOAT, units.columnOffset(j) + (long) k * Float.BYTES, value);
      }
    }
  }
}
