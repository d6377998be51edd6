// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layers;
import dev.lanewise.random.SplitMix64;
import java.lang.foreign.MemorySegment;

/**
 * Leaves out hidden units (Srivastava and others, 2014): which, is drawn from the seed, the epoch,
 * the number of the sample, the layer and the unit, and from nothing else. What is kept is scaled
 * by 1 / (1 - p) (contract, section 21).
 */
final class Dropout {

  // Draws of another kind than those of weights, orders and held-out samples, from the same seed.
  private static final long SALT = 0x64726F706F757431L; // "dropout1"

  /** Draws are integers below this. */
  private static final int DRAWS = 1 << 24;

  private final Layers layers;

  /** By what errors of each hidden layer are multiplied, units x m. */
  private final FloatMatrix[] slopes;

  private final int threshold;
  private final float scale;

  private long key;
  private int[] numbers;
  private int first;

  Dropout(Workspace workspace, Layers layers, double probability) {
    this.layers = layers;
    this.slopes = new FloatMatrix[layers.count() - 1];
    for (int l = 0; l < slopes.length; l++) {
      FloatMatrix units = layers.units(l);
      slopes[l] = workspace.floats(units.rows(), units.columns());
    }
    this.threshold = (int) Math.round(probability * DRAWS);
    this.scale = (float) (1 / (1 - probability));
  }

  /** Sets what the next draws depend on. */
  void draw(long seed, int epoch, int[] samples, int firstSample) {
    key = SplitMix64.mix(SplitMix64.mix(seed ^ SALT) + epoch);
    numbers = samples;
    first = firstSample;
  }

  FloatMatrix slopes(int layer) {
    return slopes[layer];
  }

  /** Multiplies the activations of a layer and their slopes with 1 / (1 - p), or with 0. */
  void apply(int layer, int from, int to) {
    FloatMatrix units = layers.units(layer);
    fillWithOnes(slopes[layer], from, to);
    layers.slope(layer, from, to, slopes[layer]);
    for (int j = from; j < to; j++) {
      long ofSample = SplitMix64.mix(key + numbers[first + j]) + ((long) layer << Integer.SIZE);
      for (int k = 0; k < units.rows(); k++) {
        long draw = SplitMix64.mix(ofSample + k) >>> (Long.SIZE - 24);
        float factor = draw < threshold ? 0f : scale;
        multiply(units, j, k, factor);
        multiply(slopes[layer], j, k, factor);
      }
    }
  }

  private static void fillWithOnes(FloatMatrix matrix, int from, int to) {
    for (int j = from; j < to; j++) {
      for (int k = 0; k < matrix.rows(); k++) {
        matrix.segment().set(JAVA_FLOAT, matrix.columnOffset(j) + (long) k * Float.BYTES, 1f);
      }
    }
  }

  private static void multiply(FloatMatrix matrix, int column, int row, float factor) {
    MemorySegment segment = matrix.segment();
    long offset = matrix.columnOffset(column) + (long) row * Float.BYTES;
    segment.set(JAVA_FLOAT, offset, segment.get(JAVA_FLOAT, offset) * factor);
  }
}
