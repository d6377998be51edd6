// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Schema;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Provenance;
import dev.lanewise.nn.Parameters;
import java.util.List;
import java.util.Optional;

/**
 * What was learned, on the heap, and how that went.
 *
 * @param weights by columns: one for two classes, else one a class
 * @param biases as many
 * @param costs the cost at some iterations
 * @param engine what carried the iterations out
 * @param convergence where it ended, and why there; null of a run that has no end
 * @param heldOut what samples that were held out say
 */
record Neurons(
    float[][] weights,
    float[] biases,
    List<CostPoint> costs,
    String engine,
    Convergence convergence,
    Optional<HeldOutCost> heldOut) {

  static Neurons of(Run.Outcome outcome) {
    return new Neurons(
        columns(outcome.end()),
        outcome.end().biases().column(0),
        outcome.costs(),
        outcome.engine(),
        outcome.convergence(),
        Optional.ofNullable(outcome.heldOut()));
  }

  /** On the way of a run that diverged later. */
  static Neurons unfinished(Parameters there, String engine) {
    return new Neurons(
        columns(there), there.biases().column(0), List.of(), engine, null, Optional.empty());
  }

  private static float[][] columns(Parameters parameters) {
    float[][] weights = new float[parameters.outputs()][];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = parameters.weights().column(k);
    }
    return weights;
  }

  Model model(MultiClass multiClass, Schema schema, Provenance provenance) {
    return weights.length == 1
        ? new Model(weights[0], biases[0], schema, provenance)
        : new Model(weights, biases, multiClass, schema, provenance);
  }
}
