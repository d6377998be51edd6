// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Schema;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.model.Provenance;
import dev.lanewise.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was learned, on the heap, and how that went.
 *
 * @param layers from the features to the outputs; of one, a column for two classes, else one a
 *     class
 * @param costs the cost at some iterations
 * @param engine what carried the iterations out
 * @param convergence where it ended, and why there; null of a run that has no end
 * @param heldOut what samples that were held out say
 */
record Neurons(
    List<DenseLayer> layers,
    List<CostPoint> costs,
    String engine,
    Convergence convergence,
    Optional<HeldOutCost> heldOut) {

  static Neurons of(Run.Outcome outcome) {
    return new Neurons(
        layers(outcome.end()),
        outcome.costs(),
        outcome.engine(),
        outcome.convergence(),
        Optional.ofNullable(outcome.heldOut()));
  }

  /** On the way of a run that diverged later. */
  static Neurons unfinished(Parameters there, String engine) {
    return new Neurons(layers(there), List.of(), engine, null, Optional.empty());
  }

  private static List<DenseLayer> layers(Parameters parameters) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int l = 0; l < parameters.layout().layers().size(); l++) {
      FloatMatrix weights = parameters.weights(l);
      float[][] columns = new float[weights.columns()][];
      for (int k = 0; k < columns.length; k++) {
        columns[k] = weights.column(k);
      }
      layers.add(new DenseLayer(columns, parameters.biases(l).column(0)));
    }
    return layers;
  }

  Model model(Hyperparameters options, Schema schema, Provenance provenance) {
    if (layers.size() > 1) {
      return Model.network(layers, options.hidden().activation(), schema, provenance);
    }
    DenseLayer only = layers.getFirst();
    return only.units() == 1
        ? new Model(only.weights(0), only.bias(0), schema, provenance)
        : new Model(only, options.multiClass(), schema, provenance);
  }
}
