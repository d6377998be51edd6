// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.io.Serial;
import java.io.Serializable;

/** A row on its way to its shard. A class and no record, because Kryo 4 serialises no records. */
final class Sample implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final long number;
  private final int label;
  private final float weight;
  private final byte[] bytes;
  private final float[] floats;
  private final double[] doubles;

  Sample(long number, int label, float weight, byte[] bytes, float[] floats, double[] doubles) {
    this.number = number;
    this.label = label;
    this.weight = weight;
    this.bytes = bytes;
    this.floats = floats;
    this.doubles = doubles;
  }

  long number() {
    return number;
  }

  int label() {
    return label;
  }

  float weight() {
    return weight;
  }

  /** Returns the features as bytes; null if they are numbers. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the features as numbers. */
  double[] numbers() {
    if (doubles != null) {
      return doubles;
    }
    double[] numbers = new double[floats.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = floats[i];
    }
    return numbers;
  }
}
