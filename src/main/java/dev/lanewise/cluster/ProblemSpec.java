// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cluster;

import dev.lanewise.data.Standardization;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a shard must know of a problem beside its samples.
 *
 * @param hidden the hidden layers, without dropout
 * @param outputs K, 1 for two classes
 * @param pixels as in {@link Problem}
 * @param labels the label in the problem of each label of the shards
 * @param weighted whether the problem has sample weights
 * @param classWeights what the weights of a class are multiplied with, by the labels of the problem
 * @param standardization how features are standardised; empty where they are taken as they are
 */
record ProblemSpec(
    HiddenLayers hidden,
    int outputs,
    boolean pixels,
    int[] labels,
    boolean weighted,
    double[] classWeights,
    Optional<Standardization> standardization) {

  /** Returns the problem of a leaf. Its penalty is none: the driver adds penalties. */
  Problem problem(Workspace workspace, SampleMatrix x, int[] own, float[] weights) {
    FloatMatrix y = workspace.floats(own.length, 1);
    FloatMatrix s = weighted ? workspace.floats(own.length, 1) : null;
    for (int j = 0; j < own.length; j++) {
      int label = labels[own[j]];
      y.set(j, 0, label);
      if (weighted) {
        s.set(j, 0, Problem.weight(weights == null ? 1 : weights[j], classWeights[label]));
      }
    }
    return new Problem(x, y, s, Penalty.NONE, hidden, outputs, pixels);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(hidden.units().size());
    for (int units : hidden.units()) {
      out.writeInt(units);
    }
    out.writeUTF(hidden.activation().name());
    out.writeInt(outputs);
    out.writeBoolean(pixels);
    out.writeInt(labels.length);
    for (int label : labels) {
      out.writeInt(label);
    }
    out.writeBoolean(weighted);
    Wire.write(out, classWeights);
    out.writeBoolean(standardization.isPresent());
    if (standardization.isPresent()) {
      Wire.write(out, standardization.get().means());
      Wire.write(out, standardization.get().deviations());
    }
  }

  static ProblemSpec read(DataInputStream in) throws IOException {
    List<Integer> units = new ArrayList<>();
    for (int layers = in.readInt(); layers > 0; layers--) {
      units.add(in.readInt());
    }
    HiddenLayers hidden = new HiddenLayers(units, Activation.valueOf(in.readUTF()), 0);
    int outputs = in.readInt();
    boolean pixels = in.readBoolean();
    int[] labels = new int[in.readInt()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = in.readInt();
    }
    boolean weighted = in.readBoolean();
    double[] classWeights = Wire.readDoubles(in);
    Optional<Standardization> standardization =
        in.readBoolean()
            ? Optional.of(new Standardization(Wire.readDoubles(in), Wire.readDoubles(in)))
            : Optional.empty();
    return new ProblemSpec(
        hidden, outputs, pixels, labels, weighted, classWeights, standardization);
  }
}
