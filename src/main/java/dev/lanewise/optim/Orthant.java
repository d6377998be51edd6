// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import java.lang.foreign.MemorySegment;

/**
 * What a penalty on the sizes of the weights makes of a descent. The penalty has no derivative
 * where a weight is zero, but it is linear as long as no weight changes its sign; so a step stays
 * where the signs are those of its beginning. Without a penalty nothing changes.
 */
final class Orthant {

  private final Parameters subgradient;
  private final Parameters signs;
  private final int layers;
  private double l1;

  Orthant(ParameterSpace space) {
    this.subgradient = space.zero();
    this.signs = space.zero();
    this.layers = space.layout().layers().size();
  }

  void penalise(double lambda) {
    l1 = lambda;
  }

  boolean isPenalised() {
    return l1 > 0;
  }

  double penalty(Parameters at) {
    double sizes = 0;
    for (int l = 0; l < layers && l1 > 0; l++) {
      sizes += l1 * Vectors.sumOfSizes(at.weights(l));
    }
    return sizes;
  }

  /**
   * The least subgradient: of a weight that is zero, what of the gradient exceeds the penalty.
   *
   * @return {@code gradient} itself without a penalty; else valid until the next call
   */
  Parameters slope(Parameters at, Parameters gradient) {
    if (l1 == 0) {
      return gradient;
    }
    subgradient.copy(gradient);
    for (int l = 0; l < layers; l++) {
      slope(
          at.weights(l).segment(), gradient.weights(l).segment(), subgradient.weights(l).segment());
    }
    return subgradient;
  }

  private void slope(MemorySegment w, MemorySegment g, MemorySegment result) {
    float lambda = (float) l1;
    for (long i = 0; i < w.byteSize(); i += Float.BYTES) {
      float weight = w.get(JAVA_FLOAT, i);
      float slope = g.get(JAVA_FLOAT, i);
      float sub;
      if (weight != 0) {
        sub = weight > 0 ? slope + lambda : slope - lambda;
      } else if (slope > lambda) {
        sub = slope - lambda;
      } else {
        sub = slope < -lambda ? slope + lambda : 0 * slope;
      }
      result.set(JAVA_FLOAT, i, sub);
    }
  }

  /** Takes from a direction whatever does not go down the slope. */
  void align(Parameters direction, Parameters slope) {
    if (l1 == 0) {
      return;
    }
    for (int l = 0; l < layers; l++) {
      MemorySegment p = direction.weights(l).segment();
      MemorySegment s = slope.weights(l).segment();
      for (long i = 0; i < p.byteSize(); i += Float.BYTES) {
        if (!((double) p.get(JAVA_FLOAT, i) * s.get(JAVA_FLOAT, i) < 0)) {
          p.set(JAVA_FLOAT, i, 0);
        }
      }
    }
  }

  /** Chooses the signs: those of the weights, and where these are zero, those downhill. */
  void choose(Parameters at, Parameters slope) {
    for (int l = 0; l < layers; l++) {
      MemorySegment w = at.weights(l).segment();
      MemorySegment s = slope.weights(l).segment();
      MemorySegment chosen = signs.weights(l).segment();
      for (long i = 0; i < w.byteSize(); i += Float.BYTES) {
        float weight = w.get(JAVA_FLOAT, i);
        chosen.set(JAVA_FLOAT, i, Math.signum(weight != 0 ? weight : -s.get(JAVA_FLOAT, i)));
      }
    }
  }

  /** Sets weights to zero that have crossed it. */
  void project(Parameters trial) {
    for (int l = 0; l < layers; l++) {
      MemorySegment w = trial.weights(l).segment();
      MemorySegment chosen = signs.weights(l).segment();
      for (long i = 0; i < w.byteSize(); i += Float.BYTES) {
        if (!(w.get(JAVA_FLOAT, i) * chosen.get(JAVA_FLOAT, i) > 0)) {
          w.set(JAVA_FLOAT, i, 0);
        }
      }
    }
  }
}
